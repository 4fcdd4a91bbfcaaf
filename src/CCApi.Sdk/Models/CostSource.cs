namespace CCApi.Sdk;

/// <summary>Where the amount of a <see cref="CCApiCost"/> is from.</summary>
public enum CostSource
{
    /// <summary>The amount is not known: the gateway did not report it, and no price is known. It is never guessed.</summary>
    Unknown,

    /// <summary>The gateway reported it with the response.</summary>
    Reported,

    /// <summary>It was computed from the price of the model in the catalog and from what the response used.</summary>
    Computed,

    /// <summary>The response is from a cache, so the gateway charged nothing.</summary>
    Cache,
}
