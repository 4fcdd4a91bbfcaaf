using System;
using System.Text;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>The start of a body as people can read it.</summary>
internal static class BodySnippet
{
    private const int MaxLength = 512;

    /// <summary>
    /// The start of a body, without tags, control characters, runs of white space and the keys; null when nothing is left.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> body, KeyRedaction redaction)
    {
        body = JsonStart.Of(body);
        var isCut = body.Length > 8 * MaxLength;
        var text = redaction.Apply(JsonText.Utf8(body.Slice(0, Math.Min(body.Length, 8 * MaxLength))), isCut);
        var clean = new StringBuilder(MaxLength);
        var inTag = false;

        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            inTag = character switch
            {
                '<' => inTag || IsTag(text, index),
                '>' => false,
                _ => inTag,
            };

            if (!inTag && !IsSpace(character))
            {
                clean.Append(character);
            }
            else if (clean.Length > 0 && clean[clean.Length - 1] != ' ')
            {
                clean.Append(' ');
            }

            if (clean.Length >= MaxLength)
            {
                break;
            }
        }

        if (clean.Length > 0 && char.IsHighSurrogate(clean[clean.Length - 1]))
        {
            clean.Length--;
        }

        if (clean.Length == 0)
        {
            return null;
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>Whether a tag begins here, and not a comparison.</summary>
    private static bool IsTag(string text, int index)
    {
        var isLast = index + 1 == text.Length;

        return isLast || text[index + 1] is '/' or '!' or '?' || char.IsLetter(text[index + 1]);
    }

    private static bool IsSpace(char character) =>
        character is '>' or '\uFEFF'
        || char.IsWhiteSpace(character)
        || char.IsControl(character);
}
