using System;

namespace CCApi.Sdk;

/// <summary>
/// Turns the failure of a call into the exception that the caller gets, complete and without the key. What is found in a result
/// later, such as a second list of the same page, throws by itself.
/// </summary>
internal static class ExceptionFactory
{
    /// <param name="call">The call, with the attempts that it made.</param>
    /// <param name="failure">Why it failed.</param>
    public static CCApiException Create(ICallState call, CallFailure failure)
    {
        if (failure.Headers is { } headers)
        {
            call.Redaction.Apply(headers);
        }

        var exception = New(call, failure);
        if (failure.Kind == FailureKind.External)
        {
            exception.Attempts = call.Attempts ?? exception.Attempts;
            exception.Cost ??= call.FailedCost;

            return exception;
        }

        exception.StatusCode = failure.Status;
        exception.Headers = failure.Headers;
        exception.RequestId = failure.Headers is null ? null : ResponseHeaders.RequestId(failure.Headers);
        exception.GatewayMessage = call.Redaction.Apply(failure.Error?.Message);
        exception.Type = call.Redaction.Apply(failure.Error?.Type);
        exception.Code = call.Redaction.Apply(failure.Error?.Code);
        exception.Param = call.Redaction.Apply(failure.Error?.Param);
        exception.Details = call.Redaction.Apply(failure.Error?.Details);
        exception.BodySnippet = failure.Snippet;
        exception.IsTransient = failure.IsTransient;
        failure.Partial?.AttachTo(exception);
        exception.Attempts = call.Attempts ?? [];
        exception.Cost = call.FailedCost;

        return exception;
    }

    /// <summary>A few words for logs and attempts: the code or the type that the gateway sent, else the name of the exception.</summary>
    public static string Name(ICallState call, CallFailure failure)
    {
        var code = call.Redaction.Apply(failure.Error?.Code ?? failure.Error?.Type);
        if (code is null)
        {
            return New(call, failure).GetType().Name;
        }

        return PrintableText.Clean(code, PrintableText.CodeLength);
    }

    private static CCApiException New(ICallState call, CallFailure failure) => failure.Kind switch
    {
        FailureKind.Response => ResponseExceptions.Create(call, failure, FailureMessage.OfResponse(call, failure)),
        FailureKind.Timeout => OfTimeout(call, failure),
        FailureKind.Connection => OfConnection(call, failure),
        FailureKind.Stream => new CCApiStreamException(DetailOf(call, failure), CauseOf(call, failure)),
        FailureKind.ApiKey => new CCApiUnauthorizedException(DetailOf(call, failure), CauseOf(call, failure)),
        FailureKind.RateLimiter => OfRateLimiter(call, failure),
        FailureKind.External => OfOthers(call, (CCApiException)failure.Cause!),
        _ => new CCApiProtocolException(DetailOf(call, failure), CauseOf(call, failure)),
    };

    /// <summary>A rejected download names a host, which the gateway chose. Other exceptions are the caller's own.</summary>
    private static CCApiException OfOthers(ICallState call, CCApiException exception)
    {
        var message = call.Redaction.Apply(exception.Message);
        var isShown = exception.GetType() == typeof(CCApiDownloadException) && !ReferenceEquals(message, exception.Message);
        if (isShown)
        {
            return new CCApiDownloadException(message, call.Redaction.Cause(exception.InnerException));
        }

        return exception;
    }

    private static CCApiTimeoutException OfTimeout(ICallState call, CallFailure failure) =>
        new(FailureMessage.OfTimeout(call, failure), CauseOf(call, failure))
        {
            Kind = failure.Timeout,
            Elapsed = failure.Elapsed,
            BytesReceived = failure.BytesReceived,
        };

    /// <summary>A limiter that fails, such as one whose server is gone, does not mean that a limit was reached.</summary>
    private static CCApiException OfRateLimiter(ICallState call, CallFailure failure)
    {
        var message = $"{call.Request} was not sent, because CCApiClientOptions.{DetailOf(call, failure).TrimEnd('.')}.";
        if (failure.Cause is null)
        {
            return new CCApiRateLimitException($"{message} Raise its limit or its queue limit, or retry later.")
            {
                RetryAfter = failure.RetryAfter,
            };
        }

        return new CCApiException($"{message} Check the limiter.", CauseOf(call, failure));
    }

    private static CCApiConnectionException OfConnection(ICallState call, CallFailure failure) =>
        new(FailureMessage.OfConnection(call, failure), CauseOf(call, failure)) { MayHaveBeenSent = failure.MayHaveBeenSent };

    private static string DetailOf(ICallState call, CallFailure failure) => call.Redaction.Apply(failure.Detail!);

    private static Exception? CauseOf(ICallState call, CallFailure failure) => call.Redaction.Cause(failure.Cause);
}
