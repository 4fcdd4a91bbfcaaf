using System;
using System.Linq;
using System.Net;

namespace CCApi.Sdk;

/// <summary>Tells the refusal of a form of answer, after which another form is tried, from every other error.</summary>
internal static class SchemaRejection
{
    /// <summary>How gateways and models call it (observed): OpenAI, Azure, DeepSeek, Gemini, Anthropic, vLLM.</summary>
    private static readonly string[] _words =
    [
        "response_format", "response format", "responseformat", "json_schema", "json schema", "json_object", "json mode", "structured output", "structured_output", "response_schema",
        "output_format", "output_config", "guided_json", "guided decoding",
    ];

    public static bool IsOne(CCApiException exception) => IsRefusal(exception)
        && (Speaks(exception.Param) || Speaks(exception.Code) || Speaks(exception.GatewayMessage ?? exception.BodySnippet));

    // Gateways that look for a provider with all that was asked for say 404 when there is none; those that have not built it say 501.
    private static bool IsRefusal(CCApiException exception) =>
        (exception is CCApiBadRequestException && exception.StatusCode != HttpStatusCode.RequestEntityTooLarge)
        || exception is CCApiNotFoundException and not CCApiModelUnavailableException
        || exception.StatusCode == HttpStatusCode.NotImplemented;

    private static bool Speaks(string? text) => text is not null && _words.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
