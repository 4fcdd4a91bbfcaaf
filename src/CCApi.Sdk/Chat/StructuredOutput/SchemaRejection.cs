using System;
using System.Linq;
using System.Net;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Distinguishes the rejection of a response format, after which another one is sent, from every other error.</summary>
internal static class SchemaRejection
{
    /// <summary>The words of gateways and models for it (observed): OpenAI, Azure, DeepSeek, Gemini, Anthropic, vLLM.</summary>
    private static readonly string[] _words =
    [
        "response_format",
        "response format",
        "responseformat",
        "json_schema",
        "json schema",
        "json_object",
        "json mode",
        "structured output",
        "structured_output",
        "response_schema",
        "output_format",
        "output_config",
        "guided_json",
        "guided decoding",
    ];

    /// <summary>How they report the content of a schema (observed).</summary>
    private static readonly string[] _wordsOfSchema =
        ["invalid schema", "invalid_json_schema", "unknown name", "unsupported keyword", "unsupported schema"];

    public static bool IsOne(CCApiException exception)
    {
        if (!IsRejection(exception))
        {
            return false;
        }

        return Contains(exception.Param, _words)
            || Contains(exception.Code, _words)
            || Contains(exception.GatewayMessage ?? exception.BodySnippet, _words)
            || Contains(RawOf(exception), _words);
    }

    /// <summary>
    /// Whether it is about the content of this schema, and not about schemas as such: other types may work with the same model.
    /// </summary>
    public static bool IsOfThisSchema(CCApiException exception) =>
        Contains(exception.Code, _wordsOfSchema)
        || Contains(exception.GatewayMessage ?? exception.BodySnippet, _wordsOfSchema)
        || Contains(RawOf(exception), _wordsOfSchema);

    /// <summary>What the provider wrote, where the gateway only reports that there was an error (observed: OpenRouter).</summary>
    private static string? RawOf(CCApiException exception) =>
        exception.Details is { } details ? JsonMember.Text(details, "raw"u8) : null;

    // Gateways that search for a provider with every requested feature return 404 when there is none; those that do not
    // implement the format return 501.
    private static bool IsRejection(CCApiException exception) => exception switch
    {
        CCApiBadRequestException => exception.StatusCode != HttpStatusCode.RequestEntityTooLarge,
        CCApiModelUnavailableException => exception.StatusCode == HttpStatusCode.NotImplemented,
        CCApiNotFoundException => true,
        _ => exception.StatusCode == HttpStatusCode.NotImplemented,
    };

    private static bool Contains(string? text, string[] words) =>
        text is not null && words.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
