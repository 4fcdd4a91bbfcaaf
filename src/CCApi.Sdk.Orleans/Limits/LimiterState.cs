using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>How many calls have a lease of a limiter, and how many wait for one.</summary>
[GenerateSerializer]
internal readonly record struct LimiterState([property: Id(0)] int UnderWay, [property: Id(1)] int Waiting);
