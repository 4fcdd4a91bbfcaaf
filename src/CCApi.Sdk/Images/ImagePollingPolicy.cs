using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Decides what the state of a job means and when to poll again. Pure: the random number is an argument.</summary>
internal static class ImagePollingPolicy
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestFirst = TimeSpan.FromSeconds(5);

    // As gateways and the providers behind them spell them, without case and separators (observed).
    private static readonly HashSet<string> _done = new(StringComparer.Ordinal)
    {
        "COMPLETED", "COMPLETE", "SUCCEEDED", "SUCCEED", "SUCCESS", "SUCCESSFUL", "DONE", "FINISHED", "READY",
    };

    private static readonly HashSet<string> _failed = new(StringComparer.Ordinal)
    {
        "FAILED", "FAILURE", "FAIL", "ERROR", "ERRORED", "CANCELLED", "CANCELED", "EXPIRED", "REJECTED", "TIMEOUT", "TIMEDOUT",
        "ABORTED", "TERMINATED", "BLOCKED", "MODERATED", "CONTENTMODERATED", "REQUESTMODERATED",
    };

    private static readonly HashSet<string> _running = new(StringComparer.Ordinal)
    {
        "PENDING", "QUEUED", "QUEUEING", "INQUEUE", "WAITING", "SUBMITTED", "CREATED", "SCHEDULED", "NOTSTART", "NOTSTARTED",
        "PREPARING", "STARTING", "STARTED", "PROCESSING", "RUNNING", "INPROGRESS", "GENERATING",
    };

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
        var hasImages = state.Data?.Any(image => image.HasImage) == true;
        var status = Word(state.Status?.Value ?? string.Empty);

        if (_done.Contains(status))
        {
            // A job may be complete without any image, because all were rejected; a message alone is a warning.
            var isEmpty = state is { Data: not null } or { Error.Code.Value.Length: > 0 };
            var isRejected = hasError && isEmpty && !hasImages;
            return isRejected ? JobOutcome.Failed : JobOutcome.Done;
        }

        if (_failed.Contains(status))
        {
            return JobOutcome.Failed;
        }

        if (_running.Contains(status))
        {
            return JobOutcome.Running;
        }

        if (hasImages)
        {
            return JobOutcome.Done;
        }

        return hasError ? JobOutcome.Failed : JobOutcome.Running;
    }

    private static string Word(string status) =>
        string.Concat(status.Where(character => character is not ('_' or '-' or ' '))).ToUpperInvariant();

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
