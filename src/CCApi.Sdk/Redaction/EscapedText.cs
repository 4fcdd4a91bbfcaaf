using System;

namespace CCApi.Sdk;

/// <summary>
/// Reads text that may be escaped as in URLs (<c>%2F</c>), JSON (<c>\u002F</c>, <c>\/</c>), source code (<c>\x2F</c>) or HTML
/// (<c>&amp;#47;</c>), several times over, as in HTML inside JSON. Level 0 is the text itself, level 1 is what unescaping it once
/// gives, and so on.
/// </summary>
internal static class EscapedText
{
    /// <summary>How many escapes around one another are read.</summary>
    public const int MaxLevel = 3;

    // Seven digits are more than any character has.
    private const int MaxDigits = 7;

    /// <summary>Whether a character begins an escape.</summary>
    public static bool IsEscape(char character) => character is '%' or '\\' or '&';

    /// <summary>The character that starts at <paramref name="position"/>, which moves behind it.</summary>
    public static char Read(string text, int level, ref int position)
    {
        if (level == 0 || !MayEscape(text, position))
        {
            return text[position++];
        }

        var first = Read(text, level - 1, ref position);
        if (!IsEscape(first))
        {
            return first;
        }

        var end = position;
        var escaped = first switch
        {
            '%' => ReadHex(text, level - 1, digits: 2, ref end),
            '\\' => ReadBackslash(text, level - 1, ref end),
            _ => ReadEntity(text, level - 1, ref end),
        };

        if (escaped is not { } character)
        {
            return first;
        }

        position = end;

        return character;
    }

    /// <summary>Whether what stands here may be an escape, so far as two characters show: nearly no character is.</summary>
    private static bool MayEscape(string text, int position)
    {
        if (!IsEscape(text[position]) || position + 1 >= text.Length)
        {
            return false;
        }

        var next = text[position + 1];
        if (IsEscape(next))
        {
            return true;
        }

        return text[position] switch
        {
            '%' => Digit(next) is not null,
            '\\' => next is 'u' or 'x' or '"' or '\'' or '/',
            _ => next is '#' or >= 'a' and <= 'z' or >= 'A' and <= 'Z',
        };
    }

    private static char? ReadBackslash(string text, int level, ref int position)
    {
        if (position >= text.Length)
        {
            return null;
        }

        var next = Read(text, level, ref position);

        return next switch
        {
            'u' => ReadHex(text, level, digits: 4, ref position),
            'x' => ReadHex(text, level, digits: 2, ref position),
            '"' or '\'' or '\\' or '/' => next,
            _ => null,
        };
    }

    private static char? ReadHex(string text, int level, int digits, ref int position)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (position >= text.Length || Digit(Read(text, level, ref position)) is not { } digit)
            {
                return null;
            }

            value = (value * 16) + digit;
        }

        return (char)value;
    }

    /// <summary>An entity after its ampersand: <c>#47;</c>, <c>#x2F;</c>, or one of the five names of XML.</summary>
    private static char? ReadEntity(string text, int level, ref int position)
    {
        Span<char> name = stackalloc char[MaxDigits + 3];
        for (var length = 0; length < name.Length && position < text.Length; length++)
        {
            var next = Read(text, level, ref position);
            if (next == ';')
            {
                return Entity(name.Slice(0, length));
            }

            var isName = next == '#'
                || Digit(next) is not null
                || next is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
            if (!isName)
            {
                return null;
            }

            name[length] = next;
        }

        return null;
    }

    private static char? Entity(ReadOnlySpan<char> name)
    {
        if (name.Length < 2 || name[0] != '#')
        {
            return Named(name);
        }

        var isHex = name[1] is 'x' or 'X';
        var value = 0;

        foreach (var character in name.Slice(isHex ? 2 : 1))
        {
            if (Digit(character) is not { } digit || (!isHex && digit > 9))
            {
                return null;
            }

            value = (value * (isHex ? 16 : 10)) + digit;
        }

        if (value is > 0 and <= char.MaxValue)
        {
            return (char)value;
        }

        return null;
    }

    private static char? Named(ReadOnlySpan<char> name)
    {
        if (name.Equals("amp".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return '&';
        }

        if (name.Equals("lt".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return '<';
        }

        if (name.Equals("gt".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return '>';
        }

        if (name.Equals("quot".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return '"';
        }

        if (name.Equals("apos".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return '\'';
        }

        return null;
    }

    private static int? Digit(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => null,
    };
}
