using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Finds where the text of a chunk stands in its bytes.</summary>
internal static class ChunkText
{
    private static ReadOnlySpan<byte> Choices => "choices"u8;

    private static ReadOnlySpan<byte> Delta => "delta"u8;

    private static ReadOnlySpan<byte> PaddingName => "\"obfuscation\":\""u8;

    /// <summary>Where the text of the only choice begins and ends, without its quotes; null when that is not certain.</summary>
    /// <param name="data">A chunk that was parsed.</param>
    /// <param name="slot">The member that the text stands in.</param>
    public static (int Start, int End)? Find(ReadOnlySpan<byte> data, TextSlot slot)
    {
        var name = NameOf(slot);
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (!Enter(ref reader, Choices) || !reader.Read() || !Enter(ref reader, Delta) || !Enter(ref reader, name) || reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        var (start, end) = ((int)reader.TokenStartIndex + 1, (int)reader.BytesConsumed - 1);
        var before = data.Slice(0, start);
        var after = data.Slice(end);

        // Of members with the same name, the last counts; escapes may hide one.
        return IsFree(before, (byte)'\\') && IsFree(after, (byte)'\\') && IsOnce(before, after, Choices) && IsOnce(before, after, Delta) && IsOnce(before, after, name)
            ? (start, end)
            : null;
    }

    /// <summary>
    /// Where the padding begins and ends, without its quotes; nothing, at the end, when there is none; null when it does not
    /// stand last.
    /// </summary>
    /// <param name="rest">What follows the text.</param>
    /// <param name="padding">The padding, as it was parsed.</param>
    public static (int Start, int End)? FindPadding(ReadOnlySpan<byte> rest, string? padding)
    {
        if (padding is null)
        {
            return (rest.Length, rest.Length);
        }

        var name = rest.IndexOf(PaddingName);
        var (start, end) = (name + PaddingName.Length, rest.Length - "\"}".Length);
        return name >= 0 && start <= end && rest.EndsWith("\"}"u8) && JsonText.IsPlain(rest.Slice(start, end - start)) ? (start, end) : null;
    }

    private static ReadOnlySpan<byte> NameOf(TextSlot slot) => slot switch
    {
        TextSlot.ReasoningContent => "reasoning_content"u8,
        TextSlot.Reasoning => "reasoning"u8,
        _ => "content"u8,
    };

    /// <summary>Moves from an object to the value of one of its members.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool IsFree(ReadOnlySpan<byte> bytes, byte letter) => bytes.IndexOf(letter) < 0;

    private static bool IsOnce(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ReadOnlySpan<byte> name)
    {
        // It stands before the text, where it was found.
        var first = IndexOfQuoted(before, name);
        return first >= 0 && IndexOfQuoted(before.Slice(first + name.Length), name) < 0 && IndexOfQuoted(after, name) < 0;
    }

    private static int IndexOfQuoted(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        for (var from = 0; bytes.Slice(from).IndexOf(name) is var found && found >= 0; from += found + 1)
        {
            var (start, end) = (from + found, from + found + name.Length);
            if (start > 0 && bytes[start - 1] == (byte)'"' && end < bytes.Length && bytes[end] == (byte)'"')
            {
                return start;
            }
        }

        return -1;
    }
}
