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
    private const string Cost = "cost";

    private static readonly string[] _credits = ["credits_charged", "credits_used"];

    // A total beside its parts, whose name states the currency (documented by a gateway of the family).
    private const string UsdTotal = "cost_usd_total";

    private static readonly string[] _currencies = ["cost_currency", "currency"];

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

        foreach (var name in _credits)
        {
            if (members.TryGetValue(name, out var credits) && Read(credits, Currencies.Credits) is { } charged)
            {
                return charged;
            }
        }

        if (members.TryGetValue(Cost, out var cost) && Read(cost, CurrencyBeside(members)) is { } stated)
        {
            return stated;
        }

        return members.TryGetValue(UsdTotal, out var total) ? Read(total, Currencies.Usd) : null;
    }

    /// <summary>
    /// The currency that a member beside the cost states; null when it is not known. Without one, it is that in which the gateway
    /// bills (inferred).
    /// </summary>
    public static string? CurrencyBeside(IDictionary<string, JsonElement>? members)
    {
        foreach (var name in _currencies)
        {
            if (members is null || !members.TryGetValue(name, out var value))
            {
                continue;
            }

            if (JsonRead.FromElement(value, JsonRead.Text) is { Length: > 0 } text)
            {
                return Currencies.Stated(text);
            }
        }

        return Currencies.Usd;
    }

    /// <summary>The name of a member that holds a cost or its currency; null for every other.</summary>
    public static string? NameOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("cost"u8))
        {
            return Cost;
        }

        if (name.SequenceEqual("credits_charged"u8))
        {
            return _credits[0];
        }

        if (name.SequenceEqual("credits_used"u8))
        {
            return _credits[1];
        }

        if (name.SequenceEqual("cost_usd_total"u8))
        {
            return UsdTotal;
        }

        if (name.SequenceEqual("cost_currency"u8))
        {
            return _currencies[0];
        }

        if (name.SequenceEqual("currency"u8))
        {
            return _currencies[1];
        }

        return null;
    }

    private static ReportedCost? Read(JsonElement value, string? currency)
    {
        var reader = JsonRead.Of(JsonMarshal.GetRawUtf8Value(value));
        reader.Read();

        return CostParts.Read(ref reader, currency);
    }
}
