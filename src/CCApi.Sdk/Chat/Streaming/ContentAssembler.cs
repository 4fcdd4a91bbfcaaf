using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Puts the content of a message together: texts to a text, and parts, as soon as there are any, to parts.</summary>
internal sealed class ContentAssembler
{
    private readonly TextPieces _text = new();
    private List<Part>? _parts;

    /// <summary>Adds a piece; returns its text, or null when it has none.</summary>
    public string? Add(ChatMessageContent? piece)
    {
        if (piece is not { } content)
        {
            return null;
        }

        var text = content.Text;
        if (content.Parts is { } parts)
        {
            _parts ??= _text.ToText() is { Length: > 0 } before ? [new Part(TextPart(before))] : [];
            for (var i = 0; i < parts.Count; i++)
            {
                AddPart(parts[i], mayGoOn: i == 0);
            }
        }
        else if (_parts is not null)
        {
            if (text is { Length: > 0 })
            {
                AddPart(TextPart(text), mayGoOn: true);
            }
        }
        else
        {
            _text.Add(text);
        }

        return text is { Length: > 0 } ? text : null;
    }

    public ChatMessageContent? ToContent() => _parts is null ? (ChatMessageContent?)_text.ToText() : new ChatMessageContent(_parts.Select(part => part.ToPart()).ToArray());

    private static ChatContentPart TextPart(string text) => new() { Type = ChatContentPartType.Text, Text = text };

    /// <summary>What comes first may go on with the last part of the same kind; parts that came together stay apart.</summary>
    private void AddPart(ChatContentPart part, bool mayGoOn)
    {
        if (!mayGoOn || _parts!.Count == 0 || !_parts[_parts.Count - 1].TryAdd(part))
        {
            _parts!.Add(new Part(part));
        }
    }

    /// <summary>A part as it came, until it goes on.</summary>
    private sealed class Part
    {
        private readonly ChatContentPart _first;
        private readonly TextPieces _text = new();
        private readonly TextPieces _reasoning = new();
        private ContentAssembler? _thinking;

        public Part(ChatContentPart first) => _first = first;

        public bool TryAdd(ChatContentPart next)
        {
            if (next.Type != _first.Type || !IsText(_first) || !IsText(next))
            {
                return false;
            }

            if (_thinking is null)
            {
                _thinking = new ContentAssembler();
                Add(_first);
            }

            Add(next);
            return true;
        }

        public ChatContentPart ToPart() => _thinking is null ? _first : new ChatContentPart
        {
            Type = _first.Type,
            Text = _text.ToText(),
            Thinking = _thinking.ToContent(),
            Reasoning = _reasoning.ToText(),
        };

        private void Add(ChatContentPart part)
        {
            _text.Add(part.Text);
            _thinking!.Add(part.Thinking);
            _reasoning.Add(part.Reasoning);
        }

        private static bool IsText(ChatContentPart part) =>
            part is { ImageUrl: null, InputAudio: null, File: null, Refusal: null, AdditionalProperties: null }
            && (part.Text is not null || part.Thinking is not null || part.Reasoning is not null);
    }
}
