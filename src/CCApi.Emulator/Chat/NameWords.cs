using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// Splits names of any case style, and texts, into comparable words: <c>GetWeather</c>, <c>get_weather</c> and
/// <c>get the weather</c> share two of them.
/// </summary>
internal static partial class NameWords
{
    /// <summary>The words in order, in lower case and without the ending of a plural.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [.. PlacesIn(text).Select(place => place.Word)];

    /// <summary>The same words with the places where each starts and ends.</summary>
    public static IReadOnlyList<(int Start, int End, string Word)> PlacesIn(string text) =>
        [.. Word().Matches(text).SelectMany(match => EastAsianWords.Split(match.Value, match.Index)).Select(Comparable)];

    /// <summary>Whether a text has all words of a name, next to each other.</summary>
    public static bool Contains(IReadOnlyList<string> text, IReadOnlyList<string> name)
    {
        if (name.Count == 0)
        {
            return false;
        }

        for (var start = 0; start + name.Count <= text.Count; start++)
        {
            if (text.Skip(start).Take(name.Count).SequenceEqual(name, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static (int Start, int End, string Word) Comparable((string Value, int Index) word) =>
        (word.Index, word.Index + word.Value.Length, Singular(CultureInfo.InvariantCulture.TextInfo.ToLower(word.Value)));

    private static string Singular(string word)
    {
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal))
        {
            return $"{word[..^3]}y";
        }

        var isPlural = word.Length > 3
            && word[^1] == 's'
            && word[^2] != 's';

        return isPlural ? word[..^1] : word;
    }

    // An acronym ends before the capital that begins the next word: HTTPServer is HTTP and Server.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]+|\p{Lu}|\p{Nd}+")]
    private static partial Regex Word();
}
