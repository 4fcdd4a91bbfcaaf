using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Finds the JSON in what a model wrote: the whole text, or what stands in a code fence or amid prose. Never a part of a larger
/// value: where that is incomplete or invalid, a complete value inside it is not what the model meant.
/// </summary>
internal static class JsonExtraction
{
    private const string NoJson = "it contains no JSON value";
    private const string Invalid = "its JSON is not valid";
    private const string Unfinished = "it ends inside a JSON value";

    /// <summary>Prose holds lists too, but not that many.</summary>
    private const int MaxValues = 1_000;

    /// <summary>An invalid value costs far more than a valid one.</summary>
    private const int MaxFailures = 100;

    private static readonly byte[] _byteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly JsonReaderOptions _options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>
    /// Every value that may be meant: the text as a whole alone, else each object and array that is in no other, the largest
    /// first.
    /// </summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="isTruncated">Whether the response was truncated: then a value counts only at the end of the text.</param>
    /// <param name="problem">Why there is none; null when there is one.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static IReadOnlyList<JsonElement> Find(
        string text, bool isTruncated, out string? problem, CancellationToken cancellationToken = default)
    {
        problem = null;
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        if (bytes.StartsWith(_byteOrderMark))
        {
            bytes = bytes.Slice(_byteOrderMark.Length);
        }

        if (Parse(bytes) is { } whole)
        {
            return [whole];
        }

        var found = FindAmidProse(bytes, isTruncated, out problem, cancellationToken);

        return [.. found.OrderByDescending(one => one.Length).Select(one => one.Value)];
    }

    private static List<(JsonElement Value, int Length)> FindAmidProse(
        ReadOnlySpan<byte> text, bool isTruncated, out string? problem, CancellationToken cancellationToken)
    {
        problem = NoJson;
        var found = new List<(JsonElement Value, int Length)>();
        var failures = 0;
        var at = ReasoningEnd.Of(text);

        while (found.Count < MaxValues && failures < MaxFailures && JsonScan.NextValue(text, at, text.Length) is >= 0 and var start)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // First, because an interval has no closing bracket: the search for it would read all of the text, for each interval.
            if (IsInterval(text.Slice(start)))
            {
                at = start + 1;
                continue;
            }

            var length = JsonScan.LengthOfValue(text.Slice(start));
            var value = length < 0 ? null : Parse(text.Slice(start, length));

            if (length < 0)
            {
                problem = Unfinished;
                return [];
            }

            at = start + length;
            if (value is null || IsInside(text.Slice(0, start), text.Slice(at), failures > 0))
            {
                problem = Invalid;
                failures++;
                continue;
            }

            // Of a truncated response, only a value at the end of the text counts.
            var isMeant = !isTruncated || IsEnd(text.Slice(at));
            if (isMeant)
            {
                found.Add((value.Value, length));
            }
        }

        if (found.Count > 0)
        {
            problem = null;
        }

        return found;
    }

    /// <summary>Whether a list holds nothing but numbers up to a parenthesis, as the interval <c>[0, 10)</c> does.</summary>
    private static bool IsInterval(ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            var isNumber = text[at] is >= (byte)'+' and <= (byte)'9' or (byte)' ' or (byte)'e' or (byte)'E' or > 0x7F;
            var isComment = text[at] == (byte)'/' && text[at - 1] == (byte)'/';
            if (!isNumber || isComment)
            {
                return text[0] == (byte)'[' && text[at] == (byte)')';
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a value stands in a larger one that is not recognized as such, because its start is missing or its quotes do not
    /// match: behind the name of a member, or in front of a closing bracket that has no other.
    /// </summary>
    /// <param name="before">The text before the value.</param>
    /// <param name="after">The text after the value.</param>
    /// <param name="isAfterFailure">Whether what could not be read stands before: then an item of a list counts too.</param>
    private static bool IsInside(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, bool isAfterFailure)
    {
        before = JsonScan.TrimEnd(before);
        after = JsonScan.SkipSpace(after);

        var last = before.IsEmpty ? default : before[before.Length - 1];
        if (last is (byte)'{' or (byte)'[')
        {
            // Braces are doubled where a template escapes them.
            return false;
        }

        var isBeforeEnd = !after.IsEmpty && after[0] is (byte)'}' or (byte)']';
        var isItem = isAfterFailure && last == (byte)',';
        if (isBeforeEnd || isItem)
        {
            return true;
        }

        var name = last == (byte)':' ? JsonScan.TrimEnd(before.Slice(0, before.Length - 1)) : default;

        return !name.IsEmpty && name[name.Length - 1] is (byte)'"' or (byte)'\'';
    }

    /// <summary>Whether nothing follows but the end of a code fence.</summary>
    private static bool IsEnd(ReadOnlySpan<byte> text)
    {
        var rest = JsonScan.SkipSpace(text);
        while (!rest.IsEmpty && rest[0] == '`')
        {
            rest = rest.Slice(1);
        }

        return JsonScan.SkipSpace(rest).IsEmpty;
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        if (ParseStrictly(json) is { } valid)
        {
            return valid;
        }

        if (JsonRepair.EscapeControlCharacters(json) is not { } repaired)
        {
            return null;
        }

        return ParseStrictly(repaired);
    }

    private static JsonElement? ParseStrictly(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: true, new JsonReaderState(_options));
            if (!reader.Read())
            {
                return null;
            }

            var value = JsonElement.ParseValue(ref reader);

            return reader.Read() ? null : value;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
