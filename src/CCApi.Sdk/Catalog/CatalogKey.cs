namespace CCApi.Sdk;

/// <summary>
/// What distinguishes the catalogs of one client: keys may see other models and prices, and prices may be read in other ways.
/// </summary>
/// <param name="Key">The API key.</param>
/// <param name="Currency">The currency of prices that state none.</param>
/// <param name="UnstatedTokens">How many tokens a price without a unit is for.</param>
internal readonly record struct CatalogKey(string Key, string Currency, long? UnstatedTokens);
