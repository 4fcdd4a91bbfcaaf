using System.Globalization;

namespace CCApi.Sdk;

/// <summary>Decides whether another model may answer after a failure. Pure.</summary>
internal static class FailoverPolicy
{
    /// <param name="error">Why the call failed with a model.</param>
    /// <param name="policy">What the caller allowed.</param>
    /// <param name="mayChargeTwice">Whether the call costs money and the caller did not allow to pay twice.</param>
    public static bool Allows(CCApiException error, CCApiFailoverOptions policy, bool mayChargeTwice) => error switch
    {
        CCApiModelUnavailableException => policy.OnModelUnavailable,
        CCApiTimeoutException timeout => policy.OnConnectionFailure
            && (timeout.Kind == CCApiTimeoutKind.Connect || (!mayChargeTwice && timeout.Kind is CCApiTimeoutKind.Attempt or CCApiTimeoutKind.Idle or CCApiTimeoutKind.FirstChunk or CCApiTimeoutKind.HttpClient)),
        CCApiConnectionException connection => policy.OnConnectionFailure && (!connection.MayHaveBeenSent || !mayChargeTwice),
        _ => policy.OnOverload && MeaningOf(error) is { } status && (RetryPolicy.IsRefunded(status) || (!mayChargeTwice && RetryPolicy.IsTransient(status))),
    };

    /// <summary>Whether the model is the one to blame, and should rest.</summary>
    public static bool IsOfModel(CCApiException error) => error is not (CCApiTimeoutException or CCApiConnectionException);

    /// <summary>The status that an error means; an error in an answer with 200 says it by its code or type.</summary>
    private static int? MeaningOf(CCApiException error)
    {
        if ((int?)error.StatusCode is >= 400 and var status)
        {
            return status;
        }

        return int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 400 and < 600
            ? code
            : ErrorKind.StatusOf(error.Code) ?? ErrorKind.StatusOf(error.Type);
    }
}
