using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>The words of a prompt with their places, so that those beside a number are found without reading the text again.</summary>
internal sealed class PromptWords
{
    private static readonly HashSet<string> _fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "of", "in", "at", "for", "to", "on", "is", "and", "or", "with", "by", "from", "that", "this", "do", "does",
        "did", "should", "will", "it", "as", "has", "have", "was", "were", "are", "be", "can", "which", "who", "what", "about",
    };

    private readonly IReadOnlyList<(int Start, int End, string Word)> _words;

    public PromptWords(string prompt)
    {
        _words = NameWords.PlacesIn(prompt);
        All = [.. _words.Select(word => word.Word)];
    }

    /// <summary>The words in order, comparable with those of names.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Whether a word is one such as <c>the</c>, which names nothing.</summary>
    public static bool IsFiller(string word) => _fillers.Contains(word);

    /// <summary>The words that end before a place, the nearest first.</summary>
    public IEnumerable<string> Before(int place)
    {
        for (var index = CountBefore(place) - 1; index >= 0; index--)
        {
            if (_words[index].End <= place)
            {
                yield return _words[index].Word;
            }
        }
    }

    /// <summary>The words that start at a place or after it, in order.</summary>
    public IEnumerable<string> From(int place)
    {
        for (var index = CountBefore(place); index < _words.Count; index++)
        {
            yield return _words[index].Word;
        }
    }

    /// <summary>How many words start before a place.</summary>
    private int CountBefore(int place)
    {
        var (low, high) = (0, _words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[middle].Start < place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
