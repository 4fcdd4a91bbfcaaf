using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>An amount that the gateway reports in a response. Immutable.</summary>
/// <param name="Amount">The amount, 0 or more.</param>
/// <param name="Currency">Its unit.</param>
internal readonly record struct ReportedCost(decimal Amount, string Currency)
{
    // The unit of "cost" is the one that the gateway bills in (inferred).
    private static readonly (string Name, string Currency)[] _members =
    [
        ("credits_charged", Currencies.Credits),
        ("credits_used", Currencies.Credits),
        ("cost", Currencies.Usd),
    ];

    /// <summary>The cost; null when the amount is missing or cannot be one.</summary>
    public static ReportedCost? Of(decimal? amount, string currency)
    {
        if (amount is >= 0)
        {
            return new ReportedCost(amount.GetValueOrDefault(), currency);
        }

        return null;
    }

    /// <summary>The cost among members that the contract does not have, or that have another type there.</summary>
    public static ReportedCost? Find(IDictionary<string, JsonElement>? members)
    {
        if (members is null)
        {
            return null;
        }

        foreach (var (name, currency) in _members)
        {
            if (members.TryGetValue(name, out var value) && Of(AmountOf(value), currency) is { } cost)
            {
                return cost;
            }
        }

        return null;
    }

    /// <summary>The name of a member that holds a cost; null for every other.</summary>
    public static string? NameOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("cost"u8))
        {
            return "cost";
        }

        if (name.SequenceEqual("credits_charged"u8))
        {
            return "credits_charged";
        }

        if (name.SequenceEqual("credits_used"u8))
        {
            return "credits_used";
        }

        return null;
    }

    /// <summary>The amount of a number, of a text, or of an object with parts (observed): its total, else their sum.</summary>
    private static decimal? AmountOf(JsonElement value)
    {
        var reader = JsonRead.Of(JsonMarshal.GetRawUtf8Value(value));
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return AmountOfParts(ref reader);
        }

        return JsonRead.Decimal(ref reader);
    }

    private static decimal? AmountOfParts(ref Utf8JsonReader reader)
    {
        decimal? sum = null;
        decimal? total = null;
        var hasOthers = false;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            var (isTotal, isPart) = (IsTotal(name), IsPart(name));
            reader.Read();
            var amount = JsonRead.Decimal(ref reader);
            if (isTotal)
            {
                total = amount ?? total;
            }
            else if (isPart && amount is { } part)
            {
                sum = Money.Add(sum ?? 0, part);
            }
            else
            {
                hasOthers |= amount is not null;
            }

            reader.Skip();
        }

        // A number that is neither may belong to the cost or not: what cannot be known is not guessed.
        return total ?? (hasOthers ? null : sum);
    }

    private static bool IsTotal(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("total_cost"u8)
        || name.SequenceEqual("total"u8)
        || name.SequenceEqual("amount"u8);

    private static bool IsPart(ReadOnlySpan<byte> name) =>
        name.EndsWith("_cost"u8)
        || name.SequenceEqual("input"u8)
        || name.SequenceEqual("output"u8)
        || name.SequenceEqual("prompt"u8)
        || name.SequenceEqual("completion"u8)
        || name.SequenceEqual("request"u8);
}
