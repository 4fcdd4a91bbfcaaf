using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>Finds the names that a mistyped one may have meant.</summary>
internal static class NearNames
{
    // Longer texts are not mistyped names, and comparing them would cost too much.
    private const int MaxLength = 128;

    // Shorter ones, such as "gpt", begin too many ids.
    private const int MinVersionLength = 4;

    /// <summary>
    /// The nearest of <paramref name="candidates"/>, nearest first; the part after the last slash also counts alone, as in
    /// <c>openai/gpt-4o</c>.
    /// </summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int count)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return [];
        }

        var limit = Math.Max(1, AfterSlash(name.AsSpan()).Length / 3);
        return
        [
            .. candidates
                .Where(candidate => candidate.Length is > 0 and <= MaxLength)
                .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
                .Where(candidate => candidate.Distance <= limit)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Select(candidate => candidate.Name)
                .Take(count),
        ];
    }

    /// <summary>
    /// The nearest ids; when none is near, those of which the id is a shorter or a longer version, such as <c>kling-3.0-pro</c>
    /// of <c>kling-3.0</c>.
    /// </summary>
    public static IReadOnlyList<string> FindIds(string id, IReadOnlyList<string> ids, int count)
    {
        var near = Find(id, ids, count);
        var isTooShort = AfterSlash(id.AsSpan()).Length < MinVersionLength;
        var mayHaveVersions = !isTooShort && id.Length <= MaxLength;
        if (near.Count > 0 || !mayHaveVersions)
        {
            return near;
        }

        return
        [
            .. ids
                .Where(candidate => IsVersion(id, candidate))
                .OrderBy(candidate => candidate.Length)
                .ThenBy(candidate => candidate, StringComparer.Ordinal)
                .Take(count),
        ];
    }

    /// <summary>
    /// How many edits lead from one name to the other; case does not count, and of ids the part after the slash may do alone.
    /// </summary>
    public static int Distance(string first, string second)
    {
        // On the stack, because a catalog has 10,000 candidates.
        var one = first.Length <= MaxLength ? stackalloc char[MaxLength] : new char[first.Length];
        var other = second.Length <= MaxLength ? stackalloc char[MaxLength] : new char[second.Length];
        one = one.Slice(0, first.AsSpan().ToUpperInvariant(one));
        other = other.Slice(0, second.AsSpan().ToUpperInvariant(other));
        return Math.Min(EditDistance(one, other), EditDistance(AfterSlash(one), AfterSlash(other)));
    }

    /// <summary>Whether one of two ids continues the other with a further part.</summary>
    private static bool IsVersion(string first, string second)
    {
        var one = AfterSlash(first.AsSpan());
        var other = AfterSlash(second.AsSpan());
        var isFirstShorter = one.Length < other.Length;
        var shorter = isFirstShorter ? one : other;
        var longer = isFirstShorter ? other : one;
        var isContinued = shorter.Length >= MinVersionLength
            && longer.Length > shorter.Length
            && longer[shorter.Length] is ('-' or ':' or '.' or '@');

        return isContinued && longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> AfterSlash(ReadOnlySpan<char> name) => name.Slice(name.LastIndexOf('/') + 1);

    /// <summary>
    /// How many characters must be inserted, removed, replaced or swapped with their neighbor (optimal string alignment).
    /// </summary>
    private static int EditDistance(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var length = second.Length + 1;
        var rows = second.Length <= MaxLength ? stackalloc int[3 * (MaxLength + 1)] : new int[3 * length];
        var beforePrevious = rows.Slice(0, length);
        var previous = rows.Slice(length, length);
        var current = rows.Slice(2 * length, length);

        for (var column = 0; column < length; column++)
        {
            current[column] = column;
        }

        for (var row = 1; row <= first.Length; row++)
        {
            var next = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = next;
            current[0] = row;

            for (var column = 1; column < length; column++)
            {
                var isSame = first[row - 1] == second[column - 1];
                var replaced = previous[column - 1] + (isSame ? 0 : 1);
                var distance = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);

                if (IsSwapped(first, row, second, column))
                {
                    distance = Math.Min(distance, beforePrevious[column - 2] + 1);
                }

                current[column] = distance;
            }
        }

        return current[length - 1];
    }

    /// <summary>Whether the two characters before a row are those before a column in the other order.</summary>
    private static bool IsSwapped(ReadOnlySpan<char> first, int row, ReadOnlySpan<char> second, int column)
    {
        if (row < 2 || column < 2)
        {
            return false;
        }

        return first[row - 1] == second[column - 2] && first[row - 2] == second[column - 1];
    }
}
