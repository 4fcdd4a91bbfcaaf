using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Assembles the message of one choice from its deltas. Its parts are only created when there is something for them: a stream may
/// have many choices.
/// </summary>
internal sealed class MessageAssembler
{
    private ContentAssembler? _content;
    private ToolCallAssembler? _toolCalls;
    private TextPieces _refusal;
    private ReasoningAssembler? _reasoning;
    private MergedValue? _reasoningDetails;
    private MergedMembers? _unknown;
    private ChatRole? _role;
    private bool _isContentNull;

    /// <summary>Whether any delta had something in it.</summary>
    public bool HasContent { get; private set; }

    /// <summary>The reasoning that was added last; null when none was.</summary>
    public string? AddedReasoning { get; private set; }

    /// <summary>Whether a delta has anything beyond its role.</summary>
    public static bool IsContent(ChatCompletionDelta delta)
    {
        var hasText = delta.Content?.Text is { Length: > 0 } || delta.Refusal is { Length: > 0 };
        if (hasText || delta.Content?.Parts is { Count: > 0 })
        {
            return true;
        }

        var hasReasoning = delta.ReasoningContent is { Length: > 0 } || delta.Reasoning is { Length: > 0 };
        if (hasReasoning || delta.ReasoningDetails is not null)
        {
            return true;
        }

        return delta.ToolCalls is { Count: > 0 } || ChatChunks.HasUnknown(delta);
    }

    /// <summary>Adds a delta; returns the text that it added, or null.</summary>
    public string? Add(ChatCompletionDelta delta)
    {
        HasContent = HasContent || IsContent(delta);
        _role = string.IsNullOrEmpty(_role?.Value) ? delta.Role : _role;
        _isContentNull |= delta.IsContentNull;
        _refusal.Add(delta.Refusal);
        MergedMembers.Add(ref _unknown, delta.AdditionalProperties, MergeMode.Texts);

        if (delta.ReasoningDetails is { } details)
        {
            (_reasoningDetails ??= new MergedValue("reasoning_details")).Add(details);
        }

        if (delta.ToolCalls is not null)
        {
            (_toolCalls ??= new ToolCallAssembler()).Add(delta.ToolCalls);
        }

        AddedReasoning = ReasoningAssembler.IsIn(delta) ? (_reasoning ??= new ReasoningAssembler()).Add(delta) : null;
        if (delta.Content is null)
        {
            return null;
        }

        return (_content ??= new ContentAssembler()).Add(delta.Content);
    }

    /// <summary>Adds the text of a chunk that has nothing else that is new; returns it when it is content.</summary>
    public string? AddText(TextSlot slot, string text)
    {
        AddedReasoning = null;
        switch (slot)
        {
            case TextSlot.ReasoningContent:
                AddReasoning(ReasoningPlace.ReasoningContent, text);
                return null;
            case TextSlot.Reasoning:
                AddReasoning(ReasoningPlace.Reasoning, text);
                return null;
            default:
                return (_content ??= new ContentAssembler()).Add(text);
        }
    }

    /// <summary>The tool call to which one of the pieces belongs that were added last.</summary>
    public (int Index, string? Id, string? Name)? CallOf(int piece) => _toolCalls!.CallOf(piece);

    /// <summary>Forgets which pieces of tool calls the chunk before added.</summary>
    public void BeginChunk() => _toolCalls?.BeginChunk();

    public ChatMessage ToMessage()
    {
        var message = CreateMessage();
        var isNullBesideCalls = _isContentNull && message is { Content: null, ToolCalls: not null };
        if (isNullBesideCalls)
        {
            message.IsContentNull = true;
        }

        return message;
    }

    private void AddReasoning(ReasoningPlace place, string text) =>
        AddedReasoning = (_reasoning ??= new ReasoningAssembler()).Add(place, text);

    private ChatMessage CreateMessage() => new()
    {
        Role = string.IsNullOrEmpty(_role?.Value) ? ChatRole.Assistant : _role,
        Content = _content?.ToContent(),
        ToolCalls = _toolCalls?.ToList(),
        Refusal = _refusal.ToText(),
        ReasoningContent = _reasoning?.ReasoningContent,
        Reasoning = _reasoning?.Reasoning,
        ReasoningDetails = _reasoningDetails?.ToElement(),
        AdditionalProperties = _unknown?.ToMembers(),
    };
}
