using Xunit;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>Tests that listen to, or measure, the whole process: nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class AloneTests
{
    public const string Name = "alone";
}
