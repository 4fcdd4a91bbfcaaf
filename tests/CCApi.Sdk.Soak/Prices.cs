using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Soak;

/// <summary>What an image costs, as the catalog tells: answers with images do not.</summary>
internal static class Prices
{
    public static async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CCApiClient client)
    {
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var model in (await client.Catalog.ListModelsAsync(options: new CCApiRequestOptions { MaxRetries = 20 })).Data!)
        {
            if (model.Ccapi?.Pricing is { } pricing && pricing.GetProperty("unit").GetString() == "image")
            {
                prices[model.Id!] = pricing.GetProperty("output").GetDecimal();
            }
        }

        return prices;
    }
}
