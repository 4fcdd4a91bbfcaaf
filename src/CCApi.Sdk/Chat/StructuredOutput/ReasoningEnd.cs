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
        var (at, tag) = (0, -1);
        while (true)
        {
            // Values before the same tag do not search for it again, which would take time that grows with the square of their number.
            if (tag < at)
            {
                var next = text.Slice(at).IndexOf(Tag);
                if (next < 0)
                {
                    return 0;
                }

                tag = at + next;
            }

            var value = JsonScan.NextValue(text, at, tag);
            if (value < 0)
            {
                return tag + Tag.Length;
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
    }
}
