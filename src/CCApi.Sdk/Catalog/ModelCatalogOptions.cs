using System;

namespace CCApi.Sdk;

/// <summary>How <see cref="CatalogClient.GetCatalogAsync"/> keeps its snapshot.</summary>
public sealed class ModelCatalogOptions
{
    /// <summary>How long a catalog is used before it is retrieved again.</summary>
    /// <value>0 or more; 0 retrieves it in each call, whatever <see cref="MaxStale"/>. The default is 1 hour.</value>
    public TimeSpan MaxAge { get; set; } = CCApiDefaults.CatalogMaxAge;

    /// <summary>
    /// For how long after <see cref="MaxAge"/> the old catalog is still returned at once, while the new one is retrieved in the
    /// background. After that, the call waits for the new one, and returns the old one only if that fails.
    /// </summary>
    /// <value>0 or more. The default is 24 hours.</value>
    public TimeSpan MaxStale { get; set; } = CCApiDefaults.CatalogMaxStale;

    /// <summary>
    /// A catalog to begin with, such as one of
    /// <see cref="ModelCatalog.LoadAsync(string, ModelPriceOptions, System.Threading.CancellationToken)"/>: it is used by its own
    /// age, and kept when the gateway cannot be reached. Ignored when this client has a newer one.
    /// </summary>
    /// <value>The default is null.</value>
    public ModelCatalog? Initial { get; set; }

    /// <summary>How many models the catalog may have; with more, retrieving it fails.</summary>
    /// <value>1 or more. The default is 100,000.</value>
    public int MaxModels { get; set; } = CCApiDefaults.MaxCatalogModels;

    /// <summary>How many models to request at once.</summary>
    /// <value>1 or more. The default is 100.</value>
    public int PageSize { get; set; } = CCApiDefaults.ModelPageSize;

    /// <summary>How to read prices that state no unit or no currency.</summary>
    public ModelPriceOptions Prices { get; } = new();
}
