using System;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>The response to a poll for a lease.</summary>
/// <param name="IsGranted">Whether the lease is granted; else the caller polls again, and keeps its place.</param>
/// <param name="LeaseTime">How long a lease lives without a renewal.</param>
[GenerateSerializer]
internal readonly record struct LimiterReply([property: Id(0)] bool IsGranted, [property: Id(1)] TimeSpan LeaseTime);
