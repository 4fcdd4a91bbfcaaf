using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>Composes the messages of failures: what happened, what the gateway reported, and how to fix it. None contains a key.</summary>
internal static class FailureMessage
{
    // Of white space and characters that cannot be printed, little is left.
    private const int LongestStart = 8 * PrintableText.MessageLength;

    /// <summary>The message of an error that a response reports.</summary>
    public static string OfResponse(ICallState call, CallFailure failure)
    {
        var text = new StringBuilder();
        text.Append(call.Request).Append(" failed: ");
        text.Append(((int)failure.Status!).ToString(CultureInfo.InvariantCulture));
        if ((failure.Error?.Code ?? failure.Error?.Type) is { } code)
        {
            text.Append(" (").Append(PrintableText.Clean(call.Redaction.Apply(code), PrintableText.CodeLength)).Append(')');
        }

        if ((StartOf(call, failure.Error?.Message) ?? failure.Snippet) is { } reported)
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

    /// <summary>The message of a budget that ran out.</summary>
    public static string OfTimeout(ICallState call, CallFailure failure)
    {
        var isOfHttpClient = failure.Timeout == CCApiTimeoutKind.HttpClient;
        var name = isOfHttpClient ? "HttpClient.Timeout" : $"the {failure.Timeout} budget";
        var option = isOfHttpClient ? "the Timeout of the HttpClient" : $"{OwnerOf(call, failure.Timeout)}.{failure.Timeout}";
        var size = failure.Limit is { } limit ? $" of {Seconds(limit)}" : null;

        return $"{call.Request} ran out of {name}{size}, {Seconds(failure.Elapsed)} after it began; {Progress(failure)}. "
            + $"Raise {option} if that is too short.";
    }

    /// <summary>The options that have the limit of a budget: those of the call where it has its own.</summary>
    public static string OwnerOf(ICallState call, CCApiTimeoutKind kind) =>
        call.Settings.HasOwnTimeout(kind) ? nameof(CCApiRequestOptions) : nameof(CCApiTimeoutOptions);

    /// <summary>The message of a connection that failed.</summary>
    public static string OfConnection(ICallState call, CallFailure failure)
    {
        var cause = call.Redaction.Apply(Innermost(failure.Cause!).Message).TrimEnd('.');
        var reason = PrintableText.Clean(cause, PrintableText.MessageLength);
        var server = call.Request.Download is null ? "gateway" : "host";
        var advice = failure.MayHaveBeenSent ? $"The request may have reached the {server}." : WhereToLook(call);
        var isOfBrowser = reason.StartsWith("TypeError: ", StringComparison.Ordinal);
        if (isOfBrowser)
        {
            advice += $" In a browser, the {server} must also allow the origin of the page (CORS).";
        }

        return $"{call.Request} got no response{Host(call)}: {reason}. {advice}";
    }

    private static string WhereToLook(ICallState call)
    {
        if (call.Request.Download is null)
        {
            return "Nothing was sent; check BaseAddress and the network.";
        }

        return "Nothing was sent; check the network. Downloads use HttpClient.DefaultProxy, and no handler of the caller's.";
    }

    /// <summary>
    /// So much of a gateway's message as may be shown, without the keys. Most of a long message is not shown, and to search it
    /// for keys takes time.
    /// </summary>
    private static string? StartOf(ICallState call, string? message)
    {
        var isCut = message?.Length > LongestStart;

        return call.Redaction.Apply(isCut ? message!.Substring(0, LongestStart) : message, isCut);
    }

    private static string? Host(ICallState call)
    {
        if (call.Address is { } address)
        {
            return FormattableString.Invariant($" from {call.Redaction.Apply(address.Host)}:{address.Port}");
        }

        return null;
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");

    private static string Progress(CallFailure failure)
    {
        if (!failure.MayHaveBeenSent && failure.Timeout != CCApiTimeoutKind.Connect)
        {
            return $"nothing was sent, because {failure.Detail ?? "ApiKeyProvider had not returned a key"}";
        }

        if (failure.Detail is { } detail)
        {
            return detail;
        }

        if (failure.BytesReceived == 0)
        {
            return "nothing of the body was received";
        }

        return FormattableString.Invariant($"{failure.BytesReceived} bytes of the body were received");
    }

    private static string? Advice(ICallState call, CallFailure failure)
    {
        if (call.Request.Download is not null)
        {
            return AdviceOfDownload(failure);
        }

        var isOfGateway = failure.Source != FailureSource.Intermediary || failure.Error is not null;
        if (failure.IsModelUnavailable)
        {
            return SimilarModels(call) + "CatalogClient.ListModelsAsync lists the models that are served.";
        }

        switch (failure.EffectiveStatus)
        {
            case 401:
                return $"Check the API key: the environment variable {CCApiDefaults.ApiKeyVariable}, "
                    + "CCApiClientOptions.ApiKey or ApiKeyProvider.";
            case 402:
                return "The balance of this key does not cover the call: add credit at the gateway's dashboard, or use another key.";
            case 403 when !isOfGateway:
                return "The response is not the gateway's own: a firewall may have blocked the User-Agent. "
                    + "Set CCApiClientOptions.UserAgent.";
            case 403:
                return "This key may not use that model or operation.";
            case 404 when !isOfGateway:
                return $"Check that BaseAddress is the address of the API, such as {CCApiDefaults.BaseAddress}.";
            case 413:
                return "The request is too large: send fewer or smaller images, or shorter messages.";
            default:
                return RetryAdvice(failure);
        }
    }

    /// <summary>Nothing about keys, models or the gateway: they have nothing to do with the host of a link.</summary>
    private static string? AdviceOfDownload(CallFailure failure)
    {
        var isOfLink = failure.EffectiveStatus is >= 400 and < 500 and not (408 or 429);
        if (isOfLink)
        {
            return "Links may expire: save images and audio soon after they were created.";
        }

        var isTransient = failure.EffectiveStatus is { } status && StatusPolicy.IsTransient(status);
        var advice = isTransient ? "Retry the download later: the link may still be valid." : null;

        return RetryAdvice(failure) ?? advice;
    }

    private static string? RetryAdvice(CallFailure failure)
    {
        var isTransient = failure.EffectiveStatus is { } status && StatusPolicy.IsTransient(status);
        if (isTransient && failure.RetryAfter is { } delay)
        {
            return $"Retry after {Seconds(delay)}.";
        }

        return null;
    }

    private static string? SimilarModels(ICallState call)
    {
        var models = call.SimilarModels
            .Select(model => PrintableText.Clean(call.Redaction.Apply(model), PrintableText.CodeLength))
            .ToList();
        return models.Count switch
        {
            0 => null,
            1 => $"A similar model is {models[0]}. ",
            _ => $"Similar models are {string.Join(", ", models)}. ",
        };
    }

    private static Exception Innermost(Exception exception)
    {
        if (exception.InnerException is { } inner)
        {
            return Innermost(inner);
        }

        return exception;
    }
}
