using System;

namespace CCApi.Emulator;

/// <summary>
/// Bounds the number of JSON values before anything is built from them: a body of the accepted size can hold millions of
/// <c>{},</c>, each of which takes a hundred bytes and more.
/// </summary>
internal static class JsonBounds
{
    /// <summary>How many values a document has at most, of which an object counts as six.</summary>
    public const int MaxValues = 1_000_000;

    private const int ObjectWeight = 6;

    /// <summary>Whether a document, valid or not, may be read.</summary>
    public static bool AreWithin(ReadOnlySpan<byte> json)
    {
        // What is inside strings counts here too; that is fast, and enough for most documents.
        var mostValues = (long)json.Count((byte)',') + json.Count((byte)'[') + (ObjectWeight * (long)json.Count((byte)'{'));

        return mostValues <= MaxValues || CountOutsideStrings(json) <= MaxValues;
    }

    private static long CountOutsideStrings(ReadOnlySpan<byte> json)
    {
        var count = 0L;
        int next;

        while (count <= MaxValues && (next = json.IndexOfAny("\"{[,"u8)) >= 0)
        {
            var mark = json[next];
            json = json[(next + 1)..];

            if (mark == (byte)'"')
            {
                json = json[LengthOfString(json)..];
            }
            else
            {
                count += mark == (byte)'{' ? ObjectWeight : 1;
            }
        }

        return count;
    }

    /// <summary>How long the rest of a string is, with its closing quotation mark.</summary>
    private static int LengthOfString(ReadOnlySpan<byte> json)
    {
        var length = 0;
        int next;

        while ((next = json[length..].IndexOfAny((byte)'"', (byte)'\\')) >= 0)
        {
            length += next;
            if (json[length] == (byte)'"')
            {
                return length + 1;
            }

            length = int.Min(length + 2, json.Length);
        }

        return json.Length;
    }
}
