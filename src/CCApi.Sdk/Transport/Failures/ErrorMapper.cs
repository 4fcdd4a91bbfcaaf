using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Makes the exception of every disguise of an error. The status decides first, then what the body says; never its form.</summary>
internal static class ErrorMapper
{
    private const int SnippetLength = 512;

    /// <summary>The exception of an answer whose status is not a success.</summary>
    public static CCApiException FromStatus(ApiRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeSpan? retryAfter, string? key)
    {
        var error = ErrorBody.Parse(body);
        return Create(new ErrorFacts(request, response.StatusCode, (int)response.StatusCode, response.Headers, error, Snippet(body, key), IsJson(body), retryAfter, key));
    }

    /// <summary>The exception of an error that came in an answer with a success status, or inside a stream.</summary>
    public static CCApiException FromSuccess(ApiCall call, HttpResponseMessage response, ErrorBody error, ReadOnlySpan<byte> body)
    {
        var retryAfter = RetryAfter.Parse(response.Headers, call.Now);
        return Create(new ErrorFacts(call.Request, response.StatusCode, ErrorKind.StatusOf(error), response.Headers, error, Snippet(body, call.Key), IsJson: true, retryAfter, call.Key));
    }

    /// <summary>The exception of an answer that the contract does not allow.</summary>
    public static CCApiProtocolException Unreadable(ApiRequest request, HttpResponseMessage response, string what, ReadOnlySpan<byte> body, string? key, Exception? cause = null)
    {
        var snippet = Snippet(body, key);
        return new CCApiProtocolException(
            $"{request} was answered {(int)response.StatusCode} with {what}.{(snippet is null ? null : $" It starts with: {snippet}.")} Check that BaseAddress is the address of the API, such as {CCApiDefaults.BaseAddress}.",
            cause)
        {
            StatusCode = response.StatusCode,
            Headers = response.Headers,
            RequestId = ResponseHeaders.RequestId(response.Headers),
            BodySnippet = snippet,
        };
    }

    /// <summary>The start of a body, without tags, control characters and runs of white space; null when nothing is left.</summary>
    public static string? Snippet(ReadOnlySpan<byte> body, string? key)
    {
        body = JsonStart.Of(body);
        var text = KeyRedaction.Apply(JsonText.Utf8(body.Slice(0, Math.Min(body.Length, 8 * SnippetLength))), key, isCut: body.Length > 8 * SnippetLength)!;
        var clean = new StringBuilder(SnippetLength);
        var inTag = false;
        foreach (var letter in text)
        {
            inTag = letter == '<' || (inTag && letter != '>');
            var isSpace = inTag || letter == '>' || char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '\uFEFF';
            if (!isSpace)
            {
                clean.Append(letter);
            }
            else if (clean.Length > 0 && clean[clean.Length - 1] != ' ')
            {
                clean.Append(' ');
            }

            if (clean.Length >= SnippetLength)
            {
                break;
            }
        }

        return clean.Length == 0 ? null : clean.ToString().TrimEnd();
    }

    private static CCApiException Create(ErrorFacts facts)
    {
        var message = KeyRedaction.Apply(facts.Error?.Message, facts.Key);
        var exception = New(facts, Compose(facts, message));
        exception.StatusCode = facts.Status;
        exception.GatewayMessage = message;
        exception.Type = KeyRedaction.Apply(facts.Error?.Type, facts.Key);
        exception.Code = KeyRedaction.Apply(facts.Error?.Code, facts.Key);
        exception.Param = KeyRedaction.Apply(facts.Error?.Param, facts.Key);
        exception.Details = KeyRedaction.Apply(facts.Error?.Details, facts.Key);
        exception.Headers = facts.Headers;
        exception.RequestId = ResponseHeaders.RequestId(facts.Headers);
        exception.BodySnippet = facts.Snippet;
        exception.IsTransient = exception is not CCApiModelUnavailableException && facts.Meaning is { } status && RetryPolicy.IsTransient(status);
        return exception;
    }

    private static CCApiException New(ErrorFacts facts, string message) => facts.Meaning switch
    {
        >= 400 and < 500 when facts.Request.Download is not null => new CCApiDownloadException(message),
        400 or 413 or 422 => new CCApiBadRequestException(message),
        401 => new CCApiUnauthorizedException(message),
        402 => new CCApiBillingException(message),
        403 => ErrorKind.IsQuota(facts.Error?.Code) ? new CCApiBillingException(message) : new CCApiPermissionException(message),
        404 or 503 when ErrorKind.IsModelNotFound(facts.Error?.Code) && facts.Request.Download is null => new CCApiModelUnavailableException(message),
        404 => new CCApiNotFoundException(message),
        429 => new CCApiRateLimitException(message) { RetryAfter = facts.RetryAfter },
        >= 500 => new CCApiServerException(message) { RetryAfter = facts.RetryAfter },
        < 400 => new CCApiProtocolException(message),
        _ => new CCApiException(message),
    };

    private static string Compose(ErrorFacts facts, string? gatewayMessage)
    {
        var text = new StringBuilder();
        text.Append(facts.Request).Append(" failed: ");
        text.Append(((int)facts.Status).ToString(CultureInfo.InvariantCulture));
        if ((facts.Error?.Code ?? facts.Error?.Type) is { } code)
        {
            text.Append(" (").Append(KeyRedaction.Apply(code, facts.Key)).Append(')');
        }

        if ((gatewayMessage ?? facts.Snippet) is { } said)
        {
            text.Append(": ").Append(said.Trim());
        }

        if (Advice(facts) is { } advice)
        {
            text.Append(text[text.Length - 1] is '.' or '!' or '?' or '。' ? " " : ". ").Append(advice);
        }

        return text.ToString();
    }

    private static string? Advice(ErrorFacts facts)
    {
        switch (facts.Meaning)
        {
            case >= 400 and < 500 when facts.Request.Download is not null:
                return "Links may expire: save images and audio soon after they were created.";
            case 401:
                return $"Check the API key: the environment variable {CCApiDefaults.ApiKeyVariable}, CCApiClientOptions.ApiKey or ApiKeyProvider.";
            case 402:
            case 403 when ErrorKind.IsQuota(facts.Error?.Code):
                return "The balance of this key does not cover the call: add credit at the gateway's dashboard, or use another key.";
            case 403 when !facts.IsJson:
                return "The answer is not the gateway's own: a firewall may have blocked the User-Agent. Set CCApiClientOptions.UserAgent.";
            case 403:
                return "This key may not use that model or operation.";
            case 404 or 503 when ErrorKind.IsModelNotFound(facts.Error?.Code):
                return "CatalogClient.ListModelsAsync lists the models that are served.";
            case 404 when !facts.IsJson:
                return $"Check that BaseAddress is the address of the API, such as {CCApiDefaults.BaseAddress}.";
            case 413:
                return "The request is too large: send fewer or smaller images, or shorter messages.";
            case { } status when RetryPolicy.IsTransient(status) && facts.RetryAfter is { } wait:
                return FormattableString.Invariant($"Come back in {wait.TotalSeconds:0.###} s.");
            default:
                return null;
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var start = JsonStart.Of(body);
        return !start.IsEmpty && start[0] is (byte)'{' or (byte)'[' or (byte)'"';
    }

    /// <param name="Request">The call.</param>
    /// <param name="Status">The status of the answer.</param>
    /// <param name="Meaning">The status that the error means; null when nothing tells.</param>
    /// <param name="Headers">The headers of the answer.</param>
    /// <param name="Error">What the body says.</param>
    /// <param name="Snippet">The start of the body.</param>
    /// <param name="IsJson">Whether the body is JSON.</param>
    /// <param name="RetryAfter">How long the answer asks to wait.</param>
    /// <param name="Key">The key, which must not appear.</param>
    private sealed record ErrorFacts(
        ApiRequest Request,
        HttpStatusCode Status,
        int? Meaning,
        HttpResponseHeaders Headers,
        ErrorBody? Error,
        string? Snippet,
        bool IsJson,
        TimeSpan? RetryAfter,
        string? Key);
}
