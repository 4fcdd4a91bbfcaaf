using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>How many leases a limiter has granted that are under way, and how many wait.</summary>
[GenerateSerializer]
internal readonly record struct LimiterState([property: Id(0)] int UnderWay, [property: Id(1)] int Waiting);
