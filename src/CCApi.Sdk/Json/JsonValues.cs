using System;

namespace CCApi.Sdk.Json;

/// <summary>
/// Bounds the number of values of a document before anything is built from it. A value of three bytes, such as <c>{},</c>,
/// becomes an object of a hundred bytes and more, so that a small body could take all memory. What has at least four bytes for
/// each value is accepted whatever its size, which has a limit of its own.
/// </summary>
internal static class JsonValues
{
    // An object takes about as much memory as six other values; then no document takes more than about 8 times its own bytes.
    private const int ObjectWeight = 6;
    private const int BytesPerValue = 4;

    // A document of a few long texts, as an image is, has fewer than so many.
    private const int FewValues = 1000;

    // The densest JSON: "{}," is one object.
    private const int MaxValuesPerByte = 2;

    /// <summary>Whether a document may be read.</summary>
    /// <param name="json">The document. It need not be valid.</param>
    /// <param name="limit">How many values are accepted at any density. An object counts as six.</param>
    public static bool AreWithin(ReadOnlySpan<byte> json, int limit)
    {
        if ((long)json.Length * MaxValuesPerByte <= limit)
        {
            return true;
        }

        // The bound also counts what is inside strings, but it is vectorized, and it is enough for most documents. Few values are
        // counted faster, because there is only the end of each long string to find.
        var allowed = Math.Max(limit, json.Length / BytesPerValue);
        var few = Math.Min(FewValues, allowed);

        return CountOutsideStrings(json, few) <= few
            || UpperBound(json) <= allowed
            || CountOutsideStrings(json, allowed) <= allowed;
    }

    private static long UpperBound(ReadOnlySpan<byte> json) =>
        Count(json, (byte)',') + Count(json, (byte)'[') + ((ObjectWeight - 1L) * Count(json, (byte)'{'));

    /// <summary>
    /// Every value but the first follows a comma or an opening bracket. An object adds its weight beside the comma that ends it.
    /// </summary>
    private static long CountOutsideStrings(ReadOnlySpan<byte> json, long allowed)
    {
        var count = 0L;
        while (count <= allowed)
        {
            var next = IndexOfMark(json);
            if (next < 0)
            {
                break;
            }

            var mark = json[next];
            json = json.Slice(next + 1);
            if (mark != (byte)'"')
            {
                count += mark == (byte)'{' ? ObjectWeight - 1 : 1;
                continue;
            }

            var end = JsonText.IndexOfEnd(json);
            if (end < 0)
            {
                break;
            }

            json = json.Slice(end + 1);
        }

        return count;
    }

#if NETSTANDARD2_0
    /// <remarks>
    /// There, IndexOfAny with a list of values searches the rest of the document for each of them: the count took the square of
    /// the bytes.
    /// </remarks>
    private static int IndexOfMark(ReadOnlySpan<byte> json)
    {
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] is (byte)'"' or (byte)'{' or (byte)'[' or (byte)',')
            {
                return i;
            }
        }

        return -1;
    }

    private static long Count(ReadOnlySpan<byte> json, byte mark)
    {
        var count = 0L;
        foreach (var character in json)
        {
            if (character == mark)
            {
                count++;
            }
        }

        return count;
    }
#else
    private static int IndexOfMark(ReadOnlySpan<byte> json) => json.IndexOfAny("\"{[,"u8);

    private static long Count(ReadOnlySpan<byte> json, byte mark) => MemoryExtensions.Count(json, mark);
#endif
}
