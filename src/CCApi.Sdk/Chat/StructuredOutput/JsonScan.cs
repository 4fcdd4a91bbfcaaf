using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>
/// Finds where an object or array begins and ends by its brackets, whether or not it is valid JSON: a value in another notation is
/// a value too, whose inside is not what the model meant.
/// </summary>
internal static class JsonScan
{
    // The longest name of a member, or first item of a list, that is taken for one.
    private const int LongestName = 64;

    private static ReadOnlySpan<byte> OpeningQuote => "\u201C"u8;

    private static ReadOnlySpan<byte> ClosingQuote => "\u201D"u8;

    /// <summary>Whether a bracket begins a value rather than prose, such as <c>{name}</c> or <c>[see below]</c>.</summary>
    /// <param name="text">A text that begins with a bracket.</param>
    public static bool StartsValue(ReadOnlySpan<byte> text)
    {
        var inside = SkipSpace(text.Slice(1));
        if (inside.IsEmpty)
        {
            return true;
        }

        var first = inside[0];
        if (text[0] == '{')
        {
            return first is (byte)'"' or (byte)'}' or (byte)'/' || StartsLoosely(inside);
        }

        if (first is (byte)'"' or (byte)'{' or (byte)'[' or (byte)']' or (byte)'-' or (byte)'/')
        {
            return true;
        }

        if (first is >= (byte)'0' and <= (byte)'9')
        {
            return true;
        }

        return inside.StartsWith("true"u8)
            || inside.StartsWith("false"u8)
            || inside.StartsWith("null"u8)
            || StartsLoosely(inside);
    }

    /// <summary>The text from its first character that is not white space.</summary>
    public static ReadOnlySpan<byte> SkipSpace(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return text.Slice(at);
    }

    /// <summary>The text up to its last character that is not white space.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        while (length > 0 && IsSpace(text[length - 1]))
        {
            length--;
        }

        return text.Slice(0, length);
    }

    /// <summary>Where the next value begins; -1 when none does before the end.</summary>
    public static int NextValue(ReadOnlySpan<byte> text, int from, int end)
    {
        for (var at = from; at < end; at++)
        {
            var next = text.Slice(at, end - at).IndexOfAny((byte)'{', (byte)'[');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (StartsValue(text.Slice(at)))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The length of an object or array; -1 when the text ends inside it, or its brackets do not match.</summary>
    /// <param name="text">A text that begins with a bracket.</param>
    public static int LengthOfValue(ReadOnlySpan<byte> text) => LengthUntil(text, mark: default, out _);

    /// <summary>The same up to a mark that stands in no string; <paramref name="isMark"/> is whether it was reached.</summary>
    public static int LengthUntil(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark, out bool isMark)
    {
        isMark = false;
        var open = new Stack<byte>();
        var mayBeString = true;

        for (var at = 0; at < text.Length; at++)
        {
            var end = at;
            switch (text[at])
            {
                case (byte)'"':
                    end = EndOfString(text, at);
                    break;
                case (byte)'\'' when mayBeString:
                    end = EndOfSingleQuoted(text, at);
                    break;
                case 0xE2 when mayBeString && text.Slice(at).StartsWith(OpeningQuote):
                    end = EndOf(text, at, ClosingQuote);
                    break;
                case (byte)'/':
                    end = EndOfComment(text, at);
                    break;
                case (byte)'{' or (byte)'[':
                    open.Push(text[at]);
                    break;
                case (byte)'}' or (byte)']':
                    var isMatch = open.Pop() == (text[at] == '}' ? '{' : '[');
                    if (!isMatch)
                    {
                        return -1;
                    }

                    if (open.Count == 0)
                    {
                        return at + 1;
                    }

                    break;
                case (byte)'<' when !mark.IsEmpty && text.Slice(at).StartsWith(mark):
                    isMark = true;
                    return at;
            }

            if (end < 0)
            {
                return -1;
            }

            // Elsewhere, a quote is an apostrophe.
            var isBeforeString = text[at] is (byte)'{' or (byte)'[' or (byte)',' or (byte)':' or (byte)'=';
            mayBeString = isBeforeString || (mayBeString && IsSpace(text[at]));
            at = end;
        }

        return -1;
    }

    /// <summary>
    /// Whether what follows a bracket is a member or an item in another notation, such as <c>Name: 1</c>, <c>'Name': 1</c>,
    /// <c>Name = 1</c> or <c>a, b</c>.
    /// </summary>
    private static bool StartsLoosely(ReadOnlySpan<byte> inside)
    {
        if (inside[0] is (byte)'\'' or (byte)'`' || inside.StartsWith(OpeningQuote))
        {
            return true;
        }

        var hasSpace = false;
        for (var at = 0; at < inside.Length && at < LongestName; at++)
        {
            var character = inside[at];
            if (character is (byte)':' or (byte)'=' or (byte)',')
            {
                return at > 0;
            }

            // The name ends here; only white space may follow it.
            var isInName = !IsSpace(character);
            if (isInName && (hasSpace || IsBracket(character)))
            {
                return false;
            }

            hasSpace |= !isInName;
        }

        return false;
    }

    private static bool IsBracket(byte character) => character is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']';

    private static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>Where the closing quote stands; -1 when there is none.</summary>
    private static int EndOfString(ReadOnlySpan<byte> text, int quote)
    {
        for (var at = quote + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Where a single quote stands that something follows as after a value; others are apostrophes.</summary>
    private static int EndOfSingleQuoted(ReadOnlySpan<byte> text, int quote)
    {
        for (var at = quote + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '\'' && EndsValue(text.Slice(at + 1)))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool EndsValue(ReadOnlySpan<byte> text)
    {
        var rest = SkipSpace(text);
        return rest.IsEmpty || rest[0] is (byte)',' or (byte)':' or (byte)'=' or (byte)'}' or (byte)']';
    }

    /// <summary>The last byte of a quoted text; -1 when it has no end.</summary>
    private static int EndOf(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> quote)
    {
        var end = text.Slice(start).IndexOf(quote);
        return end < 0 ? -1 : start + end + quote.Length - 1;
    }

    /// <summary>The last byte of a comment, or the slash itself when it begins none; -1 when the comment has no end.</summary>
    private static int EndOfComment(ReadOnlySpan<byte> text, int slash)
    {
        var rest = text.Slice(slash);
        if (rest.StartsWith("//"u8))
        {
            var line = rest.IndexOf((byte)'\n');
            return line < 0 ? -1 : slash + line;
        }

        if (!rest.StartsWith("/*"u8))
        {
            return slash;
        }

        var end = rest.Slice(2).IndexOf("*/"u8);

        return end < 0 ? -1 : slash + 2 + end + 1;
    }
}
