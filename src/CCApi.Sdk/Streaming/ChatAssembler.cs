using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Puts the chunks of a stream together to what the plain call would have answered.</summary>
internal sealed class ChatAssembler
{
    private readonly SortedDictionary<long, ChoiceAssembler> _choices = [];
    private readonly MergedMembers _unknown = new(inPieces: false);
    private string? _id;
    private string? _object;
    private string? _model;
    private string? _provider;
    private string? _fingerprint;
    private string? _tier;
    private long? _created;
    private Usage? _usage;
    private Usage? _choiceUsage;

    // Null before the first chunk.
    private bool? _hasChoices;

    /// <summary>Whether every choice said why it ended.</summary>
    public bool IsFinished => _choices.Count > 0 && _choices.Values.All(choice => choice.IsFinished);

    /// <summary>Adds a piece; returns the text that it added to choice 0, or null.</summary>
    public string? Add(in StreamPiece piece) => piece.Text is { } text ? _choices[0].AddText(piece.Slot, text) : Add(piece.Chunk!);

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
        _created = _created is null or 0 ? chunk.Created ?? _created : _created;
        _usage = chunk.Usage ?? _usage;
        _unknown.Add(chunk.AdditionalProperties);

        _hasChoices = _hasChoices == true || chunk.Choices is not null;
        string? text = null;
        foreach (var part in chunk.Choices ?? [])
        {
            var index = part.Index ?? 0;
            if (!_choices.TryGetValue(index, out var choice))
            {
                _choices[index] = choice = new ChoiceAssembler(part.Index);
            }

            _choiceUsage = part.Usage ?? _choiceUsage;
            var added = choice.Add(part);
            if (index == 0)
            {
                text = text is null ? added : text + added;
            }
        }

        return text;
    }

    /// <summary>What has arrived so far.</summary>
    public ChatCompletionResponse ToResponse(bool isTruncated)
    {
        var unknown = _unknown.ToMembers();
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
            Choices = _hasChoices == false ? null : _choices.Values.Select(choice => choice.ToChoice()).ToArray(),
            IsTruncated = isTruncated,
        };
    }

    internal static string? FirstNonEmpty(string? first, string? next) => string.IsNullOrEmpty(first) ? next ?? first : first;
}
