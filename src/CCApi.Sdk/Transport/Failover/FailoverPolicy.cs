namespace CCApi.Sdk;

/// <summary>Decides whether another model may be called after a failure. Pure.</summary>
internal static class FailoverPolicy
{
    /// <param name="failure">Why the call failed with a model.</param>
    /// <param name="options">What the caller allowed.</param>
    /// <param name="mayRepeatCharged">Whether the call may be repeated although it may have been charged.</param>
    public static bool Allows(CallFailure failure, CCApiFailoverOptions options, bool mayRepeatCharged)
    {
        if (failure.MayBeCharged && !mayRepeatCharged)
        {
            return false;
        }

        if (failure.IsModelUnavailable)
        {
            return options.OnModelUnavailable;
        }

        return failure.Kind switch
        {
            FailureKind.Timeout => options.OnConnectionFailure && failure.Timeout != CCApiTimeoutKind.Total,
            FailureKind.Connection => options.OnConnectionFailure,
            FailureKind.Stream => options.OnConnectionFailure && failure.IsTransient,
            FailureKind.External => options.OnOverload && failure.IsTransient,
            FailureKind.Response => options.OnOverload && IsTransient(failure.EffectiveStatus),
            _ => false,
        };
    }

    private static bool IsTransient(int? status) => status is { } known && StatusPolicy.IsTransient(known);

    /// <summary>Whether the model caused the failure, and should cool down.</summary>
    public static bool IsOfModel(CallFailure failure) => failure.Kind == FailureKind.Response;
}
