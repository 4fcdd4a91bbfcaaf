using System.Linq;

namespace CCApi.Sdk.Soak;

/// <summary>What a call has cost, as far as its caller can know.</summary>
internal enum Payment
{
    /// <summary>The answer came, with what it cost.</summary>
    Paid,

    /// <summary>The gateway reported that it failed, so it gave back what it had charged; or nothing was sent.</summary>
    Free,

    /// <summary>The answer was lost: only the gateway knows.</summary>
    Unknown,
}

/// <summary>Reads from an exception whether the call can have cost something.</summary>
internal static class Payments
{
    public static Payment Of(CCApiException exception) => exception.Attempts.Any(attempt => IsUnclear(exception, attempt)) || exception.Attempts.Count == 0 ? Payment.Unknown : Payment.Free;

    private static bool IsUnclear(CCApiException exception, CCApiAttempt attempt) => (int?)attempt.StatusCode switch
    {
        504 or 520 or 524 => true,

        // No answer came, unless there was not even a connection.
        null => exception is not CCApiConnectionException { MayHaveBeenSent: false },

        // An answer came and was lost on the way, or was none of the gateway's. Errors that it reports itself, also in a 200, are given back.
        >= 200 and < 300 => exception is CCApiProtocolException or CCApiStreamException or CCApiTimeoutException or CCApiConnectionException,
        _ => false,
    };
}
