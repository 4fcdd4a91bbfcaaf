using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What the SDK asks of a chunk beyond its members.</summary>
internal static class ChatChunks
{
    public static bool HasPayload(ChatCompletionChunk chunk) => chunk.Choices is { Count: > 0 } || chunk.Usage is not null || !string.IsNullOrEmpty(chunk.Id);

    /// <summary>Some gateways put the error beside <c>finish_reason:"error"</c> (observed).</summary>
    public static ErrorBody? FindErrorInChoice(ChatCompletionChunk chunk)
    {
        foreach (var choice in chunk.Choices ?? [])
        {
            if (EmbeddedError.Find(choice.AdditionalProperties, hasPayload: true) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>A plain answer as the one chunk of a stream.</summary>
    public static ChatCompletionChunk FromResponse(ChatCompletionResponse response) => new()
    {
        Id = response.Id,
        Object = response.Object,
        Created = response.Created,
        Model = response.Model,
        Provider = response.Provider,
        Usage = response.Usage,
        SystemFingerprint = response.SystemFingerprint,
        ServiceTier = response.ServiceTier,
        AdditionalProperties = response.AdditionalProperties,
        Choices = response.Choices?.Select(FromChoice).ToArray(),
    };

    /// <summary>A message as the one piece of it.</summary>
    public static ChatCompletionDelta ToDelta(ChatMessage message) => new()
    {
        Role = message.Role,
        Content = message.Content,
        ToolCalls = message.ToolCalls,
        Refusal = message.Refusal,
        ReasoningContent = message.ReasoningContent,
        Reasoning = message.Reasoning,
        ReasoningDetails = message.ReasoningDetails,
        AdditionalProperties = message.AdditionalProperties,
    };

    /// <summary>The reasoning of a piece, wherever the gateway put it; null when there is none.</summary>
    public static string? ReasoningOf(ChatCompletionDelta delta) => ChatMessage.ReasoningOf(delta.ReasoningContent, delta.Reasoning, delta.Content, delta.ReasoningDetails);

    /// <summary>Whether a chunk has any text, reasoning or tool call.</summary>
    public static bool SaysSomething(ChatCompletionChunk chunk) => chunk.Choices?.Any(choice => choice.Message is not null || (choice.Delta is { } delta && SaysSomething(delta))) == true;

    private static bool SaysSomething(ChatCompletionDelta delta) =>
        delta.Content is { Text.Length: > 0 } or { Parts.Count: > 0 } || delta.ToolCalls is { Count: > 0 } || delta.Refusal is { Length: > 0 } || ReasoningOf(delta) is not null;

    // Choices without an index are told apart by their place.
    private static ChatCompletionChunkChoice FromChoice(ChatCompletionChoice choice, int place) => new()
    {
        Index = choice.Index ?? (place == 0 ? null : place),
        Message = choice.Message,
        FinishReason = choice.FinishReason,
        NativeFinishReason = choice.NativeFinishReason,
        Logprobs = choice.Logprobs,
        AdditionalProperties = choice.AdditionalProperties,
    };
}
