using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests;

/// <summary>Runs with a budget. Each call of the fake gateway costs 0.25 dollars.</summary>
public sealed class BulkBudgetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Ledger => _folder.At("run.ledger");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task RunAsync_WithABudget_SendsNothingThatDoesNotFit(int concurrency)
    {
        var gateway = FakeGateway.Good();
        var budget = Budget(1m);

        var outcomes = await RunAsync(gateway, budget, options => options.InitialConcurrency = concurrency, "a", "b", "c", "d", "e", "f");

        Assert.Equal((4, 2), (Count(outcomes, BulkStatus.Done), Count(outcomes, BulkStatus.NotSent)));
        Assert.Equal((4, 1m, 0m), (gateway.Sent.Count, budget.Spent, budget.Reserved));
        Assert.All(outcomes.Where(outcome => outcome.Status == BulkStatus.NotSent), outcome =>
        {
            Assert.Equal("run", Assert.IsType<CCApiBudgetExceededException>(outcome.Error).BudgetOf);
            Assert.Equal(0, outcome.Sendings);
        });
    }

    [Fact]
    public async Task RunAsync_WhoseReservationsExceedTheCosts_WaitsForThemAndSendsMore()
    {
        var gateway = FakeGateway.Good();
        var budget = Budget(1m, reservation: 0.5m);

        var outcomes = await RunAsync(gateway, budget, "a", "b", "c", "d");

        // Two fit at once; a third when they are settled, and 0.25 is left.
        Assert.Equal((3, 1), (Count(outcomes, BulkStatus.Done), Count(outcomes, BulkStatus.NotSent)));
        Assert.Equal(0.75m, budget.Spent);
    }

    [Fact]
    public async Task RunAsync_Resumed_CountsWhatEarlierRunsCost()
    {
        var gateway = FakeGateway.Good();
        await RunAsync(gateway, Budget(1m), "a", "b", "c");
        var budget = Budget(1m);

        var outcomes = await RunAsync(gateway, budget, "a", "b", "c", "d", "e");

        Assert.Equal((4, 1), (Count(outcomes, BulkStatus.Done), Count(outcomes, BulkStatus.NotSent)));
        Assert.Equal((4, 1m), (gateway.Sent.Count, budget.Spent));
    }

    [Fact]
    public async Task RunAsync_ResumedWithTheSameBudget_CountsNothingTwice()
    {
        var gateway = FakeGateway.Good();
        var budget = Budget(1m);
        await RunAsync(gateway, budget, "a", "b");
        await RunAsync(gateway, Budget(1m), "a", "b", "c");

        var outcomes = await RunAsync(gateway, budget, "a", "b", "c", "d", "e");

        Assert.Equal((4, 1), (Count(outcomes, BulkStatus.Done), Count(outcomes, BulkStatus.NotSent)));
        Assert.Equal(1m, budget.Spent);
    }

    [Fact]
    public async Task RunAsync_ResumedWithABudgetOfAStore_CountsWhatTheStoreHas()
    {
        var gateway = FakeGateway.Good();
        var memory = new InMemoryBudgetStore();
        memory.SetLimit("tenant-42", 1m);
        CCApiBudget New() => new(new Shared(memory), "tenant-42") { UnknownPriceReservation = 0.25m };
        await RunAsync(gateway, New(), "a", "b");

        await RunAsync(gateway, New(), "a", "b", "c");

        Assert.Equal(0.75m, memory.GetState("tenant-42").Spent);
    }

    [Fact]
    public async Task RunAsync_ResumedAfterItWasCanceled_CountsWhatIsInDoubtInFull()
    {
        var gateway = FakeGateway.Good();
        await CancelAsync(gateway, Budget(1m, reservation: 0.5m));
        var budget = Budget(1m, reservation: 0.5m);

        var outcomes = await RunAsync(gateway, budget, "slow", "b", "c");

        var byId = outcomes.ToDictionary(outcome => outcome.Id, outcome => outcome.Status);
        Assert.Equal(BulkStatus.InDoubt, byId["slow"]);
        Assert.Equal((1, 1), (Count(outcomes, BulkStatus.Done), Count(outcomes, BulkStatus.NotSent)));
        Assert.Equal(0.75m, budget.Spent);
        Assert.Equal([0.5m, 0.25m], BulkLedger.Read(Ledger).Select(entry => entry.Charge).OrderDescending());
    }

    [Fact]
    public async Task RunAsync_ThatResends_CountsBothSendings()
    {
        var gateway = FakeGateway.Good();
        await CancelAsync(gateway, Budget(1m, reservation: 0.5m));
        var budget = Budget(1m, reservation: 0.5m);

        await RunAsync(gateway, budget, options => options.InDoubt = InDoubtAction.Resend, "slow");
        var next = Budget(1m, reservation: 0.5m);
        await RunAsync(gateway, next, "slow");

        Assert.Equal((0.75m, 0.75m), (budget.Spent, next.Spent));
    }

    [Fact]
    public async Task RunAsync_ResumedAfterARunWithoutABudget_CountsItsCosts()
    {
        var gateway = FakeGateway.Good();
        await CancelAsync(gateway, budget: null);
        await RunAsync(gateway, budget: null, "b");
        var budget = Budget(1m, reservation: 0.25m);

        await RunAsync(gateway, budget, "slow", "b", "c");

        // What is in doubt counts as a call of unknown price, because nobody reserved anything for it.
        Assert.Equal(0.75m, budget.Spent);
    }

    [Fact]
    public async Task RunAsync_OfErrorsThatPass_ReservesEachRoundAnew()
    {
        var gateway = new FakeGateway((_, call) => call < 3 ? FakeGateway.Json(503, FakeGateway.Busy) : null);
        var budget = Budget(0.25m);

        var outcome = Assert.Single(await RunAsync(gateway, budget, options => options.RoundDelay = TimeSpan.Zero, "a"));

        Assert.Equal((BulkStatus.Done, 3, 0.25m), (outcome.Status, outcome.Sendings, budget.Spent));
    }

    [Fact]
    public async Task RunAsync_WithABudgetOfTheClient_DoesNotSendWhatDoesNotFit()
    {
        var gateway = FakeGateway.Good();
        var budget = Budget(0.5m);
        using var client = gateway.Client(options => options.Budget = budget);

        var outcomes = await new BulkRunner(client, Options(budget: null)).RunAsync(Runs.Items("a", "b", "c", "d")).ToListAsync();
        budget = Budget(1m);
        using var richer = gateway.Client(options => options.Budget = budget);
        var resumed = await new BulkRunner(richer, Options(budget: null)).RunAsync(Runs.Items("a", "b", "c", "d")).ToListAsync();

        Assert.Equal((2, 2), (Count(outcomes, BulkStatus.Done), Count(outcomes, BulkStatus.NotSent)));
        Assert.Equal((4, 4), (Count(resumed, BulkStatus.Done), gateway.Sent.Count));
    }

    [Fact]
    public async Task RunAsync_OfAnUnknownPrice_SendsNothingAndStatesTheFix()
    {
        var gateway = FakeGateway.Good();

        var outcome = Assert.Single(await RunAsync(gateway, new CCApiBudget(1m), "a"));

        Assert.Equal(BulkStatus.NotSent, outcome.Status);
        Assert.Contains("the catalog does not list m", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Sent);
    }

    [Fact]
    public async Task RunAsync_OfALimitOf0_SendsNothing()
    {
        var gateway = FakeGateway.Good();

        var outcomes = await RunAsync(gateway, Budget(0m), "a", "b");

        Assert.Equal(2, Count(outcomes, BulkStatus.NotSent));
        Assert.Empty(gateway.Sent);
    }

    [Fact]
    public async Task RunAsync_WithABudgetOfAnotherCurrency_NamesBoth()
    {
        var gateway = FakeGateway.Good();
        await RunAsync(gateway, Budget(1m), "a");
        var budget = new CCApiBudget(100m, "credits") { UnknownPriceReservation = 1m };

        var exception = await Assert.ThrowsAsync<BulkLedgerException>(() => RunAsync(gateway, budget, "a", "b"));

        Assert.Equal(BulkLedgerError.OtherCurrency, exception.Error);
        Assert.Equal(
            $"The ledger {Ledger} counts in USD, and the budget in credits: resume it with a budget in USD.", exception.Message);
    }

    [Fact]
    public async Task RunAsync_WhoseLedgerFailsBeforeACallLeaves_DoesNotSendIt()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        var ledger = LedgerWriter.Open(Ledger);
        await ledger.RunAsync(file => file.Execute("CREATE TRIGGER full BEFORE INSERT ON item BEGIN SELECT RAISE(ABORT, 'full'); END"));
        await ledger.DisposeAsync();

        await Assert.ThrowsAsync<BulkLedgerException>(() => RunAsync(gateway, Budget(1m), "a"));

        Assert.Empty(gateway.Sent);
    }

    private static CCApiBudget Budget(decimal limit, decimal reservation = 0.25m) =>
        new(limit) { UnknownPriceReservation = reservation };

    private static int Count(IEnumerable<BulkOutcome> outcomes, BulkStatus status) => outcomes.Count(outcome => outcome.Status == status);

    private BulkOptions Options(CCApiBudget? budget) => new() { LedgerPath = Ledger, Budget = budget };

    private Task<List<BulkOutcome>> RunAsync(FakeGateway gateway, CCApiBudget? budget, params string[] ids) =>
        RunAsync(gateway, budget, _ => { }, ids);

    private async Task<List<BulkOutcome>> RunAsync(
        FakeGateway gateway, CCApiBudget? budget, Action<BulkOptions> configure, params string[] ids)
    {
        using var client = gateway.Client();
        var options = Options(budget);
        configure(options);
        return await new BulkRunner(client, options).RunAsync(Runs.Items(ids)).ToListAsync();
    }

    /// <summary>A run that is canceled when its only item, <c>slow</c>, is under way.</summary>
    private async Task CancelAsync(FakeGateway gateway, CCApiBudget? budget)
    {
        using var cancellation = new CancellationTokenSource();
        var underWay = new TaskCompletionSource();
        gateway.Hangs = prompt => prompt == "slow" && underWay.TrySetResult();
        using var client = gateway.Client();
        var run = new BulkRunner(client, Options(budget)).RunAsync(Runs.Items("slow"), cancellationToken: cancellation.Token).ToListAsync();
        await underWay.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        gateway.Hangs = _ => false;
    }

    /// <summary>A store that is not the one of this process.</summary>
    private sealed class Shared(InMemoryBudgetStore store) : IBudgetStore
    {
        public ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken) =>
            store.ReserveAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken) =>
            store.MarkSentAsync(scope, reservationId, cancellationToken);

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken) =>
            store.SettleAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken) => new(store.GetState(scope));
    }
}
