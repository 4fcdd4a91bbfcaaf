using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Decides what the state of a job means and when to ask again. Pure: the dice are an argument.</summary>
internal static class ImagePollingPolicy
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestFirst = TimeSpan.FromSeconds(5);

    public enum Outcome
    {
        Running,
        Done,
        Failed,
    }

    /// <summary>What a state means. A status that nobody has heard of is running, unless there is already a result or an error.</summary>
    public static Outcome Judge(MultimodalImageGenerationResponse state)
    {
        switch (state.Status?.Value.ToUpperInvariant())
        {
            case "COMPLETED" or "COMPLETE" or "SUCCEEDED" or "SUCCESS" or "DONE" or "FINISHED":
                return Outcome.Done;
            case "FAILED" or "FAILURE" or "ERROR" or "CANCELLED" or "CANCELED" or "EXPIRED" or "REJECTED":
                return Outcome.Failed;
            case "PENDING" or "QUEUED" or "PROCESSING" or "RUNNING" or "IN_PROGRESS" or "STARTED":
                return Outcome.Running;
        }

        if (state.Data is { Count: > 0 })
        {
            return Outcome.Done;
        }

        return state.Error is { Message.Length: > 0 } or { Code.Value.Length: > 0 } ? Outcome.Failed : Outcome.Running;
    }

    /// <summary>How long to wait before the next question.</summary>
    /// <param name="questions">How many were asked since the waiting began.</param>
    /// <param name="estimatedSeconds">The gateway's estimate, if it gave one.</param>
    /// <param name="longest">The longest pause.</param>
    /// <param name="random">A random number, from 0 to below 1.</param>
    public static TimeSpan Delay(int questions, double? estimatedSeconds, TimeSpan longest, double random)
    {
        var first = estimatedSeconds is > 0 and < 86400 ? TimeSpan.FromSeconds(estimatedSeconds.Value) : _shortest;
        first = Min(Max(first, _shortest), _longestFirst);
        var grown = first.Ticks * Math.Pow(1.5, Math.Min(questions, 40));

        // A fifth more or less, so that many jobs do not ask in step.
        var jittered = Math.Min(grown, longest.Ticks) * (0.8 + (0.4 * random));
        return Min(TimeSpan.FromTicks((long)jittered), longest);
    }

    private static TimeSpan Min(TimeSpan first, TimeSpan second) => first < second ? first : second;

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
