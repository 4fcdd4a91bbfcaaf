using System;

namespace CCApi.Sdk;

/// <summary>Decides whether a failed attempt is tried again. Pure: the clock and the dice are arguments.</summary>
internal static class RetryPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="failed">The attempt that failed.</param>
    /// <param name="options">The delays.</param>
    /// <param name="random">A random number, from 0 to below 1.</param>
    public static RetryDecision Decide(RetryCase failed, CCApiRetryOptions options, double random)
    {
        if (failed.HasNewKey == true)
        {
            // Another request, which nobody has refused yet: no limit but time applies to it.
            return failed.Remaining > TimeSpan.Zero ? new RetryDecision(Retry: true, TimeSpan.Zero, "ApiKeyProvider gave another key") : RetryDecision.No("the total budget is used up");
        }

        if (Refusal(failed) is { } refusal)
        {
            return RetryDecision.No(refusal);
        }

        if (failed.Attempt > failed.MaxRetries)
        {
            return RetryDecision.No(failed.MaxRetries == 0 ? "retries are off" : FormattableString.Invariant($"{failed.MaxRetries} retries were made"));
        }

        if (failed.RetryAfter is { } asked && asked > options.MaxRetryAfter)
        {
            return RetryDecision.No(FormattableString.Invariant($"the gateway asks to wait {asked.TotalSeconds:0.###} s, more than MaxRetryAfter ({options.MaxRetryAfter.TotalSeconds:0.###} s)"));
        }

        var delay = failed.RetryAfter ?? Jittered(failed.Attempt, options, random);
        return delay >= failed.Remaining
            ? RetryDecision.No(FormattableString.Invariant($"the wait of {delay.TotalSeconds:0.###} s would outlast the total budget"))
            : new RetryDecision(Retry: true, delay, Reason(failed));
    }

    /// <summary>Whether a call that got this status may succeed later, unchanged.</summary>
    public static bool IsTransient(int status) => IsRefunded(status) || IsPossiblyCharged(status);

    /// <summary>Failures that the gateway reports itself, and gives back what they cost (inferred).</summary>
    public static bool IsRefunded(int status) => status is 408 or 429 or 500 or 502 or 503 or 521 or 522 or 523 or 529;

    /// <summary>Failures in which somebody in between gave up, while the work may have been done.</summary>
    private static bool IsPossiblyCharged(int status) => status is 504 or 520 or 524;

    private static string Reason(RetryCase failed) => (failed.Wish, failed.RetryAfter) switch
    {
        (true, null) => "the gateway says to try again (x-should-retry: true)",
        (true, _) => "the gateway says to try again (x-should-retry: true) and when to come back",
        (_, null) => "transient",
        _ => "transient; the gateway said when to come back",
    };

    private static string? Refusal(RetryCase failed)
    {
        const string possiblyCharged = "it may have been charged, and RetryPossiblyCharged is off";
        switch (failed.Fault)
        {
            case AttemptFault.Status when failed.HasNewKey == false:
                return "ApiKeyProvider gave the same key again";
            case AttemptFault.Status when failed.Wish == false:
                return "the gateway says not to try again (x-should-retry: false)";
            case AttemptFault.Status when failed.Wish == true:
                // That trying again may succeed does not say who pays for the first time. What is refused with 4xx was not begun.
                return failed.MayChargeTwice && (int)failed.Status! >= 500 && !IsRefunded((int)failed.Status!) ? possiblyCharged : null;
            case AttemptFault.NotSent:
                return null;
            case AttemptFault.PossiblySent:
                return failed.MayChargeTwice ? possiblyCharged : null;
            case AttemptFault.Status when failed.IsModelUnavailable:
                return "no provider serves the model, which waiting does not change";
            case AttemptFault.Status when IsRefunded((int)failed.Status!):
                return null;
            case AttemptFault.Status when IsPossiblyCharged((int)failed.Status!):
                return failed.MayChargeTwice ? possiblyCharged : null;
            default:
                return "trying again would not change it";
        }
    }

    private static TimeSpan Jittered(int attempt, CCApiRetryOptions options, double random)
    {
        var bound = Math.Min(options.MaxDelay.Ticks, options.BaseDelay.Ticks * Math.Pow(2, Math.Min(attempt - 1, 62)));
        return TimeSpan.FromTicks((long)(bound * random));
    }
}
