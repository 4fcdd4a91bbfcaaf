using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>
/// Words of Chinese, Japanese and Korean, which are written without spaces: runs of one script, and of Han characters and Hangul
/// each pair of neighbors, because such words mostly have two characters.
/// </summary>
internal static class EastAsianWords
{
    private const int PairLength = 2;

    private enum Script
    {
        Other,
        Han,
        Hiragana,
        Katakana,
        Hangul,
    }

    /// <summary>Whether a word is one of these that names something: not a particle in Hiragana, nor a single character.</summary>
    public static bool IsNoun(string word) => word.Length >= PairLength && ScriptOf(word[0]) is Script.Han or Script.Katakana;

    /// <summary>Splits a word; one of another script is returned as it is.</summary>
    /// <param name="word">The word.</param>
    /// <param name="index">Where it starts.</param>
    public static IEnumerable<(string Value, int Index)> Split(string word, int index)
    {
        var start = 0;
        while (start < word.Length)
        {
            var script = ScriptOf(word[start]);
            var end = start + 1;
            while (end < word.Length && ScriptOf(word[end]) == script)
            {
                end++;
            }

            var length = end - start;
            var isOfPairs = script is Script.Han or Script.Hangul && length > PairLength;
            if (!isOfPairs)
            {
                yield return (word[start..end], index + start);
            }

            for (var pair = start; isOfPairs && pair + PairLength <= end; pair++)
            {
                yield return (word.Substring(pair, PairLength), index + pair);
            }

            start = end;
        }
    }

    private static Script ScriptOf(char character) => character switch
    {
        >= '\u3040' and <= '\u309F' => Script.Hiragana,
        (>= '\u30A0' and <= '\u30FF') or (>= '\uFF66' and <= '\uFF9F') => Script.Katakana,
        '\u3005' or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') => Script.Han,
        >= '\uAC00' and <= '\uD7A3' => Script.Hangul,
        _ => Script.Other,
    };
}
