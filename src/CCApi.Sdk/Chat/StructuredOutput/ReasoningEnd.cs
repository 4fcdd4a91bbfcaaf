using System;

namespace CCApi.Sdk;

/// <summary>Finds where the reasoning ends that some models write in front of their response.</summary>
internal static class ReasoningEnd
{
    private static ReadOnlySpan<byte> Tag => "</think>"u8;

    /// <summary>
    /// Where the response begins: behind the tag that ends the reasoning, at the end of the text when that has no end, else at
    /// its start. A tag in a string of a value is content.
    /// </summary>
    public static int Of(ReadOnlySpan<byte> text)
    {
        if (JsonScan.SkipSpace(text).StartsWith("<think>"u8))
        {
            var end = text.IndexOf(Tag);
            return end < 0 ? text.Length : end + Tag.Length;
        }

        // The tag that opens the reasoning may be missing: some templates write it into the prompt.
        var at = 0;
        while (text.Slice(at).IndexOf(Tag) is >= 0 and var next)
        {
            var value = JsonScan.NextValue(text, at, at + next);
            if (value < 0)
            {
                return at + next + Tag.Length;
            }

            var length = JsonScan.LengthUntil(text.Slice(value), Tag, out var isTag);
            if (isTag)
            {
                return value + length + Tag.Length;
            }

            if (length < 0)
            {
                return 0;
            }

            at = value + length;
        }

        return 0;
    }
}
