using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The ratios in which gateways of the new-api family price (observed in its source): 1 is 0.002 USD for 1,000 prompt tokens, and
/// the completion ratio multiplies it. What a gateway adds for a group of users is not in them.
/// </summary>
internal static class PriceRatios
{
    private const decimal DollarsPerMillion = 2m;

    private const long Million = 1_000_000;

    private const string Dollars = "USD";

    public static ModelPrice? Read(ModelSummary model)
    {
        if (model.AdditionalProperties is not { } members)
        {
            return null;
        }

        var isPerCall = Number(members, "quota_type") == 1 || Number(members, "model_ratio") is null;
        if (isPerCall)
        {
            if (Number(members, "model_price") is > 0 and var price)
            {
                return new ModelPrice([Rate(PriceItem.Call, PriceUnit.Call, price, 1, "model_price")], [], members["model_price"]);
            }

            return null;
        }

        var input = Number(members, "model_ratio")!.Value * DollarsPerMillion;
        var rates = new List<ModelRate> { Rate(PriceItem.Input, PriceUnit.Token, input, Million, "model_ratio") };
        var issues = new List<PriceIssue>();
        AddOutput(members, input, rates, issues);
        Add("cache_ratio", PriceItem.CachedInput, input);
        Add("create_cache_ratio", PriceItem.CacheWrite, input);
        if (Add("audio_ratio", PriceItem.InputAudio, input) is { } audio)
        {
            Add("audio_completion_ratio", PriceItem.OutputAudio, audio);
        }

        return new ModelPrice(rates, issues, members["model_ratio"]);

        decimal? Add(string name, PriceItem item, decimal one)
        {
            if (!members.TryGetValue(name, out var value) || value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                return null;
            }

            if (Number(members, name) is not { } ratio)
            {
                issues.Add(new PriceIssue($"model.{name}", "it is not a positive number", item));
                return null;
            }

            rates.Add(Rate(item, PriceUnit.Token, one * ratio, Million, name));

            return one * ratio;
        }
    }

    private static void AddOutput(IDictionary<string, JsonElement> members, decimal input, List<ModelRate> rates, List<PriceIssue> issues)
    {
        if (Number(members, "completion_ratio") is { } completion)
        {
            rates.Add(Rate(PriceItem.Output, PriceUnit.Token, input * completion, Million, "completion_ratio"));
            return;
        }

        issues.Add(new PriceIssue("model.completion_ratio", "it is missing, or not a positive number", PriceItem.Output));
    }

    // Ratios are small; the bound keeps their products within a decimal.
    private static decimal? Number(IDictionary<string, JsonElement> members, string name)
    {
        if (members.TryGetValue(name, out var value) &&
            JsonRead.FromElement(value, JsonRead.Text) is { } text &&
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
            number is >= 0 and < 1_000_000)
        {
            return number;
        }

        return null;
    }

    private static ModelRate Rate(PriceItem item, PriceUnit unit, decimal amount, long per, string member) =>
        new(item, unit, amount, per, Dollars) { Member = $"model.{member}" };
}
