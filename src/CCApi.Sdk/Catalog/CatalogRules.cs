using System;

namespace CCApi.Sdk;

/// <summary>The checked copy of <see cref="ModelCatalogOptions"/> that one call uses.</summary>
internal sealed class CatalogRules
{
    private const string Name = "catalogOptions";

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CatalogRules(ModelCatalogOptions options)
    {
        MaxAge = options.MaxAge;
        MaxStale = options.MaxStale;
        Initial = options.Initial;
        MaxModels = options.MaxModels;
        PageSize = options.PageSize;
        Prices = new ModelPriceOptions { Currency = options.Prices.Currency, UnstatedTokens = options.Prices.UnstatedTokens };
        Check();
    }

    public TimeSpan MaxAge { get; }

    public TimeSpan MaxStale { get; }

    public ModelCatalog? Initial { get; }

    public int MaxModels { get; }

    public int PageSize { get; }

    public ModelPriceOptions Prices { get; }

    private void Check()
    {
        if (MaxAge < TimeSpan.Zero || MaxStale < TimeSpan.Zero)
        {
            throw new ArgumentException("ModelCatalogOptions.MaxAge and MaxStale must be 0 or more.", Name);
        }

        if (MaxModels < 1 || PageSize < 1)
        {
            throw new ArgumentException("ModelCatalogOptions.MaxModels and PageSize must be 1 or more.", Name);
        }

        if (string.IsNullOrWhiteSpace(Prices.Currency))
        {
            throw new ArgumentException("ModelPriceOptions.Currency must not be empty; USD is the default.", Name);
        }

        if (Prices.UnstatedTokens < 1)
        {
            throw new ArgumentException("ModelPriceOptions.UnstatedTokens must be 1 or more, or null.", Name);
        }
    }
}
