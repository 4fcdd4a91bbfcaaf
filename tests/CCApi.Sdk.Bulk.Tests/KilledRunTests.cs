using System.Threading.Tasks;
using CCApi.Sdk.Bulk.App;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests;

/// <summary>A process that is killed (SIGKILL) twice and resumed. <c>tests/bulk.sh</c> does the same with 10,000 items.</summary>
public class KilledRunTests
{
    [Fact]
    public async Task Run_KilledTwice_SendsNothingTwiceAndListsWhatIsInDoubt()
    {
        var report = await KillProof.MeasureAsync(count: 400, concurrency: 8, InDoubtAction.Report);

        Assert.Equal((400, 400), (report.Outcomes, report.Lines));
        Assert.Equal(0, report.Doubles);
        Assert.Equal(400, report.Done + report.InDoubt);
        Assert.InRange(report.InDoubt, 0, 2 * 8);
        Assert.True(report.IsLedgerEqual, report.ToString());
    }

    [Fact]
    public async Task Run_WithABudgetKilledTwice_IsNeverChargedMore()
    {
        var report = await BudgetProof.MeasureAsync(count: 400, concurrency: 8);

        Assert.True(report.MostCharged <= report.Limit, report.ToString());
        Assert.InRange(report.Counted, report.Charged, report.Limit);
        Assert.True(report is { Done: > 0, NotSent: > 0, Doubles: > 0 }, report.ToString());
    }
}
