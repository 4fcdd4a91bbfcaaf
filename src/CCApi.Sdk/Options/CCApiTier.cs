namespace CCApi.Sdk;

/// <summary>The tiers of the service, which differ in their limits per key (documented).</summary>
public enum CCApiTier
{
    /// <summary>30 requests a minute, 2 at once.</summary>
    Free,

    /// <summary>600 requests a minute, 10 at once.</summary>
    Standard,

    /// <summary>3,000 requests a minute, 30 at once.</summary>
    Pro,
}
