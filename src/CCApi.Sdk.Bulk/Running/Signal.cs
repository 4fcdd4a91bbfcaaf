using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>Wakes one waiter; a signal that nobody waits for is kept. Thread-safe.</summary>
internal sealed class Signal
{
    // Timers accept less than 50 days; the caller decides again.
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private TaskCompletionSource _source = Create();

    public void Set() => Volatile.Read(ref _source).TrySetResult();

    /// <summary>Waits for a signal, for something else, or until a time is over.</summary>
    /// <param name="other">Ends the wait too; null for nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="longest">The longest wait; null for any.</param>
    public async Task WaitAsync(Task? other, TimeProvider time, TimeSpan? longest)
    {
        var source = Volatile.Read(ref _source);
        using var delay = new CancellationTokenSource();
        try
        {
            var timeout = longest is { } wait ? Task.Delay(Bounded(wait), time, delay.Token) : source.Task;
            await Task.WhenAny(source.Task, timeout, other ?? source.Task).ConfigureAwait(false);
        }
        finally
        {
            await delay.CancelAsync().ConfigureAwait(false);
        }

        if (source.Task.IsCompleted)
        {
            Volatile.Write(ref _source, Create());
        }
    }

    private static TimeSpan Bounded(TimeSpan wait)
    {
        var positive = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        return positive < _longestWait ? positive : _longestWait;
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
