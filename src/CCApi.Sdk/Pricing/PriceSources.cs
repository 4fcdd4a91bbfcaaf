using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Where in a model's JSON prices may stand, the most trusted place first.</summary>
internal static class PriceSources
{
    private static readonly string[] _places = ["price", "prices", "pricing", "cost", "costs", "pricing_info"];

    private static readonly HashSet<string> _priceWords = new(StringComparer.Ordinal) { "price", "cost" };

    public static IEnumerable<PriceSource> Of(ModelSummary model)
    {
        if (IsThere(model.Ccapi?.Pricing))
        {
            yield return new PriceSource("ccapi.pricing", model.Ccapi!.Pricing!.Value);
        }

        if (IsThere(model.Pricing))
        {
            yield return new PriceSource("pricing", model.Pricing!.Value);
        }

        foreach (var source in Unknown("ccapi", model.Ccapi?.AdditionalProperties))
        {
            yield return source;
        }

        foreach (var source in Unknown("model", model.AdditionalProperties))
        {
            yield return source;
        }
    }

    /// <summary>The members that the contract does not have: known places, those of a metadata object, and flat prices.</summary>
    private static IEnumerable<PriceSource> Unknown(string path, IDictionary<string, JsonElement>? members)
    {
        if (members is null)
        {
            yield break;
        }

        foreach (var place in _places)
        {
            if (members.TryGetValue(place, out var element) && IsThere(element))
            {
                yield return new PriceSource($"{path}.{place}", element);
            }
        }

        var hasMetadata = members.TryGetValue("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object;
        if (hasMetadata && metadata.TryGetProperty("pricing", out var nested))
        {
            yield return new PriceSource($"{path}.metadata.pricing", nested);
        }

        // Such as input_cost_per_token beside the id.
        var flat = members.Where(IsFlat).ToList();
        if (flat.Count > 0)
        {
            yield return new PriceSource(path, flat[0].Value, flat);
        }
    }

    private static bool IsFlat(KeyValuePair<string, JsonElement> member) =>
        member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String && PriceWords.Split(member.Key).Exists(_priceWords.Contains);

    private static bool IsThere(JsonElement? element) => element is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) };
}
