using System;

namespace CCApi.Sdk.Bulk;

/// <summary>Decides what follows a failed call of an item. Pure.</summary>
internal static class RoundPolicy
{
    // With the longest Retry-After of the default options, half an hour.
    private const int MostRateLimits = 30;

    /// <param name="exception">Why it failed.</param>
    /// <param name="isSent">Whether the gateway may have received it.</param>
    /// <param name="rounds">How often it was sent without a 429.</param>
    /// <param name="rateLimits">How many 429s it got in a row.</param>
    /// <param name="maxRounds">How often it may be sent.</param>
    public static RoundAction Decide(Exception exception, bool isSent, int rounds, int rateLimits, int maxRounds)
    {
        switch (exception)
        {
            case BulkLedgerException when !isSent:
                return RoundAction.NotSent;
            case CCApiBudgetExceededException:
                return RoundAction.OutOfBudget;
            case CCApiRateLimitException:
                return rateLimits < MostRateLimits ? RoundAction.Wait : RoundAction.Fail;
            case ArgumentException:
                return RoundAction.Fail;
            case CCApiException { Cost.Amount: not null }:
                return RoundAction.Fail;
            case CCApiException { Cost: not null } or CCApiProtocolException when isSent:
                return RoundAction.Doubt;
            case CCApiException { IsTransient: true }:
                return rounds < maxRounds ? RoundAction.Repeat : RoundAction.Fail;
            case CCApiException or ChatStructuredOutputException:
                return RoundAction.Fail;
        }

        // Of a handler of the caller, or a cancellation: nobody knows what the gateway did.
        return isSent ? RoundAction.Doubt : RoundAction.Fail;
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
        var doubled = first * Math.Pow(2, Math.Min(rounds - 1, 10));
        return doubled * (0.5 + (random / 2));
    }
}
