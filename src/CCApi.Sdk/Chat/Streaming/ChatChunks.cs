using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What the SDK finds in a chunk beyond its members.</summary>
internal static class ChatChunks
{
    /// <summary>The error that a document of a stream reports; null when it reports none.</summary>
    /// <param name="chunk">What was read of it; null when it is not a chunk.</param>
    /// <param name="document">The document.</param>
    /// <param name="isNamedSo">Whether its event is named as an error.</param>
    public static ErrorBody? FindError(ChatCompletionChunk? chunk, ReadOnlySpan<byte> document, bool isNamedSo)
    {
        var error = chunk is null ? null : FindError(chunk);
        var mayBeErrorOnly = chunk is null || isNamedSo;
        if (mayBeErrorOnly)
        {
            error ??= ErrorBody.Parse(document);
        }

        if (isNamedSo)
        {
            error ??= ErrorBody.Text(message: null);
        }

        return error;
    }

    /// <summary>The error that a chunk reports: itself, or in one of its choices.</summary>
    public static ErrorBody? FindError(ChatCompletionChunk chunk)
    {
        var hasContent = chunk.Choices is { Count: > 0 } || chunk.Usage is not null;
        var isOnlyId = !hasContent && !string.IsNullOrEmpty(chunk.Id);
        var error = isOnlyId
            ? EmbeddedError.FindCertainInUnknownMembers(chunk.AdditionalProperties)
            : EmbeddedError.FindInUnknownMembers(chunk.AdditionalProperties, hasContent);

        return error ?? FindErrorInChoice(chunk);
    }

    /// <summary>A plain response as the one chunk of a stream.</summary>
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

    /// <summary>Whether what was read as a plain response is a chunk.</summary>
    public static bool HasDelta(ChatCompletionResponse response) =>
        response.Choices?.Any(choice => choice.Message is null && choice.AdditionalProperties?.ContainsKey("delta") == true) == true;

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
    public static string? ReasoningOf(ChatCompletionDelta delta) =>
        ChatMessage.ReasoningOf(delta.ReasoningContent, delta.Reasoning, delta.Content, delta.ReasoningDetails);

    /// <summary>Whether a chunk is only there to keep the connection open, as in <c>{"type":"ping"}</c> (observed).</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="isNamedSo">Whether its event is named as a heartbeat.</param>
    public static bool IsHeartbeat(ChatCompletionChunk chunk, bool isNamedSo)
    {
        var hasPayload = chunk.Choices is { Count: > 0 } || chunk.Usage is not null;
        if (hasPayload || EmbeddedError.FindCertainInUnknownMembers(chunk.AdditionalProperties) is not null)
        {
            return false;
        }

        if (isNamedSo || Heartbeat.IsWord(chunk.Object))
        {
            return true;
        }

        return chunk.AdditionalProperties?.Any(IsHeartbeat) == true;
    }

    /// <summary>
    /// Whether a chunk has content, or reports that a choice is finished without any: from there on the model has done its work,
    /// and a stream is not sent again.
    /// </summary>
    public static bool IsContent(ChatCompletionChunk chunk) => chunk.Choices?.Any(IsContent) == true;

    /// <summary>Whether a piece has any character of a text or of reasoning, or a part that is neither.</summary>
    public static bool HasText(ChatCompletionDelta delta)
    {
        var hasText = delta.Content is { Text.Length: > 0 } || delta.Refusal is { Length: > 0 };
        if (hasText || ReasoningOf(delta) is not null)
        {
            return true;
        }

        return delta.Content?.Parts?.Any(HasContent) == true;
    }

    /// <summary>Whether a piece of a tool call has any character of it.</summary>
    public static bool HasContent(ChatToolCall piece) =>
        !string.IsNullOrEmpty(piece.Id)
        || !string.IsNullOrEmpty(piece.Function?.Name)
        || !string.IsNullOrEmpty(piece.Function?.Arguments?.ToString());

    /// <summary>Whether an unknown member of a delta has anything in it.</summary>
    public static bool HasContent(JsonElement unknown) => unknown.ValueKind switch
    {
        JsonValueKind.Object => unknown.EnumerateObject().MoveNext(),
        JsonValueKind.Array => unknown.GetArrayLength() > 0,
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(unknown).Length > "\"\"".Length,
        _ => false,
    };

    /// <summary>Whether a chunk or one of its choices has members that only some gateways send.</summary>
    public static bool HasRare(ChatCompletionChunk chunk) =>
        chunk.AdditionalProperties is not null || chunk.Choices?.Any(choice => choice.HasRare) == true;

    /// <summary>Whether any unknown member of a delta has a value.</summary>
    public static bool HasUnknown(ChatCompletionDelta delta) =>
        delta.AdditionalProperties?.Values.Any(value => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) == true;

    /// <summary>Some gateways put the error beside <c>finish_reason:"error"</c>, or into the piece (observed).</summary>
    private static ErrorBody? FindErrorInChoice(ChatCompletionChunk chunk)
    {
        for (var i = 0; i < chunk.Choices?.Count; i++)
        {
            var choice = chunk.Choices[i];
            var error = EmbeddedError.FindInUnknownMembers(choice.AdditionalProperties, hasPayload: true)
                ?? EmbeddedError.FindInUnknownMembers(choice.Delta?.AdditionalProperties, hasPayload: true)
                ?? EmbeddedError.FindInUnknownMembers(choice.Message?.AdditionalProperties, hasPayload: true);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static bool IsContent(ChatCompletionChunkChoice choice)
    {
        if (choice.FinishReason is { Value.Length: > 0 })
        {
            return true;
        }

        if (choice.Delta is { } delta && HasContent(delta))
        {
            return true;
        }

        return choice.Message is { } message && HasContent(ToDelta(message));
    }

    private static bool HasContent(ChatCompletionDelta delta)
    {
        if (HasText(delta) || delta.ToolCalls?.Any(HasContent) == true)
        {
            return true;
        }

        return delta.AdditionalProperties?.Values.Any(HasContent) == true;
    }

    private static bool HasContent(ChatContentPart part)
    {
        var isText = part is not { Text: null, Thinking: null, Reasoning: null };
        if (isText)
        {
            return false;
        }

        return part.Type is not null || part.AdditionalProperties is not null;
    }

    private static bool IsHeartbeat(KeyValuePair<string, JsonElement> member)
    {
        var isOfKind = member.Key is "type" or "event" or "kind" or "name" or "status" or "message" or "msg" or "data" or "comment";
        var isText = isOfKind && member.Value.ValueKind == JsonValueKind.String;
        if (isText && Heartbeat.IsWord(JsonRead.FromElement(member.Value, JsonRead.Text)))
        {
            return true;
        }

        return Heartbeat.IsWord(member.Key);
    }

    // Choices without an index are distinguished by their position.
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
