using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace CCApi.Sdk.Tests.Support;

/// <summary>
/// Compares JSON documents: members in any order, numbers by value, strings decoded. A member that is null in the expected document may be missing in
/// the actual one, because a null member is not written; a member that appears twice is a difference.
/// </summary>
internal static class JsonTree
{
    public static IReadOnlyList<string> Differences(string expected, string actual, string? ignoredPath = null)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);

        return Differences(left.RootElement, right.RootElement, ignoredPath);
    }

    public static IReadOnlyList<string> Differences(JsonElement expected, JsonElement actual, string? ignoredPath = null)
    {
        var differences = new List<string>();
        Compare("$", expected, actual, ignoredPath, differences);
        return differences;
    }

    public static string Path(string parent, string member) => $"{parent}.{member}";

    public static string Path(string parent, int index) => $"{parent}[{index.ToString(CultureInfo.InvariantCulture)}]";

    private static void Compare(string path, JsonElement expected, JsonElement actual, string? ignored, List<string> differences)
    {
        if (path == ignored)
        {
            return;
        }

        if (expected.ValueKind != actual.ValueKind)
        {
            differences.Add($"{path}: expected {expected.GetRawText()}, was {actual.GetRawText()}");
            return;
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                CompareObjects(path, expected, actual, ignored, differences);
                break;
            case JsonValueKind.Array when expected.GetArrayLength() != actual.GetArrayLength():
                differences.Add($"{path}: expected {expected.GetArrayLength()} items, was {actual.GetArrayLength()}");
                break;
            case JsonValueKind.Array:
                for (var i = 0; i < expected.GetArrayLength(); i++)
                {
                    Compare(Path(path, i), expected[i], actual[i], ignored, differences);
                }

                break;
            case JsonValueKind.Number when !IsSameNumber(expected, actual):
            case JsonValueKind.String when expected.GetString() != actual.GetString():
                differences.Add($"{path}: expected {expected.GetRawText()}, was {actual.GetRawText()}");
                break;
        }
    }

    private static void CompareObjects(string path, JsonElement expected, JsonElement actual, string? ignored, List<string> differences)
    {
        foreach (var member in expected.EnumerateObject())
        {
            var child = Path(path, member.Name);
            if (actual.TryGetProperty(member.Name, out var value))
            {
                Compare(child, member.Value, value, ignored, differences);
            }
            else if (member.Value.ValueKind != JsonValueKind.Null && child != ignored)
            {
                differences.Add($"{child}: missing, expected {member.Value.GetRawText()}");
            }
        }

        foreach (var members in actual.EnumerateObject().GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            var child = Path(path, members.Key);
            if (members.Count() > 1 && child != ignored)
            {
                differences.Add($"{child}: written {members.Count()} times");
            }
            else if (!expected.TryGetProperty(members.Key, out _) && child != ignored)
            {
                differences.Add($"{child}: not expected, was {members.First().Value.GetRawText()}");
            }
        }
    }

    private static bool IsSameNumber(JsonElement expected, JsonElement actual)
    {
        if (expected.GetRawText() == actual.GetRawText())
        {
            return true;
        }

        return expected.TryGetDecimal(out var left) && actual.TryGetDecimal(out var right)
            ? left == right
            : expected.TryGetDouble(out var leftReal) && actual.TryGetDouble(out var rightReal) && leftReal.Equals(rightReal);
    }
}
