using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>
/// What distinguishes the catalogs of one client: keys may see other models and prices, and prices may be read in other ways.
/// </summary>
/// <param name="Key">The API key.</param>
/// <param name="Headers">The headers of the call, which may name a tenant; empty for none.</param>
/// <param name="Currency">The currency of prices that state none.</param>
/// <param name="UnstatedTokens">How many tokens a price without a unit is for.</param>
internal readonly record struct CatalogKey(string Key, string Headers, string Currency, long? UnstatedTokens)
{
    /// <summary>The key of a catalog.</summary>
    /// <param name="key">The API key.</param>
    /// <param name="options">What differs for the call; null for nothing.</param>
    /// <param name="prices">How prices are read.</param>
    public static CatalogKey Of(string key, CCApiRequestOptions? options, ModelPriceOptions prices) =>
        new(key, Text(options?.Headers), prices.Currency, prices.UnstatedTokens);

    private static string Text(IDictionary<string, string>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return string.Empty;
        }

        // A header holds no line break.
        var lines = headers.Select(header => $"{header.Key.ToUpperInvariant()}:{header.Value}");

        return string.Join("\n", lines.OrderBy(line => line, StringComparer.Ordinal));
    }
}
