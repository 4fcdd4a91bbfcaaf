using System;

namespace CCApi.Sdk;

/// <summary>
/// Classifies a line of an event stream by the WHATWG grammar, and leniently what the grammar ignores: what a gateway or a server
/// in between sent as text is not dropped silently.
/// </summary>
internal static class SseLine
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <param name="line">The line, which is not empty.</param>
    /// <param name="valueStart">Where the value of a field begins, or the JSON; else 0.</param>
    public static SseLineKind Classify(ReadOnlySpan<byte> line, out int valueStart)
    {
        if (line.StartsWith("data:"u8))
        {
            valueStart = SkipSpace(line, "data:".Length);
            return SseLineKind.Data;
        }

        valueStart = 0;
        if (line[0] is (byte)'{' or (byte)'[')
        {
            return SseLineKind.Json;
        }

        if (line[0] == (byte)':')
        {
            return SseLineKind.Comment;
        }

        var colon = line.IndexOf((byte)':');
        var kind = KindOf(colon < 0 ? line : line.Slice(0, colon));
        if (kind == SseLineKind.Text)
        {
            return ClassifyLeniently(line, colon, out valueStart);
        }

        valueStart = colon < 0 ? line.Length : SkipSpace(line, colon + 1);

        return kind;
    }

    /// <summary>How many bytes in front of a line mean nothing: byte order marks, which some gateways send with each event.</summary>
    public static int MarkLength(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (line.Slice(length).StartsWith(ByteOrderMark))
        {
            length += ByteOrderMark.Length;
        }

        return length;
    }

    /// <summary>Whether a line without an end may be the start of one that the grammar has.</summary>
    public static bool MayBeCut(ReadOnlySpan<byte> line) =>
        "data"u8.StartsWith(line)
        || "event"u8.StartsWith(line)
        || "retry"u8.StartsWith(line)
        || "id"u8.StartsWith(line)
        || ByteOrderMark.StartsWith(line);

    private static SseLineKind KindOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("event"u8))
        {
            return SseLineKind.Event;
        }

        if (name.SequenceEqual("data"u8))
        {
            return SseLineKind.Data;
        }

        var isKnown = name.SequenceEqual("id"u8) || name.SequenceEqual("retry"u8);

        return isKnown ? SseLineKind.Field : SseLineKind.Text;
    }

    /// <summary>A field of another spelling or name, or no field at all.</summary>
    private static SseLineKind ClassifyLeniently(ReadOnlySpan<byte> line, int colon, out int valueStart)
    {
        valueStart = SkipPadding(line, 0);
        if (valueStart == line.Length)
        {
            return SseLineKind.Comment;
        }

        if (line[valueStart] is (byte)'{' or (byte)'[')
        {
            return SseLineKind.Json;
        }

        var name = TrimPadding(colon < 0 ? line : line.Slice(0, colon));
        valueStart = colon < 0 ? line.Length : SkipPadding(line, colon + 1);

        // The grammar knows only the exact name, but JSON beside another spelling of it is meant as data.
        var isJson = valueStart < line.Length && line[valueStart] is (byte)'{' or (byte)'[';
        if (isJson && AsciiText.EqualsIgnoreCase(name, "data"u8))
        {
            return SseLineKind.Data;
        }

        if (colon >= 0 && AsciiText.EqualsIgnoreCase(name, "error"u8))
        {
            return SseLineKind.Error;
        }

        if (!IsName(name))
        {
            return SseLineKind.Text;
        }

        var isUnknown = colon >= 0 || AsciiText.EqualsIgnoreCase(name, "data"u8);

        return isUnknown ? SseLineKind.Unknown : SseLineKind.Word;
    }

    /// <summary>Whether it may be the name of a field that the grammar does not know.</summary>
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
        {
            var isAlphabetic = (character | 0x20) is >= (byte)'a' and <= (byte)'z';
            var isOther = character is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_' or (byte)'.';
            if (!isAlphabetic && !isOther)
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    private static int SkipSpace(ReadOnlySpan<byte> line, int start)
    {
        var hasSpace = start < line.Length && line[start] == (byte)' ';
        return hasSpace ? start + 1 : start;
    }

    private static ReadOnlySpan<byte> TrimPadding(ReadOnlySpan<byte> name)
    {
        name = name.Slice(SkipPadding(name, 0));
        while (!name.IsEmpty && IsPadding(name[name.Length - 1]))
        {
            name = name.Slice(0, name.Length - 1);
        }

        return name;
    }

    private static int SkipPadding(ReadOnlySpan<byte> line, int start)
    {
        while (start < line.Length && IsPadding(line[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsPadding(byte character) => character is 0 or 0x1E or (byte)' ' or (byte)'\t';
}
