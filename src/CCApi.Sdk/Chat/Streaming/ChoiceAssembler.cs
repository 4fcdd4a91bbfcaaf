using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Assembles one choice of a stream: its message, from deltas or received as a whole, and what the choice has beside it.
/// </summary>
internal sealed class ChoiceAssembler
{
    private readonly long? _index;
    private MessageAssembler? _deltas;
    private ChatMessage? _whole;
    private MergedMembers? _unknown;
    private LogprobsAssembler? _logprobs;
    private FinishReason? _finishReason;
    private string? _nativeFinishReason;
    private Usage? _usage;

    public ChoiceAssembler(long? index) => _index = index;

    /// <summary>The reasoning that the last part added; null when it added none.</summary>
    public string? AddedReasoning { get; private set; }

    /// <summary>The pieces of tool calls that the last part added; null when it added none.</summary>
    public IReadOnlyList<ChatToolCall>? AddedToolCalls { get; private set; }

    public bool IsFinished => _finishReason is { Value.Length: > 0 };

    private bool HasDeltaContent => _deltas is { HasContent: true };

    /// <summary>Adds what a chunk has of this choice; returns the text that it added, or null.</summary>
    public string? Add(ChatCompletionChunkChoice part)
    {
        SetFinishReason(part);
        (AddedReasoning, AddedToolCalls) = (null, null);
        _usage = part.Usage ?? _usage;
        MergedMembers.Add(ref _unknown, part.AdditionalProperties, MergeMode.Lists);

        if (part.Logprobs is not null)
        {
            (_logprobs ??= new LogprobsAssembler()).Add(part.Logprobs);
        }

        if (part.Message is not { } message)
        {
            return part.Delta is { } delta ? Add(delta) : null;
        }

        if (part.Delta is { } beside && MessageAssembler.IsContent(beside))
        {
            return Add(beside);
        }

        return Add(message);
    }

    /// <summary>Adds the text of a chunk that has nothing else that is new; returns it when it is content.</summary>
    public string? AddText(TextSlot slot, string text)
    {
        _deltas ??= new MessageAssembler();
        var added = _deltas.AddText(slot, text);
        AddedReasoning = _deltas.AddedReasoning;

        return added;
    }

    /// <summary>The tool call to which one of <see cref="AddedToolCalls"/> belongs.</summary>
    public (int Index, string? Id, string? Name)? ToolCallOf(int piece)
    {
        if (HasDeltaContent || _whole is null)
        {
            return _deltas!.CallOf(piece);
        }

        return CallOfMessage(piece);
    }

    /// <summary>Forgets which pieces of tool calls the chunk before added.</summary>
    public void BeginChunk() => _deltas?.BeginChunk();

    public ChatCompletionChoice ToChoice() => new()
    {
        Index = _index,
        FinishReason = _finishReason,
        NativeFinishReason = _nativeFinishReason,
        Logprobs = _logprobs?.ToLogprobs(),
        AdditionalProperties = ToUnknown(),
        Message = ToMessage(),
    };

    private string? Add(ChatCompletionDelta delta)
    {
        _deltas ??= new MessageAssembler();
        var isFirst = !_deltas.HasContent && MessageAssembler.IsContent(delta);
        if (isFirst && _whole is not null)
        {
            // The message was the beginning, which this delta continues.
            _deltas.Add(ChatChunks.ToDelta(_whole));
        }

        var added = _deltas.Add(delta);
        AddedReasoning = _deltas.AddedReasoning;
        AddedToolCalls = CallsOf(delta);

        return added;
    }

    /// <summary>
    /// A complete message counts only when nothing was received before: some gateways repeat everything at the end (observed).
    /// </summary>
    private string? Add(ChatMessage message)
    {
        if (HasContent())
        {
            return null;
        }

        _whole = message;
        var delta = ChatChunks.ToDelta(message);
        AddedReasoning = ChatChunks.ReasoningOf(delta);
        AddedToolCalls = CallsOf(delta);

        if (message.Content?.Text is { Length: > 0 } text)
        {
            return text;
        }

        return null;
    }

    private bool HasContent()
    {
        if (HasDeltaContent)
        {
            return true;
        }

        return _whole is not null && MessageAssembler.IsContent(ChatChunks.ToDelta(_whole));
    }

    private void SetFinishReason(ChatCompletionChunkChoice part)
    {
        if (part.FinishReason is { Value.Length: > 0 } reason)
        {
            _finishReason = reason;
        }
        else
        {
            _finishReason ??= part.FinishReason;
        }

        if (!string.IsNullOrEmpty(part.NativeFinishReason))
        {
            _nativeFinishReason = part.NativeFinishReason;
        }
        else
        {
            _nativeFinishReason ??= part.NativeFinishReason;
        }
    }

    private (int Index, string? Id, string? Name)? CallOfMessage(int piece)
    {
        if (piece >= AddedToolCalls?.Count)
        {
            return null;
        }

        var call = AddedToolCalls![piece];

        return (piece, call.Id, call.Function?.Name);
    }

    private static IReadOnlyList<ChatToolCall>? CallsOf(ChatCompletionDelta delta) =>
        delta.ToolCalls is { Count: > 0 } calls ? calls : null;

    /// <summary>
    /// A choice of a plain response has no usage in the contract: one that was received with it (observed) is kept as is.
    /// </summary>
    private IDictionary<string, JsonElement>? ToUnknown()
    {
        var members = _unknown?.ToMembers();
        if (_usage is not null)
        {
            members ??= new Dictionary<string, JsonElement>();
            members["usage"] = JsonSerializer.SerializeToElement(_usage, CCApiJsonContext.Default.Usage);
        }

        return members;
    }

    /// <summary>The message; null when there was not even an empty piece of it.</summary>
    private ChatMessage? ToMessage()
    {
        if (_whole is not null && !HasDeltaContent)
        {
            return _whole;
        }

        return _deltas?.ToMessage();
    }
}
