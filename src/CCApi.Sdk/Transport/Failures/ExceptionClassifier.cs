using System;
using System.IO;
using System.Net.Http;

namespace CCApi.Sdk;

/// <summary>Computes the failure behind an exception of an attempt, of the platform or of the caller's handlers.</summary>
internal static class ExceptionClassifier
{
    /// <summary>
    /// The failure behind an exception; null when the exception is not about the call, such as one of a handler of the caller.
    /// </summary>
    public static CallFailure? FailureOf(ICallState call, HttpClient? client, HttpResponseMessage? response, Exception exception)
    {
        if (OfSdk(call, response, exception) is { } known)
        {
            return known;
        }

        var isReadingStream = response is not null && call.Request.IsEventStream;
        if (!isReadingStream && !IsOfPlatform(exception))
        {
            return null;
        }

        if (call.Clock.Expired != CCApiTimeoutKind.None)
        {
            return Timeout(call, response, call.Clock.Expired, call.Clock.Limit, exception);
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

        if (exception is OperationCanceledException canceled)
        {
            return TimeoutOfPlatform(call, client, response, canceled);
        }

        return Connection(call, response, exception);
    }

    /// <summary>The failure of a body that cannot be decompressed.</summary>
    public static CallFailure Undecodable(ICallState call, HttpResponseMessage response, Exception cause) =>
        CallFailure.Protocol($"{call.Request} returned a body that cannot be decompressed: {cause.Message}", cause) with
        {
            Status = response.StatusCode,
            Headers = response.Headers,
            MayHaveBeenSent = true,
        };

    /// <summary>Whether an exception is one that the platform throws when a connection or a body fails, or a token is canceled.</summary>
    public static bool IsOfPlatform(Exception exception) =>
        exception is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException or InvalidDataException;

    /// <summary>Whether the platform could not decompress a body.</summary>
    public static bool IsUndecodable(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException;

    /// <summary>The failure behind an exception of the SDK, also inside one of the platform; null for other exceptions.</summary>
    private static CallFailure? OfSdk(ICallState call, HttpResponseMessage? response, Exception exception) => exception switch
    {
        CallFailureException failed => failed.Failure,
        CCApiStreamException { StatusCode: null } broken when response is not null =>
            WithResponse(CallFailure.Stream(broken.Message, broken.IsTransient, broken.InnerException), response),
        CCApiException known => External(call, known),
        HttpRequestException { InnerException: CCApiDownloadException rejected } => External(call, rejected),
        _ => null,
    };

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

    /// <summary>A cancellation that no budget of the call caused: a time-out of the platform's handler or of the HttpClient.</summary>
    private static CallFailure TimeoutOfPlatform(
        ICallState call, HttpClient? client, HttpResponseMessage? response, OperationCanceledException exception)
    {
        // The handler that could not connect; the time-out of an HttpClient holds the cancellation that it caused.
        var isConnectTimeout = exception.InnerException is TimeoutException { InnerException: not OperationCanceledException };
        if (isConnectTimeout)
        {
            return Timeout(call, response, CCApiTimeoutKind.Connect, limit: null, exception);
        }

        var isLimited = client is not null && client.Timeout >= TimeSpan.Zero;
        TimeSpan? limit = isLimited ? client!.Timeout : null;

        return Timeout(call, response, CCApiTimeoutKind.HttpClient, limit, exception);
    }

    private static CallFailure Connection(ICallState call, HttpResponseMessage? response, Exception exception)
    {
        var isBeforeSending = exception is HttpRequestException request && ConnectionFailure.IsBeforeSending(request);
        var mayHaveBeenSent = call.IsSent && !isBeforeSending;

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
                Elapsed = call.Clock.Elapsed,
                BytesReceived = call.BytesReceived,
                Detail = call.Pending,
                Cause = cause,
                MayHaveBeenSent = mayHaveBeenSent,
                MayBeCharged = mayHaveBeenSent,
                IsTransient = true,
            },
            response);
    }

    private static CallFailure WithResponse(CallFailure failure, HttpResponseMessage? response)
    {
        if (response is null)
        {
            return failure;
        }

        return failure with { Status = response.StatusCode, Headers = response.Headers };
    }
}
