using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using Xunit;

namespace CCApi.Sdk.FaultTests.Budgets;

/// <summary>The ledger of the emulator proves that a budget is a hard limit, and that client and gateway count the same.</summary>
public class BudgetProofTests(ITestOutputHelper output)
{
    private const int Calls = 1_000;

    private static readonly Lazy<Task<decimal>> _priceOfAll = new(PriceOfAllAsync);

    // The gateway gives back what it reports as failed: afterwards everybody knows what was charged.
    private static readonly EmulatorFault[] _clear =
    [
        EmulatorFault.WithStatus(500), EmulatorFault.WithStatus(502), EmulatorFault.WithStatus(503), EmulatorFault.WithStatus(429), EmulatorFault.WithStatus(529),
    ];

    // Charged and kept, and the response is lost: nobody but the gateway knows.
    private static readonly EmulatorFault[] _unclear =
    [
        EmulatorFault.WithStatus(504), EmulatorFault.WithStatus(524), new(EmulatorFaultKind.Reset), new(EmulatorFaultKind.Cut), new(EmulatorFaultKind.Html),
        new(EmulatorFaultKind.Hidden), new(EmulatorFaultKind.Truncated),
    ];

    [Theory]
    [InlineData(17)]
    [InlineData(2026)]
    [InlineData(-1)]
    public async Task Calls_OfEveryKindWithEveryFault_NeverExceedTheBudget(int seed)
    {
        var limit = await _priceOfAll.Value / 10;
        await using var calls = await BudgetCalls.StartAsync();
        calls.Plan(requests: 20_000, share: 0.05, seed, failedJobs: 6, [.. _clear, .. _unclear]);
        var budget = new CCApiBudget(limit);
        using var client = await calls.CreateClientAsync(budget);
        using var metrics = new CostMetrics(calls.Port);

        var most = 0m;
        using var ended = new CancellationTokenSource();
        var watcher = WatchAsync(() => most = Math.Max(most, calls.Ledger.Spent), ended.Token);
        await calls.RunAsync(client, Calls);
        await ended.CancelAsync();
        await watcher;

        var total = client.Costs.GetSnapshot().Total;
        var unknown = total.UnknownAtMost.GetValueOrDefault("USD");
        Report(calls, client, budget, $"seed {seed}, limit {limit}, ledger {calls.Ledger.Spent} (at most {most})");
        Assert.True(most <= limit, $"The ledger had {most} of {limit}.");
        Assert.InRange(calls.Ledger.Spent, total.AmountIn(), budget.Spent);
        Assert.Equal(budget.Spent, total.AmountIn() + unknown);
        Assert.Equal(total.AmountIn(), metrics.Sum);
        Assert.Equal(0m, budget.Reserved);
        Assert.Equal(Calls, calls.Completed + calls.Failed + calls.Rejected);
        Assert.InRange(calls.Rejected, 1, Calls - 1);
        Assert.InRange(calls.Completed, 1, Calls - 1);

        // Much of the budget was spent, and some calls met a fault whose charge nobody but the gateway knows: else it proved little.
        Assert.InRange(budget.Spent, limit / 4, limit);
        Assert.InRange(total.UnknownCharges, 1, Calls);
        Assert.InRange(unknown, 0.0000001m, limit);
        var totals = client.Costs.GetSnapshot();
        foreach (var rows in new[] { totals.ByModel, totals.ByOperation, totals.ByScope, totals.ByTag })
        {
            Assert.Equal(total.AmountIn(), rows.Sum(row => row.AmountIn()));
            Assert.Equal(unknown, rows.Sum(row => row.UnknownAtMost.GetValueOrDefault("USD")));
            Assert.Equal(total.UnknownCharges, rows.Sum(row => row.UnknownCharges));
        }
    }

    [Theory]
    [InlineData(4, 2.0)]
    [InlineData(17, 0.5)]
    [InlineData(2026, 0.5)]
    [InlineData(-1, 0.5)]
    public async Task Calls_WhoseFaultsAreClear_AreCountedAlikeByAll(int seed, double limit)
    {
        var kinds = new[] { "chat", "stream", "typed", "tools", "speech", "streamed speech", "image", "job" };
        await using var calls = await BudgetCalls.StartAsync();
        calls.Plan(requests: 20_000, share: 0.05, seed, failedJobs: 6, _clear);
        var budget = new CCApiBudget((decimal)limit);
        using var client = await calls.CreateClientAsync(budget);
        using var metrics = new CostMetrics(calls.Port);

        await calls.RunAsync(client, Calls, kinds);

        var totals = client.Costs.GetSnapshot();
        Report(calls, client, budget, $"seed {seed}, ledger {calls.Ledger.Spent}, metric {metrics.Sum}");
        Assert.InRange(calls.Ledger.Spent, 0, budget.Limit);
        Assert.Equal(calls.Ledger.Spent, totals.Total.AmountIn());
        Assert.Equal(calls.Ledger.Spent, budget.Spent);
        Assert.Equal(calls.Ledger.Spent, metrics.Sum);
        Assert.Equal((0L, 0m), (totals.Total.UnknownCharges, budget.Reserved));
        Assert.Equal(totals.Total.AmountIn(), totals.ByModel.Sum(row => row.AmountIn()));
        Assert.Equal(totals.Total.AmountIn(), totals.ByOperation.Sum(row => row.AmountIn()));
        Assert.Equal(totals.Total.AmountIn(), totals.ByScope.Sum(row => row.AmountIn()));
        Assert.Equal(totals.Total.AmountIn(), totals.ByTag.Sum(row => row.AmountIn()));
        Assert.All(calls.Ledger.Charges.Where(charge => !charge.IsRefunded).GroupBy(charge => charge.Model), group =>
            Assert.Equal(group.Sum(charge => charge.Credits), totals.ByModel.Single(row => row.Name == group.Key).AmountIn()));
    }

    private static async Task<decimal> PriceOfAllAsync()
    {
        await using var calls = await BudgetCalls.StartAsync();
        using var client = await calls.CreateClientAsync(budget: null);
        await calls.RunAsync(client, Calls);
        return calls.Ledger.Spent;
    }

    private static async Task WatchAsync(Action look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                look();
            }
        }
        catch (OperationCanceledException)
        {
            look();
        }
    }

    private void Report(BudgetCalls calls, CCApiClient client, CCApiBudget budget, string text)
    {
        output.WriteLine($"{text}; budget {budget}; {calls.Completed} completed, {calls.Failed} failed, {calls.Rejected} rejected");
        output.WriteLine(client.Costs.ToString());
    }
}
