using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// The calls of budgets from this process: operations that wait while a call is under way share the next one. They are repeated while a
/// silo is gone. Thread-safe.
/// </summary>
/// <param name="grainOf">The grain of a scope.</param>
/// <param name="time">The clock.</param>
internal sealed class BudgetCalls(Func<string, IBudgetGrain> grainOf, TimeProvider time)
{
    /// <summary>More would only delay the first of them.</summary>
    public const int LargestBatch = 256;

    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan _longestDelay = TimeSpan.FromMilliseconds(500);

    // A call to a silo that has died takes 5 s to fail: what waits does not wait for it.
    private static readonly TimeSpan _longestShare = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Waiting>> _queues = new(StringComparer.Ordinal);

    /// <summary>For how long an operation is repeated while no silo responds.</summary>
    public TimeSpan MaxOutage { get; set; }

    /// <summary>Runs an operation; the task ends when it is stored.</summary>
    /// <exception cref="FleetException">No silo responded in time.</exception>
    public async Task<BudgetReply> RunAsync(string scope, BudgetOperation operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new Waiting(operation, time.GetTimestamp());
        Enqueue(scope, waiting);
        using var registration = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        return await waiting.Task.ConfigureAwait(false);
    }

    private void Enqueue(string scope, params ReadOnlySpan<Waiting> operations)
    {
        lock (_gate)
        {
            var isSending = _queues.TryGetValue(scope, out var queue);
            queue ??= new Queue<Waiting>();
            foreach (var operation in operations)
            {
                queue.Enqueue(operation);
            }

            if (!isSending)
            {
                _queues.Add(scope, queue);
                _ = Task.Run(() => SendAllAsync(scope));
            }
        }
    }

    private async Task SendAllAsync(string scope)
    {
        while (Take(scope) is { Length: > 0 } batch)
        {
            try
            {
                await SendAsync(scope, batch).WaitAsync(_longestShare, time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // It goes on beside the next one.
            }
        }
    }

    /// <summary>What waits and is not canceled; empty at the end of the queue, which is removed.</summary>
    private Waiting[] Take(string scope)
    {
        lock (_gate)
        {
            var queue = _queues[scope];
            var batch = new List<Waiting>();
            while (batch.Count < LargestBatch && queue.TryDequeue(out var waiting))
            {
                if (!waiting.Task.IsCompleted)
                {
                    batch.Add(waiting);
                }
            }

            if (batch.Count == 0)
            {
                _queues.Remove(scope);
            }

            return [.. batch];
        }
    }

    /// <summary>Sends a batch. Never throws: what fails, fails for those who wait.</summary>
    private async Task SendAsync(string scope, Waiting[] batch)
    {
        try
        {
            var operations = Array.ConvertAll(batch, waiting => waiting.Operation);
            var replies = await grainOf(scope).RunAsync(operations).ConfigureAwait(false);
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].TrySetResult(replies[i]);
            }
        }
#pragma warning disable CA1031 // It is thrown to those who wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (GrainCalls.IsOutage(exception))
            {
                await RepeatAsync(scope, batch, exception).ConfigureAwait(false);
            }
            else
            {
                Array.ForEach(batch, waiting => waiting.TrySetException(exception));
            }
        }
    }

    private async Task RepeatAsync(string scope, Waiting[] batch, Exception exception)
    {
        var repeated = new List<Waiting>(batch.Length);
        var delay = _longestDelay;
        foreach (var waiting in batch)
        {
            if (time.GetElapsedTime(waiting.Start) >= MaxOutage)
            {
                waiting.TrySetException(GrainCalls.NoResponse(exception));
                continue;
            }

            var own = _firstDelay * Math.Pow(2, Math.Min(waiting.Failures++, 10));
            delay = own < delay ? own : delay;
            repeated.Add(waiting);
        }

        if (repeated.Count > 0)
        {
            await Task.Delay(delay, time).ConfigureAwait(false);
            Enqueue(scope, [.. repeated]);
        }
    }

    /// <summary>An operation and who waits for it.</summary>
    private sealed class Waiting(BudgetOperation operation, long start)
        : TaskCompletionSource<BudgetReply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public BudgetOperation Operation => operation;

        public long Start => start;

        public int Failures { get; set; }
    }
}
