using System;

namespace CCApi.Sdk;

/// <summary>
/// Recognizes <c>[DONE]</c>, the mark for the end of a stream, in the spellings that gateways have for it (observed).
/// </summary>
internal static class StreamEndMark
{
    private const string Word = "done";

    private const int LongestLine = 16;

    private static ReadOnlySpan<byte> Usual => "[done]"u8;

    private static ReadOnlySpan<byte> Quoted => "\"[done]\""u8;

    /// <summary>The length of the mark, in any case; 0 when the data does not start with it.</summary>
    public static int LengthIn(ReadOnlySpan<byte> data)
    {
        if (AsciiText.StartsWithIgnoreCase(data, Usual))
        {
            return Usual.Length;
        }

        if (AsciiText.StartsWithIgnoreCase(data, Quoted))
        {
            return Quoted.Length;
        }

        // In another spelling it must be all of the line, as in ["DONE"].
        var line = EventData.FirstLine(data.Slice(0, Math.Min(data.Length, LongestLine + 1)));
        var isMark = line.Length <= LongestLine && Heartbeat.IsSpellingOf(line, Word);

        return isMark ? line.Length : 0;
    }

    /// <summary>Whether data may be the start of the mark, of which the rest is missing.</summary>
    public static bool MayBeCut(ReadOnlySpan<byte> data) => Heartbeat.IsStartOf(data, Word);
}
