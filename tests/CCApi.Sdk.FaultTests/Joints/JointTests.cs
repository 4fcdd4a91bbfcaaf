using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>Every cell of the joint tables, over real sockets. One class for each table, so that they run at the same time.</summary>
public abstract class JointTests(JointResults results)
{
    // A cell that hangs is a failure and not the end of the run.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _patienceWithKnownFailures = TimeSpan.FromSeconds(1);

    protected static IEnumerable<TheoryDataRow<string, JointCall>> CellsOf(string table) =>
        from cell in JointTable.Groups.First(one => one.Name == table).Cells.Keys
        where JointTable.ReasonOf(cell.Scenario, cell.Call) is null
        select new TheoryDataRow<string, JointCall>(cell.Scenario, cell.Call);

    protected async Task RunAsync(string scenario, JointCall call)
    {
        var isKnown = JointFailures.Known.Contains((scenario, call));
        using var run = new JointRun(call, JointScenarios.Of(scenario));

        var actual = await run.RunAsync(isKnown ? _patienceWithKnownFailures : _patience);

        results.Keep(scenario, call, actual);
        if (isKnown)
        {
            Assert.True(actual != JointTable.Of(scenario, call), "This cell passes now: run tests/joints.sh, which removes it from the known failures, and commit.");
            return;
        }

        Assert.Equal(JointTable.Of(scenario, call), actual);
    }
}

public class JointCancellationTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Cancellation");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointBudgetTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Time budgets");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointDisposeTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Dispose");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointKeyTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Keys and headers");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointFailoverTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Failover to another model");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointHiddenErrorTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Errors hidden in a response");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointEarlyCloseTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("The gateway closes early");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}

public class JointHeartbeatTests(JointResults results) : JointTests(results)
{
    public static IEnumerable<TheoryDataRow<string, JointCall>> Cells() => CellsOf("Heartbeats and proxies");

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Scenario_OfCall_IsAsExpected(string scenario, JointCall call) => RunAsync(scenario, call);
}
