using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Knows whether a chunk brings something new: characters of a text, of reasoning or of a tool call, or a finish reason. Usage,
/// empty pieces and what repeats the chunk before only keep the connection open.
/// </summary>
internal sealed class ChunkProgress
{
    private readonly FinishedChoices _choices = new();
    private IDictionary<string, JsonElement>? _unknown;
    private (string? Id, string? Name) _tool;
    private bool _hasContent;

    /// <summary>Whether every choice that was seen has its finish reason.</summary>
    public bool IsComplete => _choices.IsComplete;

    /// <summary>Adds the next chunk; returns whether it brings something new.</summary>
    public bool Add(ChatCompletionChunk chunk)
    {
        var hasFinished = _choices.Add(chunk);
        var hasContent = false;

        for (var i = 0; i < chunk.Choices?.Count; i++)
        {
            hasContent |= HasContent(chunk.Choices[i]);
        }

        _hasContent |= hasContent;
        return hasContent || hasFinished;
    }

    private bool HasContent(ChatCompletionChunkChoice choice)
    {
        if (choice.Delta is { } delta && HasContent(delta))
        {
            return true;
        }

        // A complete message at the end repeats what was received.
        var message = _hasContent ? null : choice.Message;

        return message is not null && HasContent(ChatChunks.ToDelta(message));
    }

    private bool HasContent(ChatCompletionDelta delta)
    {
        var hasTool = HasNewTool(delta.ToolCalls);
        // After the end, what the SDK does not know does not keep the stream open.
        var hasUnknown = HasNewUnknown(delta.AdditionalProperties) && !IsComplete;
        return ChatChunks.HasText(delta) || hasTool || hasUnknown;
    }

    private bool HasNewTool(IReadOnlyList<ChatToolCall>? pieces)
    {
        var hasNew = false;
        for (var i = 0; i < pieces?.Count; i++)
        {
            var piece = pieces[i];
            var hasArguments = !string.IsNullOrEmpty(piece.Function?.Arguments?.ToString());
            var tool = (piece.Id, piece.Function?.Name);
            var isOther = ChatChunks.HasContent(piece) && tool != _tool;

            hasNew |= hasArguments || isOther;
            _tool = isOther ? tool : _tool;
        }

        return hasNew;
    }

    private bool HasNewUnknown(IDictionary<string, JsonElement>? members)
    {
        if (members is null)
        {
            return false;
        }

        var hasNew = false;
        foreach (var member in members)
        {
            var isRepetition = !TextMembers.IsKnown(member.Key) && IsInChunkBefore(member);
            hasNew |= ChatChunks.HasContent(member.Value) && !isRepetition;
        }

        _unknown = members;
        return hasNew;
    }

    private bool IsInChunkBefore(KeyValuePair<string, JsonElement> member)
    {
        if (_unknown is null || !_unknown.TryGetValue(member.Key, out var before))
        {
            return false;
        }

        return JsonMarshal.GetRawUtf8Value(before).SequenceEqual(JsonMarshal.GetRawUtf8Value(member.Value));
    }
}
