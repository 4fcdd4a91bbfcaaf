using System;

namespace CCApi.Sdk.Bulk;

/// <summary>Decides what follows a failed call of an item. Pure.</summary>
internal static class RoundPolicy
{
    // With the longest Retry-After of the default options, half an hour.
    private const int MostRateLimits = 30;

    private static readonly TimeSpan _longestDelay = TimeSpan.FromDays(1);

    /// <param name="exception">Why it failed.</param>
    /// <param name="state">What is known of the item.</param>
    /// <param name="maxRounds">How often it may be sent.</param>
    public static RoundAction Decide(Exception exception, in RoundState state, int maxRounds)
    {
        var isEnded = state is { IsCanceled: true, IsSent: false } && exception is OperationCanceledException;
        if (isEnded)
        {
            return RoundAction.Skip;
        }

        var action = state.HasJob ? OfJob(exception, state, maxRounds) : OfCall(exception, state, maxRounds);

        // How a second sending fails does not settle whether the first one was charged.
        return action == RoundAction.Fail && state.WasInDoubt ? RoundAction.Doubt : action;
    }

    /// <summary>Whether a call that did not fit into a budget fits when the calls under way cost less than they have reserved.</summary>
    public static bool MayFitLater(CCApiBudgetExceededException exceeded) =>
        exceeded.Reserved > 0 && exceeded.Requested <= exceeded.Limit - exceeded.Spent;

    /// <summary>The delay before the next round, with a random part.</summary>
    /// <param name="rounds">How often the item was sent.</param>
    /// <param name="first">The delay before the second round.</param>
    /// <param name="random">A random number, from 0 to below 1.</param>
    public static TimeSpan Delay(int rounds, TimeSpan first, double random)
    {
        var factor = Math.Pow(2, Math.Min(rounds - 1, 10)) * (0.5 + (random / 2));
        return TimeSpan.FromSeconds(Math.Min(first.TotalSeconds * factor, _longestDelay.TotalSeconds));
    }

    /// <summary>How long a 429 holds back the run.</summary>
    /// <param name="retryAfter">The delay that the gateway specifies; null for none.</param>
    /// <param name="most">The longest delay that is followed; after it the gateway is tried again.</param>
    public static TimeSpan Pause(TimeSpan? retryAfter, TimeSpan most)
    {
        var longest = most < _longestDelay ? most : _longestDelay;
        var pause = retryAfter ?? TimeSpan.Zero;
        return pause < longest ? pause : longest;
    }

    private static RoundAction OfCall(Exception exception, in RoundState state, int maxRounds)
    {
        switch (exception)
        {
            case BulkLedgerException when !state.IsSent:
                return RoundAction.NotSent;
            case CCApiBudgetExceededException:
                return RoundAction.OutOfBudget;
            case ImageJobFailedException or ArgumentException:
                return RoundAction.Fail;

            // The model has responded, whatever that cost; but a second request of the item may have failed in any way.
            case ChatStructuredOutputException { InnerException: CCApiException second }:
                return MayBeCharged(second) ? RoundAction.Doubt : RoundAction.Fail;
            case ChatStructuredOutputException:
                return RoundAction.Fail;
            case CCApiException failed when state.IsSent && MayBeCharged(failed):
                return RoundAction.Doubt;
            case CCApiRateLimitException:
                return state.RateLimits < MostRateLimits ? RoundAction.Wait : RoundAction.Fail;
            case CCApiException { Cost: null, IsTransient: true }:
                return state.Rounds < maxRounds ? RoundAction.Repeat : RoundAction.Fail;
            case CCApiException:
                return RoundAction.Fail;
        }

        // Of a handler of the caller, or a cancellation: nobody knows what the gateway did.
        return state.IsSent ? RoundAction.Doubt : RoundAction.Fail;
    }

    /// <summary>A job runs and is charged whether it can be polled or not: only its own end is a failure.</summary>
    private static RoundAction OfJob(Exception exception, in RoundState state, int maxRounds) => exception switch
    {
        ImageJobFailedException => RoundAction.Fail,
        CCApiRateLimitException when state.RateLimits < MostRateLimits => RoundAction.Wait,
        CCApiException { IsTransient: true, Cost: null } when state.Rounds < maxRounds => RoundAction.Repeat,
        _ => RoundAction.Doubt,
    };

    private static bool MayBeCharged(CCApiException failed)
    {
        var isUnknown = failed.Cost is { Amount: null } or { IsPartial: true };
        return isUnknown || failed is CCApiProtocolException { Cost: null };
    }
}
