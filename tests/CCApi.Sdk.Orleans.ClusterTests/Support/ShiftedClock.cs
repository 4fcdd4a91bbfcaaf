using System;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>A machine whose time of day is wrong.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
