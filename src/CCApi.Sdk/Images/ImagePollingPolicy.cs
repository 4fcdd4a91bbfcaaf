using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Decides what the state of a job means and when to poll again. Pure: the random number is an argument.</summary>
internal static class ImagePollingPolicy
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestFirst = TimeSpan.FromSeconds(5);

    public enum JobOutcome
    {
        Running,
        Done,
        Failed,
    }

    /// <summary>What a state means. An unknown status is running, unless there is already a result or an error.</summary>
    public static JobOutcome Judge(MultimodalImageGenerationResponse state)
    {
        var hasError = state.Error is { Message.Length: > 0 } or { Code.Value.Length: > 0 };
        var hasImages = state.Data is { Count: > 0 };

        // A job may be complete without any image, because all were rejected; a message alone is a warning.
        var isEmpty = state.Data is { Count: 0 } || state is { Data: null, Error.Code.Value.Length: > 0 };
        var isRejected = hasError && isEmpty;
        switch (state.Status?.Value.ToUpperInvariant())
        {
            case "COMPLETED" or "COMPLETE" or "SUCCEEDED" or "SUCCESS" or "DONE" or "FINISHED":
                return isRejected ? JobOutcome.Failed : JobOutcome.Done;
            case "FAILED" or "FAILURE" or "ERROR" or "CANCELLED" or "CANCELED" or "EXPIRED" or "REJECTED":
                return JobOutcome.Failed;
            case "PENDING" or "QUEUED" or "PROCESSING" or "RUNNING" or "IN_PROGRESS" or "STARTED":
                return JobOutcome.Running;
        }

        if (hasImages)
        {
            return JobOutcome.Done;
        }

        return hasError ? JobOutcome.Failed : JobOutcome.Running;
    }

    /// <summary>How long to wait before the next poll.</summary>
    /// <param name="polls">How many were sent since the waiting began.</param>
    /// <param name="estimatedSeconds">The gateway's estimate, if it gave one.</param>
    /// <param name="longest">The longest pause.</param>
    /// <param name="random">A random number, from 0 to below 1.</param>
    public static TimeSpan Delay(int polls, double? estimatedSeconds, TimeSpan longest, double random)
    {
        var first = FirstDelay(estimatedSeconds);
        var grown = first.Ticks * Math.Pow(1.5, Math.Min(polls, 40));

        // A fifth more or less, so that many jobs do not poll in step.
        var jittered = Math.Min(grown, longest.Ticks) * (0.8 + (0.4 * random));

        return TimeSpan.FromTicks(Math.Min((long)jittered, longest.Ticks));
    }

    private static TimeSpan FirstDelay(double? estimatedSeconds)
    {
        if (estimatedSeconds is not (> 0 and < 86400))
        {
            return _shortest;
        }

        var estimated = TimeSpan.FromSeconds(estimatedSeconds.Value).Ticks;

        return TimeSpan.FromTicks(Math.Min(Math.Max(estimated, _shortest.Ticks), _longestFirst.Ticks));
    }
}
