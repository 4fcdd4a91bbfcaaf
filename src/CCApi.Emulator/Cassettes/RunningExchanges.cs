using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Emulator;

/// <summary>Knows which exchanges are under way, so that a cassette is closed after the last one. Thread-safe.</summary>
internal sealed class RunningExchanges
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Runs one.</summary>
    public async Task<string> RunAsync(Func<Task<string>> exchange)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _running.Add(end.Task);
        }

        try
        {
            return await exchange().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(end.Task);
            }

            end.SetResult();
        }
    }

    /// <summary>Waits until all have ended. Returns false when the time is over before.</summary>
    public async Task<bool> WaitAsync(TimeSpan time)
    {
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        try
        {
            await Task.WhenAll(running).WaitAsync(time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
