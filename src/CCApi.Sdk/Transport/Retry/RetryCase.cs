using System;

namespace CCApi.Sdk;

/// <summary>Everything that the decision about a failed attempt depends on.</summary>
/// <param name="Failure">Why the attempt failed.</param>
/// <param name="Attempt">Its number with the current model; 1 for the first. One whose key was rejected and renewed does not count.</param>
/// <param name="MaxRetries">How often the call may be retried with one model.</param>
/// <param name="MayRepeatCharged">
/// Whether the call may be repeated although it may have been charged: it is free, or the caller allowed it.
/// </param>
/// <param name="HasNewKey">
/// Whether the key provider, called again because the key was rejected, returned another one; null when it was not called.
/// </param>
/// <param name="Remaining">What is left of the total budget.</param>
/// <param name="NextModel">The model to fail over to; null when there is none.</param>
/// <param name="CanBeSentAgain">Whether the body can be sent again.</param>
/// <param name="IsRenewingKey">Whether the key was rejected, and its provider failed to return one when it was called again.</param>
internal readonly record struct RetryCase(
    CallFailure Failure,
    int Attempt,
    int MaxRetries,
    bool MayRepeatCharged,
    bool? HasNewKey,
    TimeSpan Remaining,
    string? NextModel,
    bool CanBeSentAgain = true,
    bool IsRenewingKey = false);
