using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>The regular expressions of schemas: which texts match one, and texts that are likely to.</summary>
internal static class SchemaPattern
{
    private const int MaxKept = 256;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(0.1);
    private static readonly ConcurrentDictionary<string, Regex?> _parsed = new(StringComparer.Ordinal);

    /// <summary>Whether an expression matches somewhere in a text; null when it is not an expression that this machine knows.</summary>
    public static bool? IsMatch(string pattern, string text)
    {
        if (_parsed.Count > MaxKept)
        {
            _parsed.Clear();
        }

        try
        {
            return _parsed.GetOrAdd(pattern, Parse)?.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>
    /// Texts for an expression, the shortest first. Open repetitions are extended up to a length. A text follows the
    /// expression; whether it really matches (lookaround, word boundaries) is left to the caller, who tries several.
    /// </summary>
    public static IEnumerable<string> Texts(string pattern, int length)
    {
        int[] repeats = [0, 1, 2, 3, 5, 8, 16, 32, 64, length];
        foreach (var count in repeats.Distinct())
        {
            for (var variant = 0; variant < 4; variant++)
            {
                yield return new PatternWriter(pattern, count, variant).Write();
            }
        }

        for (var variant = 4; variant < 64; variant++)
        {
            yield return new PatternWriter(pattern, 1, variant).Write();
        }
    }

    private static Regex? Parse(string pattern)
    {
        // The long names of ECMAScript, which .NET does not know.
        var known = pattern
            .Replace(@"\p{Letter}", @"\p{L}", StringComparison.Ordinal)
            .Replace(@"\p{Lowercase_Letter}", @"\p{Ll}", StringComparison.Ordinal)
            .Replace(@"\p{Uppercase_Letter}", @"\p{Lu}", StringComparison.Ordinal)
            .Replace(@"\p{digit}", @"\p{Nd}", StringComparison.Ordinal);

        try
        {
            return new Regex(known, RegexOptions.CultureInvariant, _patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
