using System;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Detects that the end of a response is missing.</summary>
internal static class TruncatedResponse
{
    /// <summary>How back ends report that the limit of tokens ended a response (observed: Anthropic, Gemini, Mistral).</summary>
    private static readonly string[] _reasons = ["length", "max_tokens", "max_output_tokens", "model_length"];

    public static bool Is(ChatCompletionResponse response) => response.IsTruncated || IsAtLimit(response.FinishReason);

    /// <summary>Whether the limit of tokens ended a choice.</summary>
    public static bool IsAtLimit(FinishReason? finishReason) =>
        finishReason is { } reason && _reasons.Contains(reason.Value, StringComparer.OrdinalIgnoreCase);
}
