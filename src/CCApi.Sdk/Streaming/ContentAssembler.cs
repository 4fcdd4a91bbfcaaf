using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Puts the content of a message together: texts to a text, and parts, as soon as there are any, to parts.</summary>
internal sealed class ContentAssembler
{
    private readonly TextPieces _text = new();
    private List<ChatContentPart>? _parts;

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
            _parts ??= _text.ToText() is { Length: > 0 } before ? [TextPart(before)] : [];
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

    public ChatMessageContent? ToContent() => _parts is null ? (ChatMessageContent?)_text.ToText() : new ChatMessageContent(_parts.ToArray());

    private static ChatContentPart TextPart(string text) => new() { Type = ChatContentPartType.Text, Text = text };

    /// <summary>What comes first may go on with the last part of the same kind; parts that came together stay apart.</summary>
    private void AddPart(ChatContentPart part, bool mayGoOn)
    {
        if (mayGoOn && _parts!.Count > 0 && _parts[_parts.Count - 1] is { } last && last.Type == part.Type && IsText(last) && IsText(part))
        {
            _parts[_parts.Count - 1] = new ChatContentPart
            {
                Type = last.Type,
                Text = Join(last.Text, part.Text),
                Thinking = Join(last.Thinking, part.Thinking),
                Reasoning = Join(last.Reasoning, part.Reasoning),
            };
            return;
        }

        _parts!.Add(part);
    }

    private static bool IsText(ChatContentPart part) =>
        part is { ImageUrl: null, InputAudio: null, File: null, Refusal: null, AdditionalProperties: null }
        && (part.Text is not null || part.Thinking is not null || part.Reasoning is not null);

    private static string? Join(string? first, string? second) => first is null && second is null ? null : first + second;

    private static ChatMessageContent? Join(ChatMessageContent? first, ChatMessageContent? second)
    {
        var joined = new ContentAssembler();
        joined.Add(first);
        joined.Add(second);
        return joined.ToContent();
    }
}
