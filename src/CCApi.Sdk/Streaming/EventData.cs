using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Splits the data of an event into what it holds: gateways put several JSON documents into one, or forget the line end before
/// the next <c>data:</c> (observed).
/// </summary>
internal static class EventData
{
    // Before each document of a sequence (RFC 7464).
    private const byte RecordSeparator = 0x1E;

    /// <summary>The data from the next document on, without white space, NULs and repeated field names before it.</summary>
    public static ReadOnlySpan<byte> SkipSeparators(ReadOnlySpan<byte> data)
    {
        data = SkipSpace(data);
        while (data.StartsWith("data:"u8))
        {
            data = SkipSpace(data.Slice("data:".Length));
        }

        return data;
    }

    /// <summary>The data up to its first line feed, or all of it.</summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)'\n');
        return end < 0 ? data : data.Slice(0, end);
    }

    /// <summary>The length of the line when it is a heartbeat; 0 when it is not.</summary>
    public static int HeartbeatLength(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] == (byte)'{')
        {
            return 0;
        }

        // Only comments may be longer; the rest of the data is not searched for each of its documents.
        var isComment = data[0] == (byte)':';
        var start = isComment ? data : data.Slice(0, Math.Min(data.Length, Heartbeat.LongestLine + 1));
        var line = FirstLine(start);

        return Heartbeat.IsLine(line) ? line.Length : 0;
    }

    /// <summary>
    /// Whether a body is made of several JSON documents, such as a stream of lines with a chunk each, or of a list of chunks.
    /// </summary>
    public static bool HasSeveralDocuments(ReadOnlySpan<byte> body)
    {
        var json = SkipSpace(body);
        if (ChunkListLength(json) > 0)
        {
            return true;
        }

        if (json.IsEmpty || json[0] != (byte)'{')
        {
            return false;
        }

        try
        {
            var reader = JsonRead.Of(json);
            reader.Read();
            reader.Skip();

            var next = SkipSeparators(json.Slice((int)reader.BytesConsumed));
            if (next.IsEmpty)
            {
                return false;
            }

            return next[0] == (byte)'{' || StreamEndMark.LengthIn(next) > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether a body is a list of chunks, and nothing else.</summary>
    public static bool IsChunkList(ReadOnlySpan<byte> body)
    {
        var json = SkipSpace(body);
        var length = ChunkListLength(json);

        return length > 0 && SkipSpace(json.Slice(length)).IsEmpty;
    }

    /// <summary>
    /// The length of a list in which an object has <c>choices</c>; 0 when the data starts with anything else. A list of errors
    /// is one document.
    /// </summary>
    public static int ChunkListLength(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] != (byte)'[')
        {
            return 0;
        }

        try
        {
            return ReadChunkList(data);
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static int ReadChunkList(ReadOnlySpan<byte> data)
    {
        var reader = JsonRead.Of(data);
        var hasChunk = false;

        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    hasChunk |= JsonRead.MemberName(ref reader).SequenceEqual("choices"u8);
                    reader.Skip();
                    break;
                case JsonTokenType.EndArray when reader.CurrentDepth == 0:
                    return hasChunk ? (int)reader.BytesConsumed : 0;
            }
        }

        return 0;
    }

    /// <summary>Whether data that cannot be read is the start of something readable.</summary>
    public static bool MayBeCut(ReadOnlySpan<byte> data)
    {
        var isStartOfWord = Heartbeat.MayBeCut(data) || StreamEndMark.MayBeCut(data);
        if (isStartOfWord || "data:"u8.StartsWith(data))
        {
            return true;
        }

        try
        {
            var reader = JsonRead.OfStart(data);
            while (reader.Read())
            {
                // Only whether it throws counts.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> SkipSpace(ReadOnlySpan<byte> data)
    {
        data = JsonStart.Of(data);
        while (!data.IsEmpty && data[0] is 0 or RecordSeparator)
        {
            data = JsonStart.Of(data.Slice(1));
        }

        return data;
    }
}
