using System;

namespace CCApi.Sdk;

/// <summary>Carries a failure from where a response is read to the loop that decides on it. Callers never see it.</summary>
#pragma warning disable CA1032, CA1064 // It is not for others.
internal sealed class CallFailureException(CallFailure failure) : Exception(failure.Detail, failure.Cause)
#pragma warning restore CA1032, CA1064
{
    public CallFailure Failure { get; } = failure;
}
