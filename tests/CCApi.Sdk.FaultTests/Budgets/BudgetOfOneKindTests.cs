using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.FaultTests.Budgets;

/// <summary>A budget is filled by calls of each kind alone.</summary>
public class BudgetOfOneKindTests
{
    [Theory]
    [InlineData("chat")]
    [InlineData("stream")]
    [InlineData("speech")]
    [InlineData("streamed speech")]
    [InlineData("image")]
    [InlineData("job")]
    public async Task Calls_OfOneKind_FillABudgetOfTheirPriceAndNoMore(string kind)
    {
        await using var calls = await BudgetCalls.StartAsync();
        using var free = await calls.CreateClientAsync(budget: null);
        await calls.RunAsync(free, 10, kind);
        var budget = new CCApiBudget(calls.Ledger.Spent * 2);
        var before = calls.Ledger.Spent;
        using var client = await calls.CreateClientAsync(budget);

        await calls.RunAsync(client, 100, kind);

        Assert.InRange(calls.Ledger.Spent - before, 0.0000001m, budget.Limit);
        Assert.Equal(calls.Ledger.Spent - before, budget.Spent);
        Assert.Equal(0m, budget.Reserved);
        Assert.True(calls.Rejected > 0);
    }
}
