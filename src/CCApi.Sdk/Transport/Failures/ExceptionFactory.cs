using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>
/// Turns a failure into the exception that the caller gets, complete and without the key. Nothing else creates exceptions for
/// failed calls.
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
        return code is null ? New(call, failure).GetType().Name : PrintableText.Clean(code, PrintableText.CodeLength);
    }

    private static CCApiException New(ICallState call, CallFailure failure) => failure.Kind switch
    {
        FailureKind.Response => OfResponse(call, failure),
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
        return isShown ? new CCApiDownloadException(message, call.Redaction.Cause(exception.InnerException)) : exception;
    }

    private static CCApiException OfResponse(ICallState call, CallFailure failure)
    {
        var message = Compose(call, failure);
        if (failure.IsModelUnavailable)
        {
            return new CCApiModelUnavailableException(message);
        }

        return failure.EffectiveStatus switch
        {
            >= 400 and < 500 when call.Request.Download is not null => new CCApiDownloadException(message),
            400 or 413 or 422 => new CCApiBadRequestException(message),
            401 => new CCApiUnauthorizedException(message),
            402 => new CCApiBillingException(message),
            403 => new CCApiPermissionException(message),
            404 => new CCApiNotFoundException(message),
            429 => new CCApiRateLimitException(message) { RetryAfter = failure.RetryAfter },
            >= 500 => new CCApiServerException(message) { RetryAfter = failure.RetryAfter },
            < 400 => new CCApiProtocolException(message),
            _ => new CCApiException(message),
        };
    }

    private static CCApiTimeoutException OfTimeout(ICallState call, CallFailure failure)
    {
        var isOfHttpClient = failure.Timeout == CCApiTimeoutKind.HttpClient;
        var name = isOfHttpClient ? "HttpClient.Timeout" : $"the {failure.Timeout} budget";
        var size = failure.Limit is { } limit ? FormattableString.Invariant($" of {limit.TotalSeconds:0.###} s") : null;
        var option = isOfHttpClient ? "the Timeout of the HttpClient" : $"CCApiTimeoutOptions.{failure.Timeout}";
        return new CCApiTimeoutException(
            FormattableString.Invariant($"{call.Request} ran out of {name}{size}, {failure.Elapsed.TotalSeconds:0.###} s after it began; {Progress(failure)}. Raise {option} if that is too short."),
            CauseOf(call, failure))
        {
            Kind = failure.Timeout,
            Elapsed = failure.Elapsed,
            BytesReceived = failure.BytesReceived,
        };
    }

    /// <summary>A limiter that fails, such as one whose server is gone, does not mean that a limit was reached.</summary>
    private static CCApiException OfRateLimiter(ICallState call, CallFailure failure)
    {
        var message = $"{call.Request} was not sent, because CCApiClientOptions.RateLimiter {DetailOf(call, failure).TrimEnd('.')}.";
        return failure.Cause is null
            ? new CCApiRateLimitException($"{message} Raise its limit or its queue limit, or retry later.") { RetryAfter = failure.RetryAfter }
            : new CCApiException($"{message} Check the limiter.", CauseOf(call, failure));
    }

    private static string Progress(CallFailure failure)
    {
        if (!failure.MayHaveBeenSent && failure.Timeout != CCApiTimeoutKind.Connect)
        {
            return $"nothing was sent, because {failure.Detail ?? "ApiKeyProvider had not returned a key"}";
        }

        return failure.BytesReceived == 0
            ? "nothing of the body was received"
            : FormattableString.Invariant($"{failure.BytesReceived} bytes of the body were received");
    }

    private static CCApiConnectionException OfConnection(ICallState call, CallFailure failure)
    {
        var reason = PrintableText.Clean(call.Redaction.Apply(Innermost(failure.Cause!).Message).TrimEnd('.'), PrintableText.MessageLength);
        var advice = failure.MayHaveBeenSent ? "The request may have reached the gateway." : "Nothing was sent; check BaseAddress and the network.";
        var isOfBrowser = reason.StartsWith("TypeError: ", StringComparison.Ordinal);
        if (isOfBrowser)
        {
            advice += " In a browser, the gateway must also allow the origin of the page (CORS).";
        }

        var host = call.Address is { } address ? FormattableString.Invariant($" from {call.Redaction.Apply(address.Host)}:{address.Port}") : null;
        return new CCApiConnectionException($"{call.Request} got no response{host}: {reason}. {advice}", CauseOf(call, failure)) { MayHaveBeenSent = failure.MayHaveBeenSent };
    }

    private static string Compose(ICallState call, CallFailure failure)
    {
        var text = new StringBuilder();
        text.Append(call.Request).Append(" failed: ");
        text.Append(((int)failure.Status!).ToString(CultureInfo.InvariantCulture));
        if ((failure.Error?.Code ?? failure.Error?.Type) is { } code)
        {
            text.Append(" (").Append(PrintableText.Clean(call.Redaction.Apply(code), PrintableText.CodeLength)).Append(')');
        }

        if ((call.Redaction.Apply(failure.Error?.Message) ?? failure.Snippet) is { } reported)
        {
            text.Append(": ").Append(PrintableText.Clean(reported, PrintableText.MessageLength).Trim());
        }

        if (Advice(call, failure) is { } advice)
        {
            var isSentence = text[text.Length - 1] is '.' or '!' or '?' or '。';
            text.Append(isSentence ? " " : ". ").Append(advice);
        }

        return text.ToString();
    }

    private static string? Advice(ICallState call, CallFailure failure)
    {
        if (call.Request.Download is not null && failure.EffectiveStatus is >= 400 and < 500)
        {
            return "Links may expire: save images and audio soon after they were created.";
        }

        var isOfGateway = failure.Source != FailureSource.Intermediary || failure.Error is not null;
        if (failure.IsModelUnavailable)
        {
            return SimilarModels(call) + "CatalogClient.ListModelsAsync lists the models that are served.";
        }

        switch (failure.EffectiveStatus)
        {
            case 401:
                return $"Check the API key: the environment variable {CCApiDefaults.ApiKeyVariable}, CCApiClientOptions.ApiKey or ApiKeyProvider.";
            case 402:
                return "The balance of this key does not cover the call: add credit at the gateway's dashboard, or use another key.";
            case 403 when !isOfGateway:
                return "The response is not the gateway's own: a firewall may have blocked the User-Agent. Set CCApiClientOptions.UserAgent.";
            case 403:
                return "This key may not use that model or operation.";
            case 404 when !isOfGateway:
                return $"Check that BaseAddress is the address of the API, such as {CCApiDefaults.BaseAddress}.";
            case 413:
                return "The request is too large: send fewer or smaller images, or shorter messages.";
            case { } status when StatusPolicy.IsTransient(status) && failure.RetryAfter is { } delay:
                return FormattableString.Invariant($"Retry after {delay.TotalSeconds:0.###} s.");
            default:
                return null;
        }
    }

    private static string? SimilarModels(ICallState call)
    {
        var models = call.SimilarModels.Select(model => PrintableText.Clean(call.Redaction.Apply(model), PrintableText.CodeLength)).ToList();
        return models.Count switch
        {
            0 => null,
            1 => $"A similar model is {models[0]}. ",
            _ => $"Similar models are {string.Join(", ", models)}. ",
        };
    }

    private static string DetailOf(ICallState call, CallFailure failure) => call.Redaction.Apply(failure.Detail!);

    private static Exception? CauseOf(ICallState call, CallFailure failure) => call.Redaction.Cause(failure.Cause);

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
