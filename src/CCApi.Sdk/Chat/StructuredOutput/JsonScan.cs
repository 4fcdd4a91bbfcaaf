using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>Finds where an object or array ends by its brackets, whether or not it is valid JSON.</summary>
internal static class JsonScan
{
    /// <summary>Whether a bracket begins JSON rather than prose, such as <c>{name}</c> or <c>[see below]</c>.</summary>
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
            return first is (byte)'"' or (byte)'}' or (byte)'/';
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
            || inside.StartsWith("null"u8);
    }

    /// <summary>The text from its first character that is not white space.</summary>
    public static ReadOnlySpan<byte> SkipSpace(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return text.Slice(at);
    }

    /// <summary>The length of an object or array; -1 when the text ends inside it.</summary>
    /// <param name="text">A text that begins with a bracket.</param>
    public static int LengthOfValue(ReadOnlySpan<byte> text)
    {
        var open = new Stack<byte>();
        for (var at = 0; at >= 0 && at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    at = EndOfString(text, at);
                    break;
                case (byte)'/':
                    at = EndOfComment(text, at);
                    break;
                case (byte)'{' or (byte)'[':
                    open.Push(text[at]);
                    break;
                case (byte)'}' or (byte)']':
                    var isMatch = open.Pop() == (text[at] == '}' ? '{' : '[');
                    if (!isMatch || open.Count == 0)
                    {
                        return at + 1;
                    }

                    break;
            }

            if (at < 0)
            {
                return -1;
            }
        }

        return -1;
    }

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
