using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>Runs a call on a fake clock: when nothing is left to do, it is time for the next timer.</summary>
/// <remarks>
/// It runs on the thread pool of the fuzzing program, which has one thread: yielding runs everything that is queued, so the same input gives the same run.
/// </remarks>
internal static class Pump
{
    private const int MaxSteps = 20_000;

    /// <summary>Moves the clock until the call has ended; a finding when it does not end.</summary>
    public static async Task FinishAsync(Task call, ManualClock clock, TimeSpan limit)
    {
        var end = clock.Elapsed + limit;
        for (var step = 0; step < MaxSteps && clock.Elapsed <= end; step++)
        {
            if (await SettleAsync(call).ConfigureAwait(false))
            {
                return;
            }

            if (!clock.Advance())
            {
                throw new FindingException("A call waits although no timer is left.");
            }
        }

        if (!await SettleAsync(call).ConfigureAwait(false))
        {
            throw new FindingException($"A call has not ended after {clock.Elapsed}.");
        }
    }

    /// <summary>Runs what is queued; returns whether the call has ended.</summary>
    private static async Task<bool> SettleAsync(Task call)
    {
        while (ThreadPool.PendingWorkItemCount > 0)
        {
            await Task.Yield();
        }

        return call.IsCompleted;
    }
}
