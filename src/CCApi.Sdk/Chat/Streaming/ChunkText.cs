using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Finds where the text of a chunk stands in its bytes.</summary>
internal static class ChunkText
{
    // With their quotes, as they stand in the bytes.
    private static ReadOnlySpan<byte> Choices => "\"choices\""u8;

    private static ReadOnlySpan<byte> Delta => "\"delta\""u8;

    private static ReadOnlySpan<byte> PaddingName => "\"obfuscation\":\""u8;

    /// <summary>Where the text of the only choice begins and ends, without its quotes; null when that is not certain.</summary>
    /// <param name="data">A chunk that was parsed.</param>
    /// <param name="slot">The member that the text stands in.</param>
    public static (int Start, int End)? Find(ReadOnlySpan<byte> data, TextSlot slot)
    {
        var name = NameOf(slot);
        var reader = new Utf8JsonReader(data);
        reader.Read();

        var isInDelta = Enter(ref reader, Choices)
            && reader.Read()
            && Enter(ref reader, Delta);
        if (!isInDelta || !Enter(ref reader, name))
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        var (start, end) = ((int)reader.TokenStartIndex + 1, (int)reader.BytesConsumed - 1);
        var before = data.Slice(0, start);
        var after = data.Slice(end);

        // Of members with the same name, the last counts; escapes may hide one.
        if (HasEscape(before) || HasEscape(after))
        {
            return null;
        }

        var isCertain = IsOnce(before, after, Choices)
            && IsOnce(before, after, Delta)
            && IsOnce(before, after, name);

        return isCertain ? (start, end) : null;
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
        if (name < 0 || !rest.EndsWith("\"}"u8))
        {
            return null;
        }

        var (start, end) = (name + PaddingName.Length, rest.Length - "\"}".Length);
        var isLast = start <= end && JsonText.IsPlain(rest.Slice(start, end - start));

        return isLast ? (start, end) : null;
    }

    private static ReadOnlySpan<byte> NameOf(TextSlot slot) => slot switch
    {
        TextSlot.ReasoningContent => "\"reasoning_content\""u8,
        TextSlot.Reasoning => "\"reasoning\""u8,
        _ => "\"content\""u8,
    };

    /// <summary>Moves from an object to the value of one of its members.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> quoted)
    {
        var name = quoted.Slice(1, quoted.Length - 2);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = JsonRead.MemberName(ref reader).SequenceEqual(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool HasEscape(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\\') != -1;

    /// <summary>Whether a name, with its quotes, stands only where it was found: before the text.</summary>
    private static bool IsOnce(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ReadOnlySpan<byte> quoted) =>
        before.IndexOf(quoted) == before.LastIndexOf(quoted) && after.IndexOf(quoted) == -1;
}
