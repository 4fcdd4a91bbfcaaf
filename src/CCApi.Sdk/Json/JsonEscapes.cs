using System;
using System.Text;

namespace CCApi.Sdk.Json;

/// <summary>
/// Replaces escapes such as <c>\uD83D\uDE00</c> by the character. The platform's relaxed encoder escapes every character beyond
/// the basic plane and every space but one; inside a text for a model they would cost tokens and hide what was meant.
/// </summary>
internal static class JsonEscapes
{
    private const int Length = 6;

    /// <param name="json">Valid JSON text.</param>
    public static string Decode(string json)
    {
        var next = json.IndexOf("\\u", StringComparison.Ordinal);
        if (next < 0)
        {
            return json;
        }

        var text = new StringBuilder(json.Length);
        var at = 0;

        while (at < json.Length)
        {
            if (json[at] != '\\')
            {
                text.Append(json[at++]);
                continue;
            }

            var length = DecodeOne(json, at, text);
            if (length == 0)
            {
                length = json[at + 1] == 'u' ? Length : 2;
                text.Append(json, at, length);
            }

            at += length;
        }

        return text.ToString();
    }

    /// <summary>
    /// Whether a string or a name in valid JSON has half of a surrogate pair as an escape, which the platform cannot decode.
    /// </summary>
    public static bool HasLoneSurrogates(string json)
    {
        for (var at = json.IndexOf('\\'); at >= 0; at = at < json.Length ? json.IndexOf('\\', at) : -1)
        {
            if (!TryRead(json, at, out var first))
            {
                at += 2;
                continue;
            }

            at += Length;
            if (!char.IsSurrogate(first))
            {
                continue;
            }

            var isPair = TryRead(json, at, out var second) && char.IsSurrogatePair(first, second);
            if (!isPair)
            {
                return true;
            }

            at += Length;
        }

        return false;
    }

    /// <summary>Appends the character of an escape and returns the length of the escape; 0 when it must stay escaped.</summary>
    private static int DecodeOne(string json, int at, StringBuilder text)
    {
        if (!TryRead(json, at, out var first) || first < 0xA0)
        {
            return 0;
        }

        if (!char.IsSurrogate(first))
        {
            text.Append(first);
            return Length;
        }

        var hasSecond = TryRead(json, at + Length, out var second) && char.IsSurrogatePair(first, second);
        if (!hasSecond)
        {
            return 0;
        }

        text.Append(first).Append(second);

        return 2 * Length;
    }

    private static bool TryRead(string json, int at, out char value)
    {
        value = default;
        if (at + Length > json.Length || json[at] != '\\' || json[at + 1] != 'u')
        {
            return false;
        }

        var code = 0;

        for (var i = at + 2; i < at + Length; i++)
        {
            code = (code << 4) | HexDigit(json[i]);
        }

        value = (char)code;

        return true;
    }

    private static int HexDigit(char digit)
    {
        if (digit <= '9')
        {
            return digit - '0';
        }

        return (digit | 0x20) - 'a' + 10;
    }
}
