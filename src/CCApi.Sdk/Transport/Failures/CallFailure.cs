using System;
using System.Net;
using System.Net.Http.Headers;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Why an attempt failed. It is computed once, by <see cref="FailureClassifier"/> from a response or by
/// <see cref="ExceptionClassifier"/> from an exception; retries, failover, streams and the log decide on it, and
/// <see cref="ExceptionFactory"/> turns it into the exception that the caller gets. Immutable.
/// </summary>
internal sealed record CallFailure
{
    public required FailureKind Kind { get; init; }

    public FailureSource Source { get; init; }

    /// <summary>The status of the response; null without a response.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>
    /// The status that the failure stands for: that of the response, or what an embedded error reports; 402 for a used-up quota.
    /// Null when unknown.
    /// </summary>
    public int? EffectiveStatus { get; init; }

    public HttpResponseHeaders? Headers { get; init; }

    public ErrorBody? Error { get; init; }

    /// <summary>The start of the body, cleaned and without the key.</summary>
    public string? Snippet { get; init; }

    /// <summary>The delay before a retry that the response specifies.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the response demands a retry (<c>x-should-retry</c>); null when it does not specify that.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>The budget that ran out.</summary>
    public CCApiTimeoutKind Timeout { get; init; }

    /// <summary>The limit of that budget; null when it is not known.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>How long the call had run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many bytes of the body were received.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Whether the request may have reached the gateway.</summary>
    public bool MayHaveBeenSent { get; init; }

    /// <summary>Whether the gateway may have charged the attempt and kept the charge.</summary>
    public bool MayBeCharged { get; init; }

    /// <summary>What the response reports about the cost of the attempt; null when it reports nothing.</summary>
    public ICostReport? Charge { get; init; }

    /// <summary>Whether the attempt probably cost something: it may have been charged, or its response cannot be read.</summary>
    /// <remarks>
    /// A success that cannot be read is not retried whether it was charged or not, so that <see cref="MayBeCharged"/> does not
    /// specify it.
    /// </remarks>
    public bool IsProbablyCharged => MayBeCharged || (Kind == FailureKind.Protocol && MayHaveBeenSent);

    /// <summary>Whether the same call may succeed later, unchanged.</summary>
    public bool IsTransient { get; init; }

    /// <summary>What happened, as a sentence, where the kind and the response do not show it.</summary>
    public string? Detail { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>What was received beside the error.</summary>
    public IPartialResponse? Partial { get; init; }

    /// <summary>Whether no provider serves the model, which waiting does not change.</summary>
    public bool IsModelUnavailable { get; init; }

    /// <summary>A response that the contract does not allow.</summary>
    public static CallFailure Protocol(string detail, Exception? cause = null) => new()
    {
        Kind = FailureKind.Protocol,
        Detail = detail,
        Cause = cause,
    };

    /// <summary>A stream that broke, or that holds what cannot be read.</summary>
    public static CallFailure Stream(string detail, bool isTransient = false, Exception? cause = null) =>
        new()
        {
            Kind = FailureKind.Stream,
            Detail = detail,
            IsTransient = isTransient,
            Cause = cause,
            MayHaveBeenSent = true,
            MayBeCharged = true,
        };

    /// <summary>A rate limiter that granted no lease, or failed; the detail begins with its option. Nothing was sent.</summary>
    public static CallFailure RateLimiter(string detail, Exception? cause = null) =>
        new() { Kind = FailureKind.RateLimiter, Detail = detail, IsTransient = true, Cause = cause };

    /// <summary>A key provider that returned no usable key.</summary>
    public static CallFailure ApiKey(string detail, Exception? cause = null) => new()
    {
        Kind = FailureKind.ApiKey,
        Detail = detail,
        Cause = cause,
    };
}
