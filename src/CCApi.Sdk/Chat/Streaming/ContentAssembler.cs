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

        if (content.Parts is { } parts)
        {
            AddParts(parts);
        }
        else
        {
            AddText(content.Text);
        }

        if (content.Text is { Length: > 0 } text)
        {
            return text;
        }

        return null;
    }

    public ChatMessageContent? ToContent()
    {
        if (_parts is null)
        {
            return (ChatMessageContent?)_text.ToText();
        }

        return new ChatMessageContent(_parts.Select(part => part.ToPart()).ToArray());
    }

    private static ChatContentPart TextPart(string text) =>
        new() { Type = ChatContentPartType.Text, Text = text };

    private void AddText(string? text)
    {
        if (_parts is null)
        {
            _text.Add(text);
        }
        else if (text is { Length: > 0 })
        {
            AddPart(TextPart(text), mayContinue: true);
        }
    }

    private void AddParts(IReadOnlyList<ChatContentPart> parts)
    {
        _parts ??= PartsOfText();

        var countBefore = _parts.Count;

        for (var i = 0; i < parts.Count; i++)
        {
            if (Part.IndexOf(parts[i]) is { } index)
            {
                AddPart(parts[i], index, countBefore);
            }
            else
            {
                AddPart(parts[i], mayContinue: i == 0);
            }
        }
    }

    /// <summary>The text so far as the first part, once there are parts.</summary>
    private List<Part> PartsOfText()
    {
        if (_text.ToText() is { Length: > 0 } before)
        {
            return [new Part(TextPart(before), place: 0)];
        }

        return [];
    }

    /// <summary>The first of a piece may continue the last part of the same kind; parts of one chunk stay apart.</summary>
    private void AddPart(ChatContentPart part, bool mayContinue)
    {
        var hasLast = mayContinue && _parts!.Count > 0;
        if (hasLast && _parts![_parts.Count - 1].TryAdd(part))
        {
            return;
        }

        _parts!.Add(new Part(part, _parts.Count));
    }

    /// <summary>A part with an index continues the one with the same index, wherever that stands.</summary>
    private void AddPart(ChatContentPart part, long index, int before)
    {
        _byIndex ??= [];
        var isKnown = _byIndex.TryGetValue(index, out var known) && known.Place < before;
        if (isKnown && known!.TryAdd(part))
        {
            return;
        }

        var added = new Part(part, _parts!.Count);
        _byIndex[index] = added;
        _parts.Add(added);
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
            if (part.AdditionalProperties is not { } members || !members.TryGetValue("index", out var value))
            {
                return null;
            }

            var isIndex = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);

            return isIndex ? value.GetInt64() : null;
        }

        public bool TryAdd(ChatContentPart next)
        {
            var isSame = next.Type == _first.Type && IndexOf(next) == IndexOf(_first);
            if (!isSame)
            {
                return false;
            }

            if (!IsText(_first) || !IsText(next))
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

        public ChatContentPart ToPart()
        {
            if (_thinking is null)
            {
                return _first;
            }

            return new ChatContentPart
            {
                Type = _first.Type,
                Text = _text.ToText(),
                Thinking = _thinking.ToContent(),
                Reasoning = _reasoning.ToText(),
                AdditionalProperties = _unknown?.ToMembers(),
            };
        }

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
            if (isIndexed)
            {
                return true;
            }

            var hasText = part is not { Text: null, Thinking: null, Reasoning: null };

            return hasText && part.AdditionalProperties is null;
        }
    }
}
