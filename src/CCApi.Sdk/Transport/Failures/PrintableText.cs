using System.Globalization;
using System.Text;

namespace CCApi.Sdk;

/// <summary>
/// Text of a server as it may stand in a message or a log: short, and without characters that move the cursor, end the line or
/// change the direction.
/// </summary>
internal static class PrintableText
{
    /// <summary>The longest code or type in a message.</summary>
    public const int CodeLength = 100;

    /// <summary>The longest text of the gateway in a message.</summary>
    public const int MessageLength = 1000;

    /// <summary>The text on one line; what is longer ends with an ellipsis.</summary>
    public static string Clean(string text, int maxLength)
    {
        var isClean = text.Length <= maxLength;
        for (var i = 0; isClean && i < text.Length; i++)
        {
            isClean = !IsUnprintable(text[i]);
        }

        return isClean ? text : Rewrite(text, maxLength);
    }

    private static string Rewrite(string text, int maxLength)
    {
        var clean = new StringBuilder(maxLength);
        foreach (var character in text)
        {
            if (clean.Length == maxLength)
            {
                return EndWithEllipsis(clean);
            }

            var isUnprintable = IsUnprintable(character);
            var isRepeatedSpace = isUnprintable
                && clean.Length > 0
                && clean[clean.Length - 1] == ' ';
            if (!isRepeatedSpace)
            {
                clean.Append(isUnprintable ? ' ' : character);
            }
        }

        return clean.ToString();
    }

    /// <remarks>The first half of a surrogate pair is left out: it is not text on its own.</remarks>
    private static string EndWithEllipsis(StringBuilder clean)
    {
        if (clean.Length > 0 && char.IsHighSurrogate(clean[clean.Length - 1]))
        {
            clean.Length--;
        }

        return clean.Append('…').ToString();
    }

    private static bool IsUnprintable(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
