using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Assembles the chunks of a stream to the response of the plain call.</summary>
internal sealed class ChatAssembler
{
    private readonly SortedList<long, ChoiceAssembler> _choices = [];
    private MergedMembers? _unknown;
    private string? _id;
    private string? _object;
    private string? _model;
    private string? _provider;
    private string? _fingerprint;
    private string? _tier;
    private long? _created;
    private Usage? _usage;
    private Usage? _choiceUsage;
    private List<ChatToolCall>? _addedCalls;

    // Null before the first chunk.
    private bool? _hasChoices;

    /// <summary>Whether every choice has its finish reason.</summary>
    public bool IsFinished => _choices.Count > 0 && _choices.Values.All(choice => choice.IsFinished);

    /// <summary>Adds a piece; returns the text that it added to choice 0, or null.</summary>
    public string? Add(in StreamPiece piece)
    {
        if (piece.Text is not { } text)
        {
            return Add(piece.Chunk!);
        }

        var zero = _choices[0];
        var added = zero.AddText(piece.Slot, text);
        (AddedReasoning, AddedToolCalls) = (zero.AddedReasoning, null);

        return added;
    }

    /// <summary>The reasoning that was added last to choice 0; null when none was.</summary>
    public string? AddedReasoning { get; private set; }

    /// <summary>The pieces of tool calls that were added last to choice 0; null when none was.</summary>
    public IReadOnlyList<ChatToolCall>? AddedToolCalls { get; private set; }

    /// <summary>Whether there is a choice 0, to which the text of an added chunk belongs.</summary>
    public bool HasChoiceZero => _choices.ContainsKey(0);

    /// <summary>Adds a chunk; returns the text that it added to choice 0, or null.</summary>
    public string? Add(ChatCompletionChunk chunk)
    {
        _id = FirstNonEmpty(_id, chunk.Id);
        _object = FirstNonEmpty(_object, chunk.Object);
        _model = FirstNonEmpty(_model, chunk.Model);
        _provider = FirstNonEmpty(_provider, chunk.Provider);
        _fingerprint = FirstNonEmpty(_fingerprint, chunk.SystemFingerprint);
        _tier = FirstNonEmpty(_tier, chunk.ServiceTier);

        if (_created is null or 0)
        {
            _created = chunk.Created ?? _created;
        }

        _usage = chunk.Usage ?? _usage;
        MergedMembers.Add(ref _unknown, chunk.AdditionalProperties, MergeMode.Complete);

        _hasChoices = _hasChoices == true || chunk.Choices is not null;
        (AddedReasoning, AddedToolCalls) = (null, null);
        if (chunk.Choices is null)
        {
            return null;
        }

        return Add(chunk.Choices);
    }

    /// <summary>
    /// The tool call to which one of <see cref="AddedToolCalls"/> belongs: its place among all, and what is known of it; null
    /// when it may be no call.
    /// </summary>
    /// <param name="piece">Which of them.</param>
    public (int Index, string? Id, string? Name)? ToolCallOf(int piece) => _choices[0].ToolCallOf(piece);

    /// <summary>What was received so far.</summary>
    public ChatCompletionResponse ToResponse(bool isTruncated)
    {
        var unknown = _unknown?.ToMembers();
        return new()
        {
            Id = _id,
            Object = _object == "chat.completion.chunk" ? "chat.completion" : _object,
            Created = _created,
            Model = _model,
            Provider = _provider,
            SystemFingerprint = _fingerprint,
            ServiceTier = _tier,
            Usage = _usage ?? UsageFallback.Find(unknown) ?? _choiceUsage,
            AdditionalProperties = unknown,
            Choices = ToChoices(),
            IsTruncated = isTruncated,
        };
    }

    private ChatCompletionChoice[]? ToChoices()
    {
        if (_hasChoices == false)
        {
            return null;
        }

        var choices = new ChatCompletionChoice[_choices.Count];
        for (var i = 0; i < choices.Length; i++)
        {
            choices[i] = _choices.Values[i].ToChoice();
        }

        return choices;
    }

    private string? Add(IReadOnlyList<ChatCompletionChunkChoice> parts)
    {
        var (text, reasoning) = (default(TextPieces), default(TextPieces));
        if (_choices.TryGetValue(0, out var zero))
        {
            zero.BeginChunk();
        }

        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            _choiceUsage = part.Usage ?? _choiceUsage;
            var choice = ChoiceOf(part);
            var added = choice.Add(part);
            if (part.Index is null or 0)
            {
                text.Add(added);
                reasoning.Add(choice.AddedReasoning);
                AddToolCalls(choice.AddedToolCalls);
            }
        }

        AddedReasoning = reasoning.ToText();

        return text.ToText();
    }

    /// <summary>Some gateways split a chunk of one choice into several parts.</summary>
    private void AddToolCalls(IReadOnlyList<ChatToolCall>? calls)
    {
        if (calls is null || AddedToolCalls is null)
        {
            AddedToolCalls = calls ?? AddedToolCalls;
            return;
        }

        if (AddedToolCalls is not List<ChatToolCall> all || all != _addedCalls)
        {
            AddedToolCalls = _addedCalls = [.. AddedToolCalls];
        }

        _addedCalls!.AddRange(calls);
    }

    private ChoiceAssembler ChoiceOf(ChatCompletionChunkChoice part)
    {
        var index = part.Index ?? 0;
        if (_choices.TryGetValue(index, out var choice))
        {
            return choice;
        }

        if (_choices.Count == CCApiDefaults.MaxStreamChoices)
        {
            throw new CCApiStreamException(
                FormattableString.Invariant($"The stream has more than {CCApiDefaults.MaxStreamChoices} choices ")
                + "(CCApiDefaults.MaxStreamChoices). Send a request with a smaller N.");
        }

        return _choices[index] = new ChoiceAssembler(part.Index);
    }

    internal static string? FirstNonEmpty(string? first, string? next)
    {
        if (string.IsNullOrEmpty(first))
        {
            return next ?? first;
        }

        return first;
    }
}
