using System.Linq;

namespace CCApi.Sdk.Soak;

/// <summary>Reads from an exception whether the call can have cost something.</summary>
internal static class Payments
{
    public static Payment Of(CCApiException exception) => exception.Attempts.Any(attempt => IsUnclear(exception, attempt)) || exception.Attempts.Count == 0 ? Payment.Unknown : Payment.Free;

    private static bool IsUnclear(CCApiException exception, CCApiAttempt attempt) => (int?)attempt.StatusCode switch
    {
        504 or 520 or 524 => true,

        // A job that was started, and that the gateway forgot because so many came after it.
        404 => true,

        // No response came, unless there was not even a connection.
        null => exception is not CCApiConnectionException { MayHaveBeenSent: false },

        // A response was sent and then lost, or was not the gateway's. The gateway refunds the errors that it reports itself, also in a 200.
        >= 200 and < 300 => exception is CCApiProtocolException or CCApiStreamException or CCApiTimeoutException or CCApiConnectionException,
        _ => false,
    };
}
