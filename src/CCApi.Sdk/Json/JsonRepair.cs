using System;

namespace CCApi.Sdk.Json;

/// <summary>Repairs what models get wrong in otherwise valid JSON.</summary>
internal static class JsonRepair
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Escapes raw control characters, such as line feeds, inside strings. Null when there is none.</summary>
    public static byte[]? EscapeControlCharacters(ReadOnlySpan<byte> json)
    {
        var count = CountControlCharacters(json);
        if (count == 0)
        {
            return null;
        }

        // Exact, because a text of nothing but line feeds grows sixfold.
        var repaired = new byte[json.Length + (count * (EscapeLength - 1))];
        var written = 0;
        var isInString = false;

        for (var at = 0; at < json.Length; at++)
        {
            var current = json[at];
            if (isInString && current < ' ')
            {
                WriteEscape(repaired.AsSpan(written), current);
                written += EscapeLength;
                continue;
            }

            repaired[written++] = current;
            if (isInString && IsEscape(json, at))
            {
                at++;
                repaired[written++] = json[at];
            }
            else if (current == '"')
            {
                isInString = !isInString;
            }
        }

        return repaired;
    }

    private static int CountControlCharacters(ReadOnlySpan<byte> json)
    {
        var count = 0;
        var isInString = false;

        for (var at = 0; at < json.Length; at++)
        {
            var current = json[at];
            if (isInString && current < ' ')
            {
                count++;
            }
            else if (isInString && IsEscape(json, at))
            {
                at++;
            }
            else if (current == '"')
            {
                isInString = !isInString;
            }
        }

        return count;
    }

    /// <summary>Whether a backslash escapes the next character, which a control character never is.</summary>
    private static bool IsEscape(ReadOnlySpan<byte> json, int at) => json[at] == '\\' && at + 1 < json.Length && json[at + 1] >= ' ';

    private static void WriteEscape(Span<byte> target, byte character)
    {
        "\\u00"u8.CopyTo(target);
        target[4] = (byte)(character < 0x10 ? '0' : '1');
        target[5] = Digits[character & 0xF];
    }
}
