using System;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>What a header of a response can be.</summary>
internal static class HeaderText
{
    private const string NameMarks = "!#$%&'*+-.^_`|~";

    public static bool IsName(string text) =>
        text.Length > 0 && text.All(IsOfName);

    /// <summary>Whether it is one line of characters that are sent as one byte each.</summary>
    public static bool IsValue(string text) => text.All(IsOfValue);

    /// <summary>The value with a space for each character that a header cannot have.</summary>
    public static string Clean(string text)
    {
        if (IsValue(text))
        {
            return text;
        }

        return string.Concat(text.Select(character => IsOfValue(character) ? character : ' '));
    }

    private static bool IsOfName(char character) =>
        char.IsAsciiLetterOrDigit(character) || NameMarks.Contains(character, StringComparison.Ordinal);

    private static bool IsOfValue(char character)
    {
        const char delete = '\x7F';
        const char last = '\xFF';

        return character == '\t' || (character >= ' ' && character != delete && character <= last);
    }
}
