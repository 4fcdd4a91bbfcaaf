using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Reads a message of the model as contents: reasoning, text and media, a refusal, function calls.</summary>
internal static class ContentReader
{
    /// <summary>All contents of a message.</summary>
    /// <param name="message">The message; null for none.</param>
    /// <param name="responseId">The start of the ids that calls without one get.</param>
    /// <param name="isAtLimit">Whether the limit of tokens ended the message.</param>
    public static List<AIContent> Read(Wire.ChatMessage? message, string responseId, bool isAtLimit)
    {
        var contents = new List<AIContent>();
        if (message is null)
        {
            return contents;
        }

        if (ReadReasoning(message) is { } reasoning)
        {
            contents.Add(reasoning);
        }

        if (message.Content?.Parts is { } parts)
        {
            AddParts(contents, parts, isTextIncluded: true);
        }
        else if (message.Content?.Text is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        AddRest(contents, message);
        contents.AddRange(ReadCalls(message, responseId, isAtLimit));

        return contents;
    }

    /// <summary>The contents of a streamed message that are only complete at its end: all but its text and reasoning.</summary>
    /// <param name="response">The response that was assembled.</param>
    /// <param name="message">Its message.</param>
    /// <param name="responseId">The start of the ids that calls without one get.</param>
    public static List<AIContent> ReadEnd(Wire.ChatCompletionResponse response, Wire.ChatMessage message, string responseId)
    {
        var contents = new List<AIContent>();
        AddParts(contents, message.Content?.Parts ?? [], isTextIncluded: false);
        AddRest(contents, message);

        // Of a truncated stream, only a call with all of its arguments is one.
        var calls = ReadCalls(message, responseId, TruncatedResponse.Is(response));
        contents.AddRange(calls.Where(call => !response.IsTruncated || call.Exception is null));

        return contents;
    }

    /// <summary>The reasoning with the provider's data; null when there is none.</summary>
    public static TextReasoningContent? ReadReasoning(Wire.ChatMessage message)
    {
        var text = message.GetReasoning();
        var data = ReasoningData(message);
        if (text is null && data is null)
        {
            return null;
        }

        var properties = new AdditionalPropertiesDictionary { [ReasoningMember.Key] = MemberOf(message) };
        return new TextReasoningContent(text) { ProtectedData = data, AdditionalProperties = properties };
    }

    /// <summary>
    /// The provider's data of the reasoning as JSON text: <c>reasoning_details</c>, or the content parts that contain reasoning, either
    /// of which may be signed; null when there is none.
    /// </summary>
    public static string? ReasoningData(Wire.ChatMessage message)
    {
        if (message.ReasoningDetails is { ValueKind: JsonValueKind.Array } details && details.GetArrayLength() > 0)
        {
            return ReadableJson.Write(details.WriteTo);
        }

        if (MemberOf(message) != ReasoningMember.Parts)
        {
            return null;
        }

        var all = message.Content!.Value.Parts!;
        Wire.ChatContentPart[] parts = [.. all.Where(part => Wire.ChatContentPart.ReasoningOf(part) is not null)];
        return ReadableJson.Write(writer => JsonWrite.Models(writer, parts));
    }

    public static string MemberOf(Wire.ChatMessage message)
    {
        if (!string.IsNullOrEmpty(message.ReasoningContent))
        {
            return ReasoningMember.ReasoningContent;
        }

        if (!string.IsNullOrEmpty(message.Reasoning))
        {
            return ReasoningMember.Reasoning;
        }

        return string.IsNullOrEmpty(message.Content?.Reasoning) ? ReasoningMember.Details : ReasoningMember.Parts;
    }

    private static void AddParts(List<AIContent> contents, IReadOnlyList<Wire.ChatContentPart> parts, bool isTextIncluded)
    {
        foreach (var part in parts)
        {
            if (PartReader.Read(part) is not { } content)
            {
                continue;
            }

            if (isTextIncluded || content is not TextContent)
            {
                contents.Add(content);
            }
        }
    }

    private static void AddRest(List<AIContent> contents, Wire.ChatMessage message)
    {
        MediaMembers.AddTo(contents, message);
        if (message.Refusal is { Length: > 0 } refusal)
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = MessageDraft.RefusalCode });
        }
    }

    private static IEnumerable<FunctionCallContent> ReadCalls(Wire.ChatMessage message, string responseId, bool isTruncated) =>
        (message.ToolCalls ?? [])
            .Select((call, i) => ReadCall(call, FormattableString.Invariant($"call_{responseId}_{i}"), isTruncated));

    private static FunctionCallContent ReadCall(Wire.ChatToolCall call, string fallbackId, bool isTruncated)
    {
        var id = string.IsNullOrEmpty(call.Id) ? fallbackId : call.Id!;
        var arguments = call.Function?.Arguments?.ToString() ?? "";
        var content = FunctionCallContent.CreateFromParsedArguments(arguments, id, call.Function?.Name ?? "", WireJson.ToArguments);
        content.RawRepresentation = call;
        content.AdditionalProperties = WireMembers.Keep(call.AdditionalProperties);

        // Elsewhere, a call without arguments has none.
        if (isTruncated && string.IsNullOrWhiteSpace(arguments))
        {
            content.Exception = new FormatException("The response was truncated before the arguments of the call.");
        }

        return content;
    }
}
