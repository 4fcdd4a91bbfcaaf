using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Finds out whether a body shows that the model has worked: usage or a cost above zero, or something that it created. Gateways
/// put these at any level, also into the error (observed).
/// </summary>
internal static class ChargeReport
{
    private const int LongestName = 64;

    private enum Part
    {
        Other,

        /// <summary>Usage or a cost: any number above zero in it counts.</summary>
        Charge,

        /// <summary>A text of a model, which counts where it stands; the texts of an object count by their own names.</summary>
        Text,

        /// <summary>What has its texts under many names, such as a tool call: all count but those that describe it.</summary>
        Content,

        /// <summary>A description of the error, whose texts nobody pays for.</summary>
        Error,
    }

    public static bool IsIn(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = JsonRead.Of(JsonStart.Of(json));
            return reader.Read() && IsIn(ref reader, Part.Other);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the value that the reader stands on shows it. A value that does not is read to its end.</summary>
    private static bool IsIn(ref Utf8JsonReader reader, Part part)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return IsInObject(ref reader, part);
            case JsonTokenType.StartArray:
                return IsInArray(ref reader, part);
            case JsonTokenType.True:
                return part == Part.Charge;
            case JsonTokenType.Number:
                return part == Part.Charge && IsPositive(ref reader);
            case JsonTokenType.String when part == Part.Charge:
                return IsPositive(ref reader);
            case JsonTokenType.String:
                return part is Part.Text or Part.Content && reader.ValueSpan.Length > 0;
            default:
                return false;
        }
    }

    private static bool IsInArray(ref Utf8JsonReader reader, Part part)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (IsIn(ref reader, part))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInObject(ref Utf8JsonReader reader, Part part)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            reader.Read();
            var isList = reader.TokenType == JsonTokenType.StartArray;
            var member = PartOf(name, part, isList);
            if (IsIn(ref reader, member))
            {
                return true;
            }
        }

        return false;
    }

    private static Part PartOf(ReadOnlySpan<byte> name, Part around, bool isList)
    {
        if (around == Part.Charge || IsCharge(name))
        {
            return Part.Charge;
        }

        if (around == Part.Error || IsError(name))
        {
            return Part.Error;
        }

        if (around == Part.Content)
        {
            return IsDescription(name) ? Part.Other : Part.Content;
        }

        if (IsContent(name))
        {
            return Part.Content;
        }

        var isListOfLinks = isList && name.SequenceEqual("data"u8);
        return isListOfLinks || IsText(name) ? Part.Text : Part.Other;
    }

    /// <remarks>In any case: gateways write <c>total_tokens</c>, <c>totalTokens</c> and <c>TotalTokens</c> (observed).</remarks>
    private static bool IsCharge(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName || IsLimit(name))
        {
            return false;
        }

        return Has(name, "usage"u8)
            || Has(name, "tokens"u8)
            || Has(name, "cost"u8)
            || Has(name, "charge"u8)
            || Has(name, "billed"u8)
            || Has(name, "eval_count"u8)
            || IsUsedUp(name)
            || AsciiText.EqualsIgnoreCase(name, "characters"u8);
    }

    /// <summary>Whether a number says how much is allowed or left, and not how much was used.</summary>
    private static bool IsLimit(ReadOnlySpan<byte> name) =>
        Has(name, "limit"u8) || Has(name, "remain"u8) || AsciiText.StartsWithIgnoreCase(name, "max"u8);

    private static bool IsUsedUp(ReadOnlySpan<byte> name)
    {
        var isAmount = Has(name, "credit"u8) || Has(name, "quota"u8);
        return isAmount && (Has(name, "used"u8) || Has(name, "consumed"u8) || Has(name, "spent"u8));
    }

    private static bool Has(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower) => AsciiText.ContainsIgnoreCase(name, lower);

    private static bool IsError(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("error"u8)
        || name.SequenceEqual("errors"u8)
        || name.StartsWith("detail"u8)
        || name.SequenceEqual("metadata"u8);

    private static bool IsContent(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("tool_calls"u8)
        || name.SequenceEqual("function_call"u8)
        || name.SequenceEqual("audio"u8)
        || name.SequenceEqual("images"u8)
        || name.SequenceEqual("output"u8)
        || name.StartsWith("reasoning"u8);

    private static bool IsDescription(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("id"u8)
        || name.SequenceEqual("type"u8)
        || name.SequenceEqual("role"u8)
        || name.SequenceEqual("status"u8)
        || name.SequenceEqual("format"u8)
        || name.SequenceEqual("effort"u8);

    private static bool IsText(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("content"u8)
        || name.SequenceEqual("text"u8)
        || name.SequenceEqual("output_text"u8)
        || name.SequenceEqual("refusal"u8)
        || name.SequenceEqual("thinking"u8)
        || name.StartsWith("b64_"u8)
        || name.SequenceEqual("url"u8)
        || name.SequenceEqual("image_url"u8)
        || name.SequenceEqual("audio_url"u8)
        || name.SequenceEqual("video_url"u8)
        || name.SequenceEqual("result_url"u8);

    private static bool IsPositive(ref Utf8JsonReader reader) => JsonRead.Double(ref reader) is > 0;
}
