using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Measure;
using Xunit;

namespace CCApi.Sdk.ArchitectureTests;

/// <summary>The architecture: each folder may use the folders of its row, and no others.</summary>
public class FolderArrowTests
{
    private static readonly Dictionary<string, string[]> _emulator = new(StringComparer.Ordinal)
    {
        ["."] = ["Server", "Control", "Scripts", "Requests", "Webhooks", "Media", "Faults", "Billing", "Options"],
        ["Server"] =
        [
            "Control", "Cassettes", "Catalog", "Chat", "Speech", "Images", "Webhooks", "Media", "Billing", "Scripts", "Requests", "Http", "Faults", "Options",
        ],
        ["Cassettes"] = ["Requests", "Http", "Options"],
        ["Control"] = ["Scripts", "Requests", "Billing", "Http", "Faults"],
        ["Images"] = ["Catalog", "Webhooks", "Media", "Billing", "Scripts", "Http", "Faults", "Options"],
        ["Speech"] = ["Catalog", "Media", "Billing", "Scripts", "Http", "Faults"],
        ["Chat"] = ["Catalog", "Billing", "Scripts", "Http", "Faults"],
        ["Scripts"] = ["Requests", "Http", "Faults"],
        ["Requests"] = [],
        ["Catalog"] = ["Http"],
        ["Webhooks"] = ["Options"],
        ["Media"] = ["Http", "Options"],
        ["Faults"] = [],
        ["Billing"] = [],
        ["Http"] = ["Billing", "Faults"],
        ["Options"] = [],
    };

    [Fact]
    public void Emulator_ByFolder_UsesOnlyWhatItsRowAllows() => Check("src/CCApi.Emulator", _emulator);

    [Fact]
    public void Check_ArrowThatNoRowAllows_IsFound()
    {
        var table = new Dictionary<string, string[]>(_emulator, StringComparer.Ordinal) { ["Chat"] = ["Catalog", "Billing", "Scripts", "Faults"] };

        var offenders = Offenders("src/CCApi.Emulator", table);

        Assert.Contains(offenders, offender => offender.StartsWith("Chat -> Http: Chat/ChatOperation.cs(", StringComparison.Ordinal));
    }

    private static void Check(string project, Dictionary<string, string[]> table)
    {
        var offenders = Offenders(project, table);

        Assert.True(offenders.Count == 0, $"Arrows that the table does not allow:\n{string.Join('\n', offenders)}");
    }

    private static List<string> Offenders(string project, Dictionary<string, string[]> table) =>
        Dependencies.BetweenFolders(SourceProject.Load(project))
            .Where(dependency => !table.TryGetValue(dependency.From, out var allowed) || !allowed.Contains(dependency.To))
            .Select(dependency => dependency.ToString())
            .Order(StringComparer.Ordinal)
            .ToList();
}
