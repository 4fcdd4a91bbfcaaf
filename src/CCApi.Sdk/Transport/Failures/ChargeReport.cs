using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Finds out whether a body reports that the call was charged: usage or a cost above zero beside the error.</summary>
internal static class ChargeReport
{
    private static readonly string[] _costNames = ["cost", "credits_charged", "credits_used"];

    public static bool IsIn(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(JsonStart.SkipByteOrderMark(json));
            return reader.Read()
                && reader.TokenType == JsonTokenType.StartObject
                && IsIn(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsIn(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            var isUsage = member.NameEquals("usage") && member.Value.ValueKind == JsonValueKind.Object;
            var isCost = Array.Exists(_costNames, member.NameEquals) && IsPositive(member.Value);
            if (isCost || (isUsage && HasPositive(member.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPositive(JsonElement usage)
    {
        foreach (var member in usage.EnumerateObject())
        {
            if (IsPositive(member.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPositive(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
        && number > 0;
}
