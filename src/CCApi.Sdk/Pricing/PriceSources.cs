using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Where in a model's JSON prices may stand, the most trusted place first.</summary>
internal static class PriceSources
{
    private static readonly string[] _places = ["price", "prices", "pricing", "cost", "costs", "pricing_info"];

    private static readonly HashSet<string> _containers = new(StringComparer.Ordinal) { "metadata", "model_info", "billing" };

    private static readonly HashSet<string> _priceWords = new(StringComparer.Ordinal) { "price", "prices", "pricing", "cost", "costs" };

    public static IEnumerable<PriceSource> Of(ModelSummary model)
    {
        var ofModel = MembersOf(model.AdditionalProperties);
        var ofService = MembersOf(model.Ccapi?.AdditionalProperties);
        if (IsThere(model.Ccapi?.Pricing))
        {
            yield return new PriceSource("ccapi.pricing", model.Ccapi!.Pricing!.Value, ofModel.Concat(ofService));
        }

        if (IsThere(model.Pricing))
        {
            yield return new PriceSource("pricing", model.Pricing!.Value, ofModel);
        }

        foreach (var source in Unknown("ccapi", ofService, ofModel.Concat(ofService)))
        {
            yield return source;
        }

        foreach (var source in Unknown("model", ofModel, ofModel))
        {
            yield return source;
        }
    }

    /// <summary>The members that the contract does not have: known places, those of a nested object, and flat prices.</summary>
    private static IEnumerable<PriceSource> Unknown(
        string path, KeyValuePair<string, JsonElement>[] members, IEnumerable<KeyValuePair<string, JsonElement>> beside)
    {
        foreach (var place in _places)
        {
            foreach (var member in members.Where(member => member.Key == place && IsThere(member.Value)))
            {
                yield return new PriceSource($"{path}.{place}", member.Value, beside);
            }
        }

        foreach (var container in members.Where(member => _containers.Contains(member.Key)))
        {
            var nested = MembersOf(container.Value);
            foreach (var pricing in nested.Where(member => member.Key == "pricing" && IsThere(member.Value)))
            {
                yield return new PriceSource($"{path}.{container.Key}.pricing", pricing.Value, nested);
            }

            if (FlatOf($"{path}.{container.Key}", nested) is { } flatNested)
            {
                yield return flatNested;
            }
        }

        if (FlatOf(path, members) is { } flat)
        {
            yield return flat;
        }
    }

    /// <summary>Prices that are members themselves, such as <c>input_cost_per_token</c> beside the id; null for none.</summary>
    private static PriceSource? FlatOf(string path, KeyValuePair<string, JsonElement>[] members)
    {
        var flat = members.Where(IsFlat).ToList();
        if (flat.Count == 0)
        {
            return null;
        }

        return new PriceSource(path, flat[0].Value, members, flat);
    }

    private static bool IsFlat(KeyValuePair<string, JsonElement> member)
    {
        var mayBePrice = member.Value.ValueKind
            is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array;

        var isElsewhere = _places.Contains(member.Key) || PriceLabels.IsOfAll(member.Key);

        return mayBePrice
            && !isElsewhere
            && PriceWords.Split(member.Key).Exists(_priceWords.Contains);
    }

    private static KeyValuePair<string, JsonElement>[] MembersOf(IDictionary<string, JsonElement>? members) =>
        members is null ? [] : [.. members];

    private static KeyValuePair<string, JsonElement>[] MembersOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return [.. element.EnumerateObject().Select(member => new KeyValuePair<string, JsonElement>(
            JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)), member.Value))];
    }

    private static bool IsThere(JsonElement? element) => element is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) };
}
