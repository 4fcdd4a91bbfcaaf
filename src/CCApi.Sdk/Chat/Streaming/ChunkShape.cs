using System;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Most chunks of a stream differ from the one before only in one text, and some in their padding. This remembers the bytes
/// around these; a chunk with the same bytes around other valid JSON strings says the same but for the strings, and need not be
/// parsed.
/// </summary>
internal sealed class ChunkShape
{
    private const int LargestChunk = 4 * 1024;

    // A gateway that changes something else in every chunk is not worth learning from.
    private const int MostMisses = 8;

    // What stands before the text, between it and the padding, and after the padding.
    private byte[] _bytes = [];
    private int _prefix;
    private int _middle;
    private int _suffix;
    private bool _isPadded;
    private int _padding;
    private int _misses;
    private ChatCompletionChunk? _sample;
    private ChatRole? _role;
    private long? _index;

    /// <summary>The member that the text stands in.</summary>
    public TextSlot Slot { get; private set; }

    /// <summary>The text of a chunk that is otherwise like the one learned; null when it may differ in more.</summary>
    public string? Read(ReadOnlySpan<byte> data)
    {
        if (_sample is null || !data.StartsWith(_bytes.AsSpan(0, _prefix)))
        {
            return null;
        }

        var length = JsonText.IndexOfEnd(data.Slice(_prefix));
        if (length < 0 || !IsRest(data.Slice(_prefix + length)))
        {
            return null;
        }

        var text = JsonText.Inside(data.Slice(_prefix - 1, length + 2));
        if (text is not null)
        {
            _misses = 0;
        }

        return text;
    }

    /// <summary>The chunk whose text was read last.</summary>
    public ChatCompletionChunk ToChunk(ReadOnlySpan<byte> data, string text)
    {
        var delta = new ChatCompletionDelta { Role = _role };
        switch (Slot)
        {
            case TextSlot.ReasoningContent:
                delta.ReasoningContent = text;
                break;
            case TextSlot.Reasoning:
                delta.Reasoning = text;
                break;
            default:
                delta.Content = text;
                break;
        }

        var chunk = Copy(_sample!, [new ChatCompletionChunkChoice { Index = _index, Delta = delta }]);
        chunk.Obfuscation = _isPadded ? JsonText.Utf8(data.Slice(data.Length - _suffix - _padding, _padding)) : null;

        return chunk;
    }

    /// <summary>Remembers a chunk that was parsed, if it has one text and nothing that counts again when it is repeated.</summary>
    public void Learn(ReadOnlySpan<byte> data, ChatCompletionChunk chunk)
    {
        _sample = null;
        if (_misses > MostMisses || data.Length > LargestChunk)
        {
            return;
        }

        if (OnlyDelta(chunk) is not { } delta || SlotOf(delta) is not { } slot)
        {
            return;
        }

        if (ChunkText.Find(data, slot) is not var (start, end))
        {
            return;
        }

        if (ChunkText.FindPadding(data.Slice(end), chunk.Obfuscation) is not var (paddingStart, paddingEnd))
        {
            return;
        }

        _misses++;
        Slot = slot;
        _isPadded = chunk.Obfuscation is not null;
        (_prefix, _middle, _suffix) = (start, paddingStart, data.Length - end - paddingEnd);

        if (_bytes.Length < _prefix + _middle + _suffix)
        {
            _bytes = new byte[_prefix + _middle + _suffix];
        }

        data.Slice(0, start).CopyTo(_bytes);
        data.Slice(end, paddingStart).CopyTo(_bytes.AsSpan(_prefix));
        data.Slice(end + paddingEnd).CopyTo(_bytes.AsSpan(_prefix + _middle));

        // Copies: the chunk belongs to the caller.
        (_role, _index) = (delta.Role, chunk.Choices![0].Index);
        _sample = Copy(chunk, choices: null);
    }

    /// <summary>Whether what follows the text is as it was, but for the padding.</summary>
    private bool IsRest(ReadOnlySpan<byte> rest)
    {
        if (!rest.StartsWith(_bytes.AsSpan(_prefix, _middle)))
        {
            return false;
        }

        rest = rest.Slice(_middle);
        var suffix = _bytes.AsSpan(_prefix + _middle, _suffix);
        _padding = rest.Length - _suffix;

        if (!_isPadded)
        {
            return rest.SequenceEqual(suffix);
        }

        if (_padding < 0 || !rest.EndsWith(suffix))
        {
            return false;
        }

        return JsonText.IsPlain(rest.Slice(0, _padding));
    }

    private static ChatCompletionDelta? OnlyDelta(ChatCompletionChunk chunk)
    {
        if (chunk is not { Usage: null, AdditionalProperties: null, Choices: [var choice] })
        {
            return null;
        }

        if (choice is { Index: null or 0, FinishReason: null, HasRare: false })
        {
            return choice.Delta;
        }

        return null;
    }

    private static TextSlot? SlotOf(ChatCompletionDelta delta) => delta switch
    {
        { Content: { Text.Length: > 0, Parts: null }, HasRare: false } => TextSlot.Content,
        not { Content: null, ToolCalls: null, Refusal: null, ReasoningDetails: null, AdditionalProperties: null } => null,
        { ReasoningContent.Length: > 0, Reasoning: null } => TextSlot.ReasoningContent,
        { Reasoning.Length: > 0, ReasoningContent: null } => TextSlot.Reasoning,
        _ => null,
    };

    private static ChatCompletionChunk Copy(
        ChatCompletionChunk chunk, ChatCompletionChunkChoice[]? choices) =>
        new()
        {
            Id = chunk.Id,
            Object = chunk.Object,
            Created = chunk.Created,
            Model = chunk.Model,
            Provider = chunk.Provider,
            SystemFingerprint = chunk.SystemFingerprint,
            ServiceTier = chunk.ServiceTier,
            Choices = choices,
        };
}
