using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The tests that listen to telemetry, and those that measure what calls cost while nobody does: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TelemetryTestGroup
{
    public const string Name = "Telemetry";
}
