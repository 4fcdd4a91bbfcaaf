using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>Finds the JSON in what a model wrote: the whole text, or what stands in a code fence or amid prose.</summary>
internal static class JsonExtraction
{
    /// <summary>Prose holds braces too, but not that many.</summary>
    private const int MaxStarts = 200;

    private static readonly byte[] _mark = [0xEF, 0xBB, 0xBF];

    private static readonly JsonReaderOptions _options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Every value that may be meant: the text as a whole alone, else each object and array in it that is in no other, the largest first.</summary>
    public static IReadOnlyList<JsonElement> Find(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsMemory();
        if (bytes.Span.StartsWith(_mark))
        {
            bytes = bytes.Slice(_mark.Length);
        }

        if (Read(bytes.Span, out var length) is { } whole && IsBlank(bytes.Span.Slice(length)))
        {
            return [whole];
        }

        var found = new List<(JsonElement Value, int Length)>();
        var at = Thoughts(bytes.Span);
        for (var starts = 0; starts < MaxStarts && bytes.Span.Slice(at).IndexOfAny((byte)'{', (byte)'[') is >= 0 and var next; starts++)
        {
            at += next;
            if (Read(bytes.Span.Slice(at), out length) is { } value)
            {
                found.Add((value, length));
            }

            at += Math.Max(length, 1);
        }

        return [.. found.OrderByDescending(one => one.Length).Select(one => one.Value)];
    }

    /// <summary>Where thoughts end that some models write in front of their answer.</summary>
    private static int Thoughts(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("</think>"u8);
        return end < 0 ? 0 : end;
    }

    private static JsonElement? Read(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: true, new JsonReaderState(_options));
            if (!reader.Read())
            {
                return null;
            }

            var value = JsonElement.ParseValue(ref reader);
            length = (int)reader.BytesConsumed;
            return value;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }
        }

        return true;
    }
}
