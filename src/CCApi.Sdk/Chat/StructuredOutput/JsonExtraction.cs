using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
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

    /// <summary>How often the search goes back to just behind a bracket. It bounds the cost, which is linear otherwise.</summary>
    private const int MaxReturns = 100;

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
    public static IReadOnlyList<JsonElement> Find(string text, bool isTruncated, out string? problem)
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

        var found = FindAmidProse(bytes, isTruncated, out problem);

        return [.. found.OrderByDescending(one => one.Length).Select(one => one.Value)];
    }

    private static List<(JsonElement Value, int Length)> FindAmidProse(
        ReadOnlySpan<byte> text, bool isTruncated, out string? problem)
    {
        problem = NoJson;
        var found = new List<(JsonElement Value, int Length)>();
        var returns = 0;
        var at = EndOfReasoning(text);

        while (found.Count < MaxValues && NextStart(text, at) is >= 0 and var start)
        {
            var length = JsonScan.LengthOfValue(text.Slice(start));
            var value = length < 0 ? null : Parse(text.Slice(start, length));

            var mayReturn = value is null && returns < MaxReturns;
            if (mayReturn && IsProse(text.Slice(start)))
            {
                returns++;
                at = start + 1;
                continue;
            }

            if (length < 0)
            {
                problem = Unfinished;
                return [];
            }

            at = start + length;
            if (value is null)
            {
                problem = Invalid;
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

    /// <summary>Whether a list stops being JSON before it holds anything but numbers, such as the interval <c>[0, 10)</c>.</summary>
    private static bool IsProse(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(_options));
        try
        {
            while (reader.Read())
            {
                var isJson = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String or JsonTokenType.EndArray;
                if (isJson)
                {
                    return false;
                }
            }

            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static int NextStart(ReadOnlySpan<byte> text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var next = text.Slice(at).IndexOfAny((byte)'{', (byte)'[');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (JsonScan.StartsValue(text.Slice(at)))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>
    /// Where the reasoning ends that some models write in front of their response; at the end of the text when it has no end.
    /// </summary>
    private static int EndOfReasoning(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("</think>"u8);
        if (end >= 0)
        {
            return end;
        }

        var isOpen = JsonScan.SkipSpace(text).StartsWith("<think>"u8);

        return isOpen ? text.Length : 0;
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
