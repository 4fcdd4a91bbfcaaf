using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Assembles the content of a message: texts to a text, and parts, as soon as there are any, to parts.</summary>
internal sealed class ContentAssembler
{
    private TextPieces _text;
    private List<Part>? _parts;
    private Dictionary<long, Part>? _byIndex;

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
            _parts ??= _text.ToText() is { Length: > 0 } before ? [new Part(TextPart(before), place: 0)] : [];
            var countBefore = _parts.Count;
            for (var i = 0; i < parts.Count; i++)
            {
                if (Part.IndexOf(parts[i]) is { } index)
                {
                    AddPart(parts[i], index, countBefore);
                }
                else
                {
                    AddPart(parts[i], mayGoOn: i == 0);
                }
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

    public ChatMessageContent? ToContent() =>
        _parts is null ? (ChatMessageContent?)_text.ToText() : new ChatMessageContent(_parts.Select(part => part.ToPart()).ToArray());

    private static ChatContentPart TextPart(string text) =>
        new() { Type = ChatContentPartType.Text, Text = text };

    /// <summary>The first of a piece may continue the last part of the same kind; parts that arrived together stay apart.</summary>
    private void AddPart(ChatContentPart part, bool mayGoOn)
    {
        if (!mayGoOn || _parts!.Count == 0 || !_parts[_parts.Count - 1].TryAdd(part))
        {
            _parts!.Add(new Part(part, _parts.Count));
        }
    }

    /// <summary>A part with an index continues the one with the same index, wherever that stands.</summary>
    private void AddPart(ChatContentPart part, long index, int before)
    {
        _byIndex ??= [];
        if (_byIndex.TryGetValue(index, out var known) && known.Place < before && known.TryAdd(part))
        {
            return;
        }

        _byIndex[index] = known = new Part(part, _parts!.Count);
        _parts.Add(known);
    }

    /// <summary>A part as it was received, until a piece continues it.</summary>
    private sealed class Part
    {
        private readonly ChatContentPart _first;
        private TextPieces _text;
        private TextPieces _reasoning;
        private ContentAssembler? _thinking;
        private MergedMembers? _unknown;

        public Part(ChatContentPart first, int place) => (_first, Place) = (first, place);

        public int Place { get; }

        /// <summary>The index of a part among the parts; null when the gateway does not give any.</summary>
        public static long? IndexOf(ChatContentPart part)
        {
            var isIndexed = part.AdditionalProperties is { } members && members.TryGetValue("index", out var index)
                && index.ValueKind == JsonValueKind.Number && index.TryGetInt64(out _);
            return isIndexed ? part.AdditionalProperties!["index"].GetInt64() : null;
        }

        public bool TryAdd(ChatContentPart next)
        {
            var isSameIndex = IndexOf(next) == IndexOf(_first);
            if (next.Type != _first.Type || !isSameIndex || !IsText(_first) || !IsText(next))
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
            AdditionalProperties = _unknown?.ToMembers(),
        };

        private void Add(ChatContentPart part)
        {
            _text.Add(part.Text);
            _thinking!.Add(part.Thinking);
            _reasoning.Add(part.Reasoning);
            MergedMembers.Add(ref _unknown, part.AdditionalProperties, MergeMode.Texts);
        }

        private static bool IsText(ChatContentPart part)
        {
            var isMedia = part is not { ImageUrl: null, InputAudio: null, File: null, Refusal: null };
            if (isMedia)
            {
                return false;
            }

            // With an index, everything else belongs to the part too, as the signature at its end does.
            var isIndexed = IndexOf(part) is not null;
            var hasText = part.Text is not null || part.Thinking is not null || part.Reasoning is not null;
            return isIndexed || (hasText && part.AdditionalProperties is null);
        }
    }
}
