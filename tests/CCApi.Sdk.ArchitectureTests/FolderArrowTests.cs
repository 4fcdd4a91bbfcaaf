using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CCApi.Sdk.Measure;
using Xunit;

namespace CCApi.Sdk.ArchitectureTests;

/// <summary>The architecture: each folder may use the folders of its row, and no others. Arrows point down the tables.</summary>
public partial class FolderArrowTests
{
    private const string Sdk = "src/CCApi.Sdk";

    private const string Emulator = "src/CCApi.Emulator";

    private static readonly string[] _contract = ["Options", "Costs", "Pricing", "Errors", "Models", "Formats", "Redaction", "Json", "Common"];

    private static readonly string[] _transport =
        ["Transport", "Transport/Retry", "Transport/Failover", "Transport/Failures", "Transport/Calls", "Diagnostics", .. _contract];

    private static readonly Dictionary<string, string[]> _sdk = new(StringComparer.Ordinal)
    {
        ["DependencyInjection"] = [".", "Media", .. _transport],
        ["."] = ["Chat", "Audio", "Images", "Catalog", "Media", .. _transport],
        ["Chat"] = ["Chat/StructuredOutput", "Chat/Tools", "Chat/Schemas", "Chat/Requests", "Chat/Streaming", "Chat/Telemetry", "Streaming", .. _transport],
        ["Chat/StructuredOutput"] = ["Chat/Tools", "Chat/Schemas", "Chat/Requests", .. _contract],
        ["Chat/Tools"] = ["Chat/Schemas", "Chat/Requests", "Chat/Streaming", "Chat/Telemetry", .. _contract],
        ["Chat/Schemas"] = ["Chat/Requests", "Json", "Common"],
        ["Chat/Requests"] = ["Chat/Streaming", "Chat/Telemetry", .. _contract],
        ["Chat/Telemetry"] = ["Diagnostics", .. _contract],
        ["Chat/Streaming"] = ["Streaming", .. _transport],
        ["Audio"] = ["Media", .. _transport],
        ["Images"] = ["Media", .. _transport],
        ["Catalog"] = [.. _transport],
        ["Media"] = [.. _transport],
        ["Streaming"] = ["Errors", "Formats", "Json", "Common"],
        ["Transport"] = ["RateLimiting", "Transport/Retry", "Transport/Failover", "Transport/Failures", "Transport/Calls", "Diagnostics", .. _contract],
        ["Transport/Retry"] = ["Transport/Failover", "Transport/Failures", "Transport/Calls", .. _contract],
        ["Transport/Failover"] = ["Transport/Failures", "Transport/Calls", .. _contract],
        ["Transport/Failures"] = ["Transport/Calls", .. _contract],
        ["Transport/Calls"] = ["Diagnostics", .. _contract],
        ["Diagnostics"] = [.. _contract],
        ["RateLimiting"] = ["Options", "Models", "Common"],
        ["Options"] = ["Costs", "Errors", "Models", "Formats", "Redaction", "Json", "Common"],
        ["Costs"] = ["Pricing", "Errors", "Models", "Common"],
        ["Pricing"] = ["Models", "Json", "Common"],
        ["Errors"] = ["Models", "Json", "Common"],
        ["Models"] = ["Errors", "Formats", "Redaction", "Json", "Common"],
        ["Formats"] = ["Errors", "Json", "Common"],
        ["Redaction"] = ["Json", "Common"],
        ["Json"] = ["Common"],
        ["Common"] = [],
    };

    // The rooms that know no operation: what they need of a response type, they request through an interface.
    private static readonly string[] _generic =
        ["Media", "Streaming", "Transport", "Transport/Retry", "Transport/Failover", "Transport/Failures", "Transport/Calls", "Diagnostics", "Formats", "Redaction", "Json", "Common"];

    private static readonly ConcurrentDictionary<string, IReadOnlyList<Dependency>> _dependencies = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string[]> _emulator = new(StringComparer.Ordinal)
    {
        ["."] = ["Server", "Control", "Scripts", "Requests", "Webhooks", "Media", "Faults", "Billing", "Options"],
        ["Server"] =
        [
            "Control", "Cassettes", "Catalog", "Chat", "Speech", "Images", "Webhooks", "Media", "Billing", "Scripts", "Requests", "Http", "Faults", "Options",
        ],
        ["Cassettes"] = ["Requests", "Http", "Options"],
        ["Control"] = ["Scripts", "Requests", "Billing", "Http", "Faults", "Options"],
        ["Images"] = ["Catalog", "Webhooks", "Media", "Billing", "Scripts", "Http", "Faults", "Options"],
        ["Speech"] = ["Catalog", "Media", "Billing", "Scripts", "Http", "Faults"],
        ["Chat"] = ["Catalog", "Billing", "Scripts", "Http", "Faults"],
        ["Scripts"] = ["Requests", "Http", "Faults", "Options"],
        ["Requests"] = ["Options"],
        ["Catalog"] = ["Http"],
        ["Webhooks"] = ["Options"],
        ["Media"] = ["Http", "Options"],
        ["Faults"] = [],
        ["Billing"] = [],
        ["Http"] = ["Billing", "Faults", "Options"],
        ["Options"] = [],
    };

    [Theory]
    [InlineData(Sdk)]
    [InlineData(Emulator)]
    public void Folders_OfAProject_UseOnlyWhatTheirRowAllows(string project)
    {
        var offenders = Offenders(project, TableOf(project));

        Assert.True(offenders.Count == 0, $"Arrows that the table does not allow:\n{string.Join('\n', offenders)}");
    }

    [Theory]
    [InlineData(Sdk, "Chat/Streaming", "Streaming", "Chat/Streaming -> Streaming: Chat/Streaming/ChunkReader.cs(")]
    [InlineData(Emulator, "Chat", "Http", "Chat -> Http: Chat/ChatOperation.cs(")]
    public void Offenders_ArrowThatNoRowAllows_AreFound(string project, string from, string to, string expected)
    {
        var table = new Dictionary<string, string[]>(TableOf(project), StringComparer.Ordinal);
        table[from] = [.. table[from].Where(folder => folder != to)];

        var offenders = Offenders(project, table);

        Assert.Contains(offenders, offender => offender.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Sdk)]
    [InlineData(Emulator)]
    public void Rows_OfATable_AreAllUsed(string project)
    {
        var folders = DependenciesOf(project).SelectMany(dependency => new[] { dependency.From, dependency.To }).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(TableOf(project).Keys.Except(folders));
    }

    [Fact]
    public void MutualPairs_OfTheSdk_AreErrorsAndModels()
    {
        Assert.Equal([("Errors", "Models")], Dependencies.MutualPairs(DependenciesOf(Sdk)));
    }

    [Fact]
    public void Knots_OfTheSdk_AreOfContractRooms()
    {
        var knot = Assert.Single(Dependencies.Knots(DependenciesOf(Sdk)));

        Assert.Equal(["Errors", "Formats", "Models"], knot);
    }

    [Fact]
    public void Emulator_ByFolder_HasNoMutualPairAndNoKnot()
    {
        Assert.Empty(Dependencies.MutualPairs(DependenciesOf(Emulator)));
        Assert.Empty(Dependencies.Knots(DependenciesOf(Emulator)));
    }

    [Fact]
    public void GenericRooms_OfTheSdk_NameNoOperation()
    {
        var offenders = NamedOperations(_generic);

        Assert.True(offenders.Count == 0, $"Operations in generic rooms:\n{string.Join('\n', offenders)}");
    }

    [Fact]
    public void NamedOperations_InRoomsOfOperations_AreFound()
    {
        Assert.Contains(NamedOperations(["Images"]), offender => offender.EndsWith("uses MultimodalImageGenerationResponse", StringComparison.Ordinal));
    }

    private static Dictionary<string, string[]> TableOf(string project) => project == Sdk ? _sdk : _emulator;

    private static IReadOnlyList<Dependency> DependenciesOf(string project) =>
        _dependencies.GetOrAdd(project, static project => Dependencies.BetweenFolders(SourceProject.Load(project)));

    private static List<string> Offenders(string project, Dictionary<string, string[]> table) =>
        Sorted(DependenciesOf(project).Where(dependency => !table.TryGetValue(dependency.From, out var allowed) || !allowed.Contains(dependency.To)));

    private static List<string> NamedOperations(string[] rooms) =>
        Sorted(DependenciesOf(Sdk).Where(dependency => rooms.Contains(dependency.From) && OperationType().IsMatch(dependency.Type)));

    private static List<string> Sorted(IEnumerable<Dependency> dependencies) =>
        dependencies.Select(dependency => dependency.ToString()).Order(StringComparer.Ordinal).ToList();

    [GeneratedRegex("^(Chat|Audio|Speech|Image|LegacyImage|Multimodal|Input|Model(List|Summary)|Provider|Usage)")]
    private static partial Regex OperationType();
}
