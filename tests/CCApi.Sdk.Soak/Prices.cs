using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Soak;

/// <summary>What an image costs, as the catalog states: responses with images do not.</summary>
internal static class Prices
{
    public static async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(CCApiClient client)
    {
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var catalog = await client.Catalog.GetCatalogAsync(options: new CCApiRequestOptions { MaxRetries = 20 });
        foreach (var model in catalog.Models)
        {
            if (model.Price.Quote(PricedUsage.ForImages(1)).Amount is { } amount)
            {
                prices[model.Id] = amount;
            }
        }

        return prices;
    }
}
