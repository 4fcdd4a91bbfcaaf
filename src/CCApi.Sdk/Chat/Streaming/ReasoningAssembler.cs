using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Assembles the texts of reasoning of one choice, and finds what each chunk adds to them.</summary>
internal sealed class ReasoningAssembler
{
    private TextPieces _reasoningContent;
    private TextPieces _reasoning;
    private TextPieces _parts;
    private TextPieces _details;
    private ReasoningPlace? _only;
    private ReasoningText? _text;

    public string? ReasoningContent => _reasoningContent.ToText();

    public string? Reasoning => _reasoning.ToText();

    /// <summary>Whether a delta has a member of reasoning, even an empty one.</summary>
    public static bool IsIn(ChatCompletionDelta delta) =>
        delta is not { ReasoningContent: null, Reasoning: null, ReasoningDetails: null } || delta.Content?.Parts is not null;

    /// <summary>Adds the members of a delta; returns the reasoning that is new in them, or null.</summary>
    public string? Add(ChatCompletionDelta delta)
    {
        var added = default(TextPieces);
        added.Add(Add(ReasoningPlace.ReasoningContent, delta.ReasoningContent));
        added.Add(Add(ReasoningPlace.Reasoning, delta.Reasoning));
        added.Add(Add(ReasoningPlace.Parts, delta.Content?.Reasoning));
        added.Add(Add(ReasoningPlace.Details, ChatMessage.TextOfDetails(delta.ReasoningDetails)));

        return added.ToText();
    }

    /// <summary>Adds a piece of one member; returns what is new in it, or null.</summary>
    public string? Add(ReasoningPlace place, string? piece)
    {
        // What the member had before: the others may repeat it.
        var text = _text ?? TextOfAnother(place, piece);
        Keep(place, piece);
        if (string.IsNullOrEmpty(piece))
        {
            return null;
        }

        _text = text;
        _only ??= place;
        if (_text is null)
        {
            return piece;
        }

        return _text.Add(place, piece!);
    }

    /// <summary>The text so far, once a second member has any; null until then, because there is nothing to compare.</summary>
    private ReasoningText? TextOfAnother(ReasoningPlace place, string? piece)
    {
        var isSecond = _only is not null && _only != place;
        if (!isSecond || string.IsNullOrEmpty(piece))
        {
            return null;
        }

        return new ReasoningText(_only!.Value, TextOf(_only.Value) ?? string.Empty);
    }

    private string? TextOf(ReasoningPlace place) => place switch
    {
        ReasoningPlace.ReasoningContent => _reasoningContent.ToText(),
        ReasoningPlace.Reasoning => _reasoning.ToText(),
        ReasoningPlace.Parts => _parts.ToText(),
        _ => _details.ToText(),
    };

    /// <summary>The members are parts of the response; of the others only what may be compared is kept.</summary>
    private void Keep(ReasoningPlace place, string? piece)
    {
        switch (place)
        {
            case ReasoningPlace.ReasoningContent:
                _reasoningContent.Add(piece);
                break;
            case ReasoningPlace.Reasoning:
                _reasoning.Add(piece);
                break;
            case ReasoningPlace.Parts when _text is null:
                _parts.Add(piece);
                break;
            case ReasoningPlace.Details when _text is null:
                _details.Add(piece);
                break;
        }
    }
}
