using System;
using System.IO;
using System.Linq;
using System.Reflection;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

public class TelemetryNamesTests
{
    [Fact]
    public void Names_AreAllDocumented()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/telemetry.md"));
        var names = typeof(TelemetryNames).GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Append(typeof(TelemetryNames))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetValue(null)!).ToArray();

        Assert.True(names.Length > 60, $"Only {names.Length} names.");
        Assert.All(names, name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
    }
}
