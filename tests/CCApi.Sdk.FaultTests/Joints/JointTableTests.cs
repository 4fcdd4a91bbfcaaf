using System;
using System.IO;
using System.Linq;
using CCApi.Sdk.FaultTests.Support;
using Xunit;

namespace CCApi.Sdk.FaultTests.Joints;

public class JointTableTests
{
    [Fact]
    public void EveryScenario_IsInOneTable() =>
        Assert.Equal(JointScenarios.Names.Order(StringComparer.Ordinal), JointTable.Groups.SelectMany(group => group.Scenarios).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryCell_HasAnExpectationOrAReason() =>
        Assert.All(JointTable.Groups, group =>
        {
            Assert.Equal(group.Scenarios.Length * Enum.GetValues<JointCall>().Length, group.Cells.Count);
            Assert.All(group.Cells, cell => Assert.True(
                JointTable.ReasonOf(cell.Key.Scenario, cell.Key.Call) is { } reason ? JointTable.Reasons.ContainsKey(reason) : Expectation.Parse(cell.Value).Outcome.Length > 0));
        });

    [Fact]
    public void EveryKnownFailure_IsOneOfThoseFoundBefore() => Assert.Subset(JointFailures.Before.ToHashSet(), JointFailures.Known.ToHashSet());

    [Fact]
    public void ThePage_IsWhatTheTablesSay()
    {
        var page = File.ReadAllText(Path.Combine(FaultWorld.Root, "docs", "joints.md"));
        var passing = JointTable.Groups.SelectMany(group => group.Cells).Where(cell => !JointFailures.Known.Contains(cell.Key)).ToDictionary(cell => cell.Key, cell => cell.Value);

        Assert.True(page == JointDocument.Write(passing), "docs/joints.md is not what the tables say: run tests/joints.sh, which runs every cell and writes it.");
    }
}
