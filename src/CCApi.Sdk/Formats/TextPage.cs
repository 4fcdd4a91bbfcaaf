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
        var isImage = label?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true;
        var isTooShort = head.IsEmpty || (head.Length < MinLength && !isImage);
        if (isTooShort || head.StartsWith("<svg"u8))
        {
            return false;
        }

        if (StartsInUtf16(head))
        {
            return true;
        }

        head = head.StartsWith("\uFEFF"u8) ? head.Slice(3) : head;
        if (!IsText(head))
        {
            return false;
        }

        var start = WithoutSpace(head);
        if (start.IsEmpty)
        {
            return false;
        }

        var isJson = start[0] is (byte)'{' or (byte)'[';
        var isMarkup = start[0] == (byte)'<' && (!IsDrawing(label) || IsHtml(start));

        return isJson || isMarkup;
    }

    private static bool StartsInUtf16(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> littleEndian = [0xFF, 0xFE, (byte)'<', 0];
        ReadOnlySpan<byte> bigEndian = [0xFE, 0xFF, 0, (byte)'<'];

        return head.StartsWith(littleEndian) || head.StartsWith(bigEndian);
    }

    /// <summary>Whether all of it is UTF-8 without control characters; the last character may be truncated.</summary>
    public static bool IsText(ReadOnlySpan<byte> head)
    {
        var following = 0;
        foreach (var value in head)
        {
            var isFollowing = (value & 0xC0) == 0x80;
            var isExpected = following > 0 ? isFollowing : IsStart(value);
            if (!isExpected)
            {
                return false;
            }

            following = isFollowing ? following - 1 : Following(value);
        }

        return true;
    }

    private static bool IsStart(byte value) => IsSpace(value) || value is > 0x20 and < 0x7F or >= 0xC2 and < 0xF5;

    private static int Following(byte start) => start switch
    {
        < 0xC2 => 0,
        < 0xE0 => 1,
        < 0xF0 => 2,
        _ => 3,
    };

    private static ReadOnlySpan<byte> WithoutSpace(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text.Slice(1);
        }

        return text;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static bool IsHtml(ReadOnlySpan<byte> start) =>
        AsciiText.StartsWithIgnoreCase(start, "<html"u8) || AsciiText.StartsWithIgnoreCase(start, "<!doctype html"u8);

    private static bool IsDrawing(string? mediaType) =>
        mediaType?.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase) == true;
}
