using System;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>The response to a poll for a lease.</summary>
/// <param name="IsGranted">Whether the lease is granted; else the caller keeps its place as long as it polls every 10 seconds.</param>
/// <param name="LeaseTime">How long a lease lives without a renewal.</param>
[GenerateSerializer]
internal readonly record struct LimiterReply([property: Id(0)] bool IsGranted, [property: Id(1)] TimeSpan LeaseTime);
