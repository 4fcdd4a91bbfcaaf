using System;
using System.Net;

namespace CCApi.Sdk;

/// <summary>Everything that the decision to try again depends on.</summary>
/// <param name="Attempt">The attempt that failed; 1 for the first. One whose key was refused and renewed does not count.</param>
/// <param name="MaxRetries">How often the call may be tried again.</param>
/// <param name="Fault">What went wrong.</param>
/// <param name="Status">The status of the answer; null when none came.</param>
/// <param name="IsModelUnavailable">Whether the gateway has nobody to serve the model, which waiting does not change.</param>
/// <param name="MayChargeTwice">Whether the call costs money and the caller did not allow to pay twice.</param>
/// <param name="HasNewKey">Whether the key provider, asked once more because the key was refused, gave another one; null when it was not asked.</param>
/// <param name="Wish">Whether the gateway wants the call again (<c>x-should-retry</c>); null when it did not say.</param>
/// <param name="RetryAfter">What the gateway asked to wait; null when it did not say.</param>
/// <param name="Remaining">What is left of the total budget.</param>
internal readonly record struct RetryCase(
    int Attempt,
    int MaxRetries,
    AttemptFault Fault,
    HttpStatusCode? Status,
    bool IsModelUnavailable,
    bool MayChargeTwice,
    bool? HasNewKey,
    bool? Wish,
    TimeSpan? RetryAfter,
    TimeSpan Remaining);
