using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>The words that member names and units are made of.</summary>
internal static class PriceWords
{
    private const int MaxLength = 96;

    private const int MaxDigits = 12;

    // Any other symbol, such as ¥, ¢, % or <, changes what stands beside it: it belongs to a word, which is unknown then.
    private const string Separators = "-_/.,:;|()[]{}'\"";

    private static readonly HashSet<string> _qualities = new(StringComparer.OrdinalIgnoreCase)
    {
        "standard", "hd", "low", "medium", "high", "auto", "ultra", "draft",
    };

    private static readonly HashSet<string> _shortSizes = new(StringComparer.OrdinalIgnoreCase)
    {
        "512", "512px", "0.5k", "1k", "2k", "4k", "8k",
    };

    /// <summary>Splits a name or a unit at spaces, separators and capitals; in lower case.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        if (text.Length > MaxLength)
        {
            return words;
        }

        var start = 0;

        for (var i = 0; i <= text.Length; i++)
        {
            var isSeparator = i == text.Length || !IsPartOfWord(text, i);
            var isBoundary = !isSeparator
                && i > start
                && IsBoundary(text, start, i);
            if (!isSeparator && !isBoundary)
            {
                continue;
            }

            if (i > start)
            {
                words.Add(text.Substring(start, i - start).ToLowerInvariant());
            }

            start = isBoundary ? i : i + 1;
        }

        return words;
    }

    /// <summary>The code of a currency; null for other words.</summary>
    public static string? Currency(string word) => Currencies.OfWord(word);

    /// <summary>Whether a name is the quality of an image.</summary>
    public static bool IsQuality(string name) => _qualities.Contains(name);

    /// <summary>The size of an image that a name is, as <c>1024x1024</c>; null for other names.</summary>
    public static string? Size(string name)
    {
        if (_shortSizes.Contains(name))
        {
            return name;
        }

        var size = NormalSize(name);
        var cross = size.IndexOf('x');
        var isSize = cross > 0
            && cross < size.Length - 1
            && IsDigits(size, 0, cross)
            && IsDigits(size, cross + 1, size.Length);

        return isSize ? size : null;
    }

    /// <summary>Whether two sizes or qualities are the same, whatever stands between width and height.</summary>
    public static bool SameSize(string first, string second) =>
        string.Equals(NormalSize(first), NormalSize(second), StringComparison.OrdinalIgnoreCase);

    /// <summary>A number such as <c>200k</c>, <c>1m</c> or <c>128000</c>; null for other words.</summary>
    public static long? Count(string word)
    {
        var digits = 0;
        var number = 0L;

        while (digits < word.Length && digits <= MaxDigits && word[digits] is >= '0' and <= '9')
        {
            number = (number * 10) + (word[digits] - '0');
            digits++;
        }

        if (digits is 0 or > MaxDigits)
        {
            return null;
        }

        return word.Substring(digits) switch
        {
            "" => number,
            "k" => number * 1_000,
            "m" => number * 1_000_000,
            _ => null,
        };
    }

    // "inputPer1M" is three words, "1M" is one.
    private static bool IsBoundary(string text, int start, int index)
    {
        var isCapital = char.IsUpper(text[index]) && char.IsLower(text[index - 1]);
        if (isCapital)
        {
            return true;
        }

        var isAfterPer = index - start == 3 && string.Compare(text, start, "per", 0, 3, StringComparison.OrdinalIgnoreCase) == 0;

        return isAfterPer && char.IsDigit(text[index]);
    }

    private static bool IsPartOfWord(string text, int index)
    {
        var isInside = index > 0 && index < text.Length - 1;
        var isDecimalPoint = text[index] == '.'
            && isInside
            && char.IsDigit(text[index - 1])
            && char.IsDigit(text[index + 1]);

        var isSeparator = char.IsWhiteSpace(text[index]) || char.IsControl(text[index]) || Separators.IndexOf(text[index]) >= 0;

        return isDecimalPoint || !isSeparator;
    }

    private static string NormalSize(string size) =>
        size.Replace(" ", string.Empty).Replace('*', 'x').Replace('×', 'x').Replace('X', 'x');

    private static bool IsDigits(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }
}
