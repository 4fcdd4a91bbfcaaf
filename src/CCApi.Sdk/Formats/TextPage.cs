using System;

namespace CCApi.Sdk;

/// <summary>Pages and error documents, which servers send in place of images and sound, with status 200 too.</summary>
internal static class TextPage
{
    /// <summary>Fewer bytes than these may be sound without a header that happens to be printable.</summary>
    private const int MinLength = 8;

    /// <summary>Whether a media type is that of a text; a drawing (SVG) is an image.</summary>
    public static bool IsLabel(string? mediaType)
    {
        var name = mediaType?.Split(';')[0].Trim().ToLowerInvariant() ?? string.Empty;
        var isStructured = name.EndsWith("/json", StringComparison.Ordinal)
            || name.EndsWith("+json", StringComparison.Ordinal)
            || name.EndsWith("/xml", StringComparison.Ordinal)
            || name.EndsWith("+xml", StringComparison.Ordinal);
        var isText = name.StartsWith("text/", StringComparison.Ordinal) || isStructured;

        return isText && !IsDrawing(name);
    }

    /// <summary>Whether the first bytes are those of a document of HTML, XML or JSON, whatever its label says.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="label">What the response says that they are.</param>
    public static bool Starts(ReadOnlySpan<byte> head, string? label)
    {
        if (IsDrawing(label ?? string.Empty) || head.StartsWith("<svg"u8))
        {
            return false;
        }

        head = head.StartsWith("\uFEFF"u8) ? head.Slice(3) : head;
        if (head.Length < MinLength)
        {
            return false;
        }

        var first = (byte)0;
        foreach (var value in head)
        {
            var isSpace = value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
            var isPrintable = isSpace || value is > 0x20 and < 0x7F;
            if (!isPrintable)
            {
                return false;
            }

            first = first == 0 && !isSpace ? value : first;
        }

        return first is (byte)'<' or (byte)'{' or (byte)'[';
    }

    private static bool IsDrawing(string mediaType) => mediaType.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase);
}
