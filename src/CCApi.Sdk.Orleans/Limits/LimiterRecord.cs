using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>What is stored of a limiter: after a revival, leases that are not known may be under way.</summary>
[GenerateSerializer]
[Alias("ccapi.limiter-record")]
internal sealed class LimiterRecord
{
    // Only that the record exists is read; some formats do not store an empty one.
    [Id(0)]
    public bool HasGranted { get; set; }
}
