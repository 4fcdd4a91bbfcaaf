using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CCApi.Emulator;

/// <summary>Finds where two JSON values differ; the order of members does not count.</summary>
internal static class JsonDifference
{
    private const int MaxDifferences = 10;

    /// <summary>A line for each difference, at most ten; empty when the values are equal.</summary>
    public static IReadOnlyList<string> Between(JsonElement expected, JsonElement actual)
    {
        try
        {
            return [.. Compare("$", expected, actual).Take(MaxDifferences)];
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can hold and .NET cannot read.
            return ["$: holds text that is not Unicode, which cannot be compared"];
        }
    }

    private static IEnumerable<string> Compare(string path, JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return [Line(path, expected.GetRawText(), actual.GetRawText())];
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => CompareObjects(path, expected, actual),
            JsonValueKind.Array => CompareLists(path, expected, actual),
            _ => JsonElement.DeepEquals(expected, actual) ? [] : [Line(path, expected.GetRawText(), actual.GetRawText())],
        };
    }

    private static IEnumerable<string> CompareObjects(string path, JsonElement expected, JsonElement actual)
    {
        foreach (var member in expected.EnumerateObject())
        {
            var place = $"{path}.{member.Name}";
            if (!actual.TryGetProperty(member.Name, out var value))
            {
                yield return Line(place, member.Value.GetRawText(), "nothing");
                continue;
            }

            foreach (var difference in Compare(place, member.Value, value))
            {
                yield return difference;
            }
        }

        foreach (var member in actual.EnumerateObject().Where(member => !expected.TryGetProperty(member.Name, out _)))
        {
            yield return Line($"{path}.{member.Name}", "nothing", member.Value.GetRawText());
        }
    }

    private static IEnumerable<string> CompareLists(string path, JsonElement expected, JsonElement actual)
    {
        var (left, right) = (expected.EnumerateArray().ToArray(), actual.EnumerateArray().ToArray());
        var common = Enumerable.Range(0, int.Min(left.Length, right.Length)).SelectMany(
            index => Compare($"{path}[{index}]", left[index], right[index]));
        if (left.Length == right.Length)
        {
            return common;
        }

        return common.Append(FormattableString.Invariant($"{path}: expected {left.Length} items, received {right.Length}"));
    }

    private static string Line(string path, string expected, string actual) =>
        $"{path}: expected {Shorten(expected)}, received {Shorten(actual)}";

    private static string Shorten(string json)
    {
        if (json.Length <= 200)
        {
            return json;
        }

        return $"{json[..200]}...";
    }
}
