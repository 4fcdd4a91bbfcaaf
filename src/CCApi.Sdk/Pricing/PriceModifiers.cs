using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Members beside prices that change them, such as a multiplier, a discount or the prices of other hours. How exactly is not known,
/// so that the prices are not either.
/// </summary>
internal static class PriceModifiers
{
    private static readonly HashSet<string> _factors = new(StringComparer.Ordinal) { "multiplier", "ratio", "factor", "coefficient" };

    private static readonly HashSet<string> _surcharges = new(StringComparer.Ordinal)
    {
        "markup", "surcharge", "premium", "tax", "vat", "minimum", "peak",
    };

    private static readonly HashSet<string> _discounts = new(StringComparer.Ordinal) { "discount", "discounts", "rebate", "offpeak" };

    // These change the prices of other calls, or of some of the tokens.
    private static readonly HashSet<string> _scopes = new(StringComparer.Ordinal)
    {
        "batch", "batches", "cache", "cached", "image", "audio", "video", "volume",
    };

    /// <summary>The issue of a member that changes the prices beside it; null for other members.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; 0, and 1 as a factor, change nothing.</param>
    public static PriceIssue? IssueOf(string path, string name, JsonElement value)
    {
        var modification = Of(name, value);

        return modification == PriceModification.None ? null : PriceIssue.OfModifier(path, modification);
    }

    private static PriceModification Of(string name, JsonElement value)
    {
        var words = PriceWords.Split(name);
        if (words.Exists(_scopes.Contains))
        {
            return PriceModification.None;
        }

        var isFactor = words.Exists(_factors.Contains);
        var isDiscount = words.Exists(_discounts.Contains) || IsOffPeak(words);
        var isModifier = isFactor || isDiscount || words.Exists(_surcharges.Contains);
        if (!isModifier || IsNeutral(value, isFactor))
        {
            return PriceModification.None;
        }

        return isDiscount ? PriceModification.Lower : PriceModification.Any;
    }

    private static bool IsOffPeak(List<string> words) => words.Contains("off") && words.Contains("peak");

    private static bool IsNeutral(JsonElement value, bool isFactor)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return false;
        }

        var isNumeric = value.ValueKind is JsonValueKind.Number or JsonValueKind.String;
        var text = isNumeric ? JsonRead.FromElement(value, JsonRead.Text)?.Trim().TrimEnd('%') : null;
        if (text is null || text.IndexOfAny(['1', '2', '3', '4', '5', '6', '7', '8', '9']) < 0)
        {
            return true;
        }

        return isFactor && PriceNumber.Parse(text).Amount == 1;
    }
}
