using System;
using System.Net.Http;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Computes the failure that a response reports: by its status and body, or by an error in a success.
/// <see cref="ExceptionClassifier"/> computes that of an attempt that has no response, or whose body ends too early.
/// </summary>
internal static class FailureClassifier
{
    /// <summary>The failure of a response whose status is not a success.</summary>
    public static CallFailure FromStatus(ICallState call, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var error = ErrorBody.Parse(body);
        var source = GatewayErrorForm.Matches(body, error) ? FailureSource.Gateway : FailureSource.Intermediary;

        return FromError(call, response, error, body, source, ErrorStatus.OfResponse((int)response.StatusCode, error));
    }

    /// <summary>The failure of an error in a response whose status is a success, or in a stream.</summary>
    /// <param name="call">The call.</param>
    /// <param name="response">The response.</param>
    /// <param name="error">The error.</param>
    /// <param name="body">The JSON that it is from.</param>
    /// <param name="hasContent">Whether content or usage was received before.</param>
    /// <param name="earlier">The usage that was reported before the error; null for none.</param>
    public static CallFailure FromSuccess(
        ICallState call,
        HttpResponseMessage response,
        ErrorBody error,
        ReadOnlySpan<byte> body,
        bool hasContent = false,
        ICostReport? earlier = null)
    {
        var failure = FromError(call, response, error, body, FailureSource.Embedded, ErrorStatus.OfEmbedded(error));

        // An error of unknown meaning in a success may follow work that was done.
        var isUnknown = failure.EffectiveStatus is null;
        var isPartlyDone = hasContent || earlier is not null;
        var mayFollowWork = isUnknown || isPartlyDone;

        return failure with
        {
            MayBeCharged = failure.MayBeCharged || mayFollowWork,
            Charge = failure.Charge ?? earlier,
        };
    }

    /// <summary>The failure of a response that the contract does not allow.</summary>
    /// <param name="call">The call.</param>
    /// <param name="response">The response.</param>
    /// <param name="what">What it has instead, after "with".</param>
    /// <param name="body">The body, or its start.</param>
    /// <param name="cause">Why it cannot be read; null for none.</param>
    public static CallFailure Unreadable(
        ICallState call, HttpResponseMessage response, string what, ReadOnlySpan<byte> body, Exception? cause = null)
    {
        var snippet = BodySnippet.Of(body, call.Redaction);
        var start = snippet is null ? null : $" It starts with: {snippet.TrimEnd('.')}.";

        return CallFailure.Protocol(
            $"{call.Request} returned {(int)response.StatusCode} with {what}.{start} Check that BaseAddress is "
            + $"the address of the API, such as {CCApiDefaults.BaseAddress}.",
            cause) with
        {
            Status = response.StatusCode,
            Headers = response.Headers,
            Snippet = snippet,
            MayHaveBeenSent = true,
        };
    }

    private static CallFailure FromError(
        ICallState call,
        HttpResponseMessage response,
        ErrorBody? error,
        ReadOnlySpan<byte> body,
        FailureSource source,
        int? effectiveStatus)
    {
        var shouldRetry = ResponseHeaders.ShouldRetry(response.Headers);
        var isModelUnavailable = call.Request.Download is null
            && effectiveStatus is 404 or 503
            && ErrorStatus.IsModelNotFound(error?.Code);
        var isUsedUp = effectiveStatus == 402;
        var isChargedByStatus = effectiveStatus is { } status && StatusPolicy.MayBeCharged(status, source);
        var isTransientByStatus = effectiveStatus is { } transient && StatusPolicy.IsTransient(transient);
        var isTransient = isTransientByStatus && !isModelUnavailable;

        return new CallFailure
        {
            Kind = FailureKind.Response,
            Source = source,
            Status = response.StatusCode,
            EffectiveStatus = effectiveStatus,
            Headers = response.Headers,
            Error = error,
            Snippet = BodySnippet.Of(body, call.Redaction),
            RetryAfter = RetryAfter.Parse(response.Headers, call.Now),
            ShouldRetry = shouldRetry,
            MayHaveBeenSent = true,
            MayBeCharged = isChargedByStatus || ChargeReport.IsIn(body),
            Charge = BodyCostReport.Read(body),
            IsModelUnavailable = isModelUnavailable,
            IsTransient = !isUsedUp && (shouldRetry ?? isTransient),
        };
    }
}
