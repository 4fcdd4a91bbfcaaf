using System;
using System.IO;
using System.Net.Http;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Computes the failure of an attempt: from a status and a body, from an error in a success, or from an exception of the
/// platform.
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
    /// <param name="earlier">What reported usage before; null when nothing did.</param>
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
        return failure with
        {
            MayBeCharged = failure.MayBeCharged || isUnknown || hasContent || earlier is not null,
            Charge = failure.Charge ?? earlier,
        };
    }

    /// <summary>The failure of a response that the contract does not allow.</summary>
    public static CallFailure Unreadable(
        ICallState call, HttpResponseMessage response, string what, ReadOnlySpan<byte> body, Exception? cause = null)
    {
        var snippet = BodySnippet.Of(body, call.Redaction);
        var start = snippet is null ? null : $" It starts with: {snippet}.";

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

    /// <summary>The failure of a body that cannot be decompressed.</summary>
    public static CallFailure Undecodable(ICallState call, HttpResponseMessage response, Exception cause) =>
        CallFailure.Protocol($"{call.Request} returned a body that cannot be decompressed: {cause.Message}", cause) with
        {
            Status = response.StatusCode,
            Headers = response.Headers,
            MayHaveBeenSent = true,
        };

    /// <summary>
    /// The failure behind an exception; null when the exception is not about the call, such as one of a handler of the caller.
    /// </summary>
    public static CallFailure? FromException(ICallState call, HttpClient? client, HttpResponseMessage? response, Exception exception)
    {
        switch (exception)
        {
            case CallFailureException failed:
                return failed.Failure;
            case CCApiStreamException { StatusCode: null } broken when response is not null:
                return WithResponse(CallFailure.Stream(broken.Message, broken.IsTransient, broken.InnerException), response);
            case CCApiException known:
                return External(call, known);
            case HttpRequestException { InnerException: CCApiDownloadException rejected }:
                return External(call, rejected);
        }

        var isReadingStream = response is not null && call.Request.IsEventStream;
        if (!isReadingStream && !IsOfPlatform(exception))
        {
            return null;
        }

        if (call.Budget.Expired != CCApiTimeoutKind.None)
        {
            return Timeout(call, response, call.Budget.Expired, call.Budget.Limit, exception);
        }

        if (response is not null && IsUndecodable(exception))
        {
            return Undecodable(call, response, exception);
        }

        if (isReadingStream)
        {
            var detail = $"The stream of {call.Request} was aborted: {exception.Message}";
            return WithResponse(CallFailure.Stream(detail, isTransient: true, exception), response);
        }

        switch (exception)
        {
            case OperationCanceledException { InnerException: TimeoutException { InnerException: not OperationCanceledException } }:
                // The platform's handler, which could not connect; the time-out of an HttpClient holds the cancellation that it caused.
                return Timeout(call, response, CCApiTimeoutKind.Connect, limit: null, exception);
            case OperationCanceledException:
                var isLimited = client is not null && client.Timeout >= TimeSpan.Zero;
                TimeSpan? limit = isLimited ? client!.Timeout : null;
                return Timeout(call, response, CCApiTimeoutKind.HttpClient, limit, exception);
        }

        var mayHaveBeenSent = call.IsSent && !(exception is HttpRequestException request && ConnectionFailure.IsBeforeSending(request));

        return WithResponse(
            new CallFailure
            {
                Kind = FailureKind.Connection,
                Cause = exception,
                MayHaveBeenSent = mayHaveBeenSent,
                MayBeCharged = mayHaveBeenSent,
                IsTransient = true,
            },
            response);
    }

    /// <summary>An exception of the SDK that does not come from the response, but from a handler or a strategy of the caller.</summary>
    private static CallFailure External(ICallState call, CCApiException exception) => new()
    {
        Kind = FailureKind.External,
        Status = exception.StatusCode,
        Cause = exception,
        MayHaveBeenSent = call.IsSent,
        MayBeCharged = call.IsSent,
        IsTransient = exception.IsTransient,
    };

    private static CallFailure Timeout(
        ICallState call, HttpResponseMessage? response, CCApiTimeoutKind kind, TimeSpan? limit, Exception cause)
    {
        var mayHaveBeenSent = call.IsSent && kind != CCApiTimeoutKind.Connect;
        return WithResponse(
            new CallFailure
            {
                Kind = FailureKind.Timeout,
                Timeout = kind,
                Limit = limit,
                Elapsed = call.Budget.Elapsed,
                BytesReceived = call.BytesReceived,
                Detail = call.Pending,
                Cause = cause,
                MayHaveBeenSent = mayHaveBeenSent,
                MayBeCharged = mayHaveBeenSent,
                IsTransient = true,
            },
            response);
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
        var isCharged = ChargeReport.IsIn(body) || (effectiveStatus is { } status && StatusPolicy.MayBeCharged(status, source));
        var isTransient = effectiveStatus is { } transient && StatusPolicy.IsTransient(transient) && !isModelUnavailable;
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
            MayBeCharged = isCharged,
            Charge = BodyCostReport.Read(body),
            IsModelUnavailable = isModelUnavailable,
            IsTransient = !isUsedUp && (shouldRetry ?? isTransient),
        };
    }

    /// <summary>Whether an exception is one that the platform throws when a connection or a body fails, or a token is canceled.</summary>
    public static bool IsOfPlatform(Exception exception) =>
        exception is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException or InvalidDataException;

    /// <summary>Whether the platform could not decompress a body.</summary>
    public static bool IsUndecodable(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException;

    private static CallFailure WithResponse(CallFailure failure, HttpResponseMessage? response)
    {
        if (response is null)
        {
            return failure;
        }

        return failure with { Status = response.StatusCode, Headers = response.Headers };
    }
}
