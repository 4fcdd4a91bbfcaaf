using System;

namespace CCApi.Sdk;

/// <summary>Decides what follows a failed attempt. Pure: the clock and the random number are arguments.</summary>
internal static class RetryPolicy
{
    /// <param name="failed">The attempt that failed.</param>
    /// <param name="options">The delays.</param>
    /// <param name="failover">When to use another model.</param>
    /// <param name="random">A random number, from 0 to below 1.</param>
    public static RetryDecision Decide(in RetryCase failed, CCApiRetryOptions options, CCApiFailoverOptions failover, double random)
    {
        var decision = failed.HasNewKey == true ? RenewKey(failed) : DecideRetry(failed, options, random);
        var canFailOver = decision.Action == RetryAction.GiveUp
            && !failed.IsRenewingKey
            && failed.NextModel is not null
            && failed.Remaining > TimeSpan.Zero;
        if (!canFailOver || !FailoverPolicy.Allows(failed.Failure, failover, failed.MayRepeatCharged))
        {
            return decision;
        }

        return new RetryDecision(RetryAction.FailOver, TimeSpan.Zero, $"{decision.Reason}; fails over to {failed.NextModel}");
    }

    /// <remarks>A request with a new key is another request, which nobody has rejected yet: only time limits it.</remarks>
    private static RetryDecision RenewKey(in RetryCase failed)
    {
        if (failed.Remaining > TimeSpan.Zero)
        {
            return new RetryDecision(RetryAction.RenewKey, TimeSpan.Zero, "ApiKeyProvider returned another key");
        }

        return RetryDecision.GiveUp("the total budget is used up");
    }

    private static RetryDecision DecideRetry(in RetryCase failed, CCApiRetryOptions options, double random)
    {
        var failure = failed.Failure;
        if (Obstacle(failed) is { } obstacle)
        {
            return RetryDecision.GiveUp(obstacle);
        }

        if (failed.Attempt > failed.MaxRetries)
        {
            if (failed.MaxRetries == 0)
            {
                return RetryDecision.GiveUp("retries are off");
            }

            return RetryDecision.GiveUp(FormattableString.Invariant($"{failed.MaxRetries} retries were made"));
        }

        if (failure.RetryAfter is { } retryAfter && retryAfter > options.MaxRetryAfter)
        {
            return RetryDecision.GiveUp(
                FormattableString.Invariant($"Retry-After is {retryAfter.TotalSeconds:0.###} s, ")
                + FormattableString.Invariant($"more than MaxRetryAfter ({options.MaxRetryAfter.TotalSeconds:0.###} s)"));
        }

        // The jitter comes on top of what the gateway specifies: otherwise all clients that it turned away at once would return at once.
        var delay = (failure.RetryAfter ?? TimeSpan.Zero) + Jitter(failed.Attempt, options, random);
        if (delay >= failed.Remaining)
        {
            return RetryDecision.GiveUp(
                FormattableString.Invariant($"the delay of {delay.TotalSeconds:0.###} s would exceed the total budget"));
        }

        return new RetryDecision(RetryAction.Retry, delay, Reason(failure));
    }

    /// <summary>Why a retry is out of the question; null when it is not.</summary>
    private static string? Obstacle(in RetryCase failed)
    {
        var failure = failed.Failure;
        if (failed.HasNewKey == false)
        {
            return "ApiKeyProvider returned the same key again";
        }

        if (failed.IsRenewingKey)
        {
            return "the key was rejected, and ApiKeyProvider returned no other one";
        }

        if (failure.ShouldRetry == false)
        {
            return "x-should-retry is false";
        }

        if (failure.Timeout == CCApiTimeoutKind.Total)
        {
            return "the total budget is used up";
        }

        if (failure.IsModelUnavailable && failure.ShouldRetry != true)
        {
            return "no provider serves the model, which waiting does not change";
        }

        if (!failure.IsTransient)
        {
            return "a retry would not change it";
        }

        if (!failed.CanBeSentAgain)
        {
            return "its content can be sent only once";
        }

        // That a retry may succeed, even when x-should-retry demands it, does not settle who pays for the first attempt.
        if (failure.MayBeCharged && !failed.MayRepeatCharged)
        {
            return "it may have been charged, and RetryPossiblyCharged is off";
        }

        return null;
    }

    private static string Reason(CallFailure failure)
    {
        var reason = failure.ShouldRetry == true ? "x-should-retry is true" : "transient";
        if (failure.RetryAfter is null)
        {
            return reason;
        }

        if (failure.Kind == FailureKind.RateLimiter)
        {
            return reason + "; the rate limiter specified the delay";
        }

        return reason + "; the gateway sent Retry-After";
    }

    private static TimeSpan Jitter(int attempt, CCApiRetryOptions options, double random)
    {
        var bound = Math.Min(options.MaxDelay.Ticks, options.BaseDelay.Ticks * Math.Pow(2, Math.Min(attempt - 1, 62)));
        return TimeSpan.FromTicks((long)(bound * random));
    }
}
