using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Assembles one choice of a stream. Its parts are only created when there is something for them: a stream may have many choices.
/// </summary>
internal sealed class ChoiceAssembler
{
    private readonly long? _index;
    private ContentAssembler? _content;
    private ToolCallAssembler? _toolCalls;
    private TextPieces _refusal;
    private ReasoningAssembler? _reasoning;
    private MergedValue? _reasoningDetails;
    private MergedMembers? _unknownOfMessage;
    private MergedMembers? _unknownOfChoice;
    private LogprobsAssembler? _logprobs;
    private ChatRole? _role;
    private FinishReason? _finishReason;
    private string? _nativeFinishReason;
    private Usage? _usage;
    private ChatMessage? _message;
    private bool _hasMessage;
    private bool _hasDelta;
    private bool _isContentNull;

    public ChoiceAssembler(long? index) => _index = index;

    /// <summary>The reasoning that the last part added; null when it added none.</summary>
    public string? AddedReasoning { get; private set; }

    /// <summary>The pieces of tool calls that the last part added; null when it added none.</summary>
    public IReadOnlyList<ChatToolCall>? AddedToolCalls { get; private set; }

    public bool IsFinished => _finishReason is { Value.Length: > 0 };

    /// <summary>Adds what a chunk has of this choice; returns the text that it added, or null.</summary>
    public string? Add(ChatCompletionChunkChoice part)
    {
        SetFinishReason(part);
        (AddedReasoning, AddedToolCalls) = (null, null);
        _usage = part.Usage ?? _usage;
        _hasMessage |= part.Delta is not null || part.Message is not null;
        MergedMembers.Add(ref _unknownOfChoice, part.AdditionalProperties, MergeMode.Lists);

        if (part.Logprobs is not null)
        {
            (_logprobs ??= new LogprobsAssembler()).Add(part.Logprobs);
        }

        if (part.Delta is { } delta && (SaysSomething(delta) || part.Message is null))
        {
            return Add(delta);
        }

        // A complete message counts only when nothing was received before: some gateways repeat everything at the end
        // (observed).
        if (part.Message is not { } message || HasContent())
        {
            return null;
        }

        _message = message;
        var whole = ChatChunks.ToDelta(message);
        AddedReasoning = ChatChunks.ReasoningOf(whole);
        AddedToolCalls = CallsOf(whole);

        if (message.Content?.Text is { Length: > 0 } text)
        {
            return text;
        }

        return null;
    }

    private void SetFinishReason(ChatCompletionChunkChoice part)
    {
        if (part.FinishReason is { } reason && (reason.Value.Length > 0 || _finishReason is null))
        {
            _finishReason = reason;
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

    private bool HasContent()
    {
        if (_hasDelta)
        {
            return true;
        }

        return _message is not null && SaysSomething(ChatChunks.ToDelta(_message));
    }

    /// <summary>Adds the text of a chunk that has nothing else that is new; returns it when it is content.</summary>
    public string? AddText(TextSlot slot, string text)
    {
        switch (slot)
        {
            case TextSlot.ReasoningContent:
                AddedReasoning = AddReasoning(ReasoningPlace.ReasoningContent, text);
                return null;
            case TextSlot.Reasoning:
                AddedReasoning = AddReasoning(ReasoningPlace.Reasoning, text);
                return null;
            default:
                AddedReasoning = null;
                return (_content ??= new ContentAssembler()).Add(text);
        }
    }

    /// <summary>The tool call to which one of <see cref="AddedToolCalls"/> belongs.</summary>
    public (int Index, string? Id, string? Name)? ToolCallOf(int piece)
    {
        if (_hasDelta || _message is null)
        {
            return _toolCalls!.CallOf(piece);
        }

        return CallOfMessage(piece);
    }

    /// <summary>Forgets which pieces of tool calls the chunk before added.</summary>
    public void BeginChunk() => _toolCalls?.BeginChunk();

    public ChatCompletionChoice ToChoice() => new()
    {
        Index = _index,
        FinishReason = _finishReason,
        NativeFinishReason = _nativeFinishReason,
        Logprobs = _logprobs?.ToLogprobs(),
        AdditionalProperties = ToUnknown(),
        Message = ToMessageOrNull(),
    };

    private static bool SaysSomething(ChatCompletionDelta delta)
    {
        var hasText = delta.Content?.Text is { Length: > 0 }
            || delta.Content?.Parts is { Count: > 0 }
            || delta.Refusal is { Length: > 0 };
        if (hasText || delta.ToolCalls is { Count: > 0 })
        {
            return true;
        }

        return delta.ReasoningContent is { Length: > 0 }
            || delta.Reasoning is { Length: > 0 }
            || delta.ReasoningDetails is not null
            || ChatChunks.HasUnknown(delta);
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

    private string? Add(ChatCompletionDelta delta)
    {
        if (!_hasDelta && SaysSomething(delta))
        {
            _hasDelta = true;
            if (_message is not null)
            {
                // The message was the beginning, which this delta continues.
                Add(ChatChunks.ToDelta(_message));
            }
        }

        _role = string.IsNullOrEmpty(_role?.Value) ? delta.Role ?? _role : _role;
        _isContentNull |= delta.IsContentNull;
        _refusal.Add(delta.Refusal);
        MergedMembers.Add(ref _unknownOfMessage, delta.AdditionalProperties, MergeMode.Texts);

        if (delta.ReasoningDetails is { } details)
        {
            (_reasoningDetails ??= new MergedValue("reasoning_details")).Add(details);
        }

        if (delta.ToolCalls is not null)
        {
            (_toolCalls ??= new ToolCallAssembler()).Add(delta.ToolCalls);
        }

        AddedReasoning = ReasoningAssembler.IsIn(delta) ? (_reasoning ??= new ReasoningAssembler()).Add(delta) : null;
        AddedToolCalls = CallsOf(delta);
        if (delta.Content is null)
        {
            return null;
        }

        return (_content ??= new ContentAssembler()).Add(delta.Content);
    }

    private static IReadOnlyList<ChatToolCall>? CallsOf(ChatCompletionDelta delta) =>
        delta.ToolCalls is { Count: > 0 } calls ? calls : null;

    private string? AddReasoning(ReasoningPlace place, string text) => (_reasoning ??= new ReasoningAssembler()).Add(place, text);

    /// <summary>
    /// A choice of a plain response has no usage in the contract: one that was received with it (observed) is kept as is.
    /// </summary>
    private IDictionary<string, JsonElement>? ToUnknown()
    {
        var members = _unknownOfChoice?.ToMembers();
        if (_usage is not null)
        {
            members ??= new Dictionary<string, JsonElement>();
            members["usage"] = JsonSerializer.SerializeToElement(_usage, CCApiJsonContext.Default.Usage);
        }

        return members;
    }

    private ChatMessage? ToMessageOrNull()
    {
        if (!_hasMessage)
        {
            return null;
        }

        var isMessageOnly = !_hasDelta && _message is not null;

        return isMessageOnly ? _message : ToMessage();
    }

    private ChatMessage ToMessage()
    {
        var message = CreateMessage();
        var isNullBesideCalls = _isContentNull && message is { Content: null, ToolCalls: not null };
        if (isNullBesideCalls)
        {
            message.IsContentNull = true;
        }

        return message;
    }

    private ChatMessage CreateMessage() => new()
    {
        Role = string.IsNullOrEmpty(_role?.Value) ? ChatRole.Assistant : _role,
        Content = _content?.ToContent(),
        ToolCalls = _toolCalls?.ToList(),
        Refusal = _refusal.ToText(),
        ReasoningContent = _reasoning?.ReasoningContent,
        Reasoning = _reasoning?.Reasoning,
        ReasoningDetails = _reasoningDetails?.ToElement(),
        AdditionalProperties = _unknownOfMessage?.ToMembers(),
    };
}
