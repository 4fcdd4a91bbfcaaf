using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Orleans.ClusterTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Sdk.Orleans.ClusterTests;

public class FleetRunTests
{
    [Theory]
    [InlineData(InDoubtAction.Report)]
    [InlineData(InDoubtAction.Resend)]
    public async Task SubmitAsync_WithSilosThatAreKilledAndReplaced_ChargesAsTheJobWants(InDoubtAction action)
    {
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(address: emulator.BaseAddress);
        var job = new FleetJob("killed", SampleJobs.Items(2000)) { PartitionSize = 50, PartitionsAtOnce = 10, InDoubt = action };

        var run = await fleet.Fleet.SubmitAsync(job);
        foreach (var share in (int[])[500, 1000])
        {
            await WaitForAsync(() => emulator.Ledger.Count >= share);
            await fleet.ReplaceAsync(fleet.Cluster.Silos.Last());
        }

        var progress = await run.WaitAsync().WaitAsync(TestFleet.Patience);
        var outcomes = await ReadAsync(run);

        Assert.Equal(2000, progress.Finished);
        Assert.Equal(2000, outcomes.Select(outcome => outcome.Id).Distinct().Count());
        Assert.Equal(2000, outcomes.Count);

        // The silos that were killed may have had no partition.
        Assert.InRange(progress.Revivals, 0, 20);
        if (action == InDoubtAction.Report)
        {
            AssertNothingIsChargedTwice(emulator.Ledger, progress, outcomes);
        }
        else
        {
            // A silo that dies in this process ends some of its calls with errors, which are outcomes.
            Assert.InRange(progress.InDoubt, 0, 10);
            Assert.Equal(2000, progress.Done + progress.InDoubt);
        }
    }

    [Fact]
    public async Task SubmitAsync_WithALimiterAndABudget_ExceedsNeither()
    {
        // Two more than the fleet allows: a place of the emulator ends a moment after its response was received.
        await using var emulator = await StartEmulatorAsync(options => options.ConcurrentRequests = 8);
        await using var fleet = await TestFleet.StartAsync(
            configure: options => options.Limits = new FleetLimits(1_000_000, 6),
            address: emulator.BaseAddress,
            services: (services, _) => services.AddCcApi().UseFleetLimiter().UseFleetBudget("tenant"));
        await fleet.Fleet.SetBudgetLimitAsync("tenant", 0.006m);
        var items = Enumerable.Range(0, 600).Select(i => BulkItem.Chat($"item-{i}", new Models.ChatCompletionRequest
        {
            Model = SampleJobs.Model,
            Messages = [Models.ChatMessage.User("Write one sentence.")],
            MaxTokens = 100,
        }));

        var run = await fleet.Fleet.SubmitAsync(new FleetJob("limited", items) { PartitionSize = 50 });
        var progress = await run.WaitAsync().WaitAsync(TestFleet.Patience);

        Assert.Equal(600, progress.Done + progress.NotSent);
        Assert.InRange(progress.NotSent, 1, 599);
        Assert.InRange(emulator.Ledger.Spent, 0.001m, 0.006m);
        Assert.Equal(emulator.Ledger.Spent, progress.Cost);
        Assert.Equal(progress.Done, emulator.Requests.Count(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal)));
        var state = await fleet.Fleet.Budgets.GetStateAsync("tenant");
        Assert.Equal(new BudgetState(0.006m, progress.Cost, 0), state);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SubmitAsync_OfItems_SendsFewMessagesForEach(bool hasLimits)
    {
        const int Items = 200;
        var counter = new CallCounter();
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(
            silos: 1,
            configure: options =>
            {
                options.Limits = new FleetLimits(1_000_000, 64);
                options.LeaseTime = TimeSpan.FromSeconds(15);
            },
            address: emulator.BaseAddress,
            services: (services, _) =>
            {
                services.AddSingleton<global::Orleans.IIncomingGrainCallFilter>(counter);
                if (hasLimits)
                {
                    services.AddCcApi().UseFleetLimiter().UseFleetBudget("tenant");
                }
            });

        // One call at a time shares nothing, 64 share most of it.
        var alone = await RunAsync("alone", partitionsAtOnce: 1, calls: 1);
        var together = await RunAsync("together", partitionsAtOnce: 4, calls: 16);

        // A budget is called to reserve and mark as sent, and to settle, each of which it writes; a partition writes results and states.
        var ofBudget = hasLimits ? 2 * Items : 0;
        Assert.Equal(ofBudget, alone.Budget);
        Assert.InRange(alone.Limiter, ofBudget, 3 * ofBudget / 2);
        Assert.InRange(together.Limiter, ofBudget / 2, 3 * ofBudget / 2);
        Assert.InRange(alone.Writes, (2 * Items) + ofBudget, (2 * Items) + ofBudget + 50);
        Assert.InRange(together.Budget, ofBudget / Items, ofBudget / 2);
        Assert.InRange(together.Writes, 8, alone.Writes / 2);

        async Task<(int Budget, int Limiter, int Writes)> RunAsync(string id, int partitionsAtOnce, int calls)
        {
            var (budget, limiter, writes) = (counter.Of<IBudgetGrain>(), counter.Of<ILimiterGrain>(), fleet.Storage.Writes);
            var job = new FleetJob(id, SampleJobs.Items(Items))
            {
                PartitionSize = 50,
                PartitionsAtOnce = partitionsAtOnce,
                CallsPerPartition = calls,
            };
            var progress = await (await fleet.Fleet.SubmitAsync(job)).WaitAsync().WaitAsync(TestFleet.Patience);
            Assert.Equal(Items, progress.Done);
            (budget, limiter, writes) =
                (counter.Of<IBudgetGrain>() - budget, counter.Of<ILimiterGrain>() - limiter, fleet.Storage.Writes - writes);
            TestContext.Current.TestOutputHelper!.WriteLine($"{id}: {budget} calls of the budget, {limiter} of the limiter, {writes} writes");
            return (budget, limiter, writes);
        }
    }

    [Fact]
    public async Task SubmitAsync_OfAJobThatExists_IsATypedError()
    {
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(silos: 1, address: emulator.BaseAddress);
        var run = await fleet.Fleet.SubmitAsync(new FleetJob("twice", SampleJobs.Items(20)));

        var second = await Assert.ThrowsAsync<FleetException>(() => fleet.Fleet.SubmitAsync(new FleetJob("twice", SampleJobs.Items(20))));

        Assert.Equal(FleetError.JobExists, second.Error);
        await run.WaitAsync().WaitAsync(TestFleet.Patience);
        await run.DeleteAsync();
        var again = await fleet.Fleet.SubmitAsync(new FleetJob("twice", SampleJobs.Items(5)));
        Assert.Equal(5, (await again.WaitAsync().WaitAsync(TestFleet.Patience)).Done);
        Assert.Equal(25, emulator.Ledger.Count);
    }

    [Fact]
    public async Task SubmitAsync_OfTenAtOnce_LetsOneRun()
    {
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(silos: 2, address: emulator.BaseAddress);

        var submissions = Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                return await fleet.Fleet.SubmitAsync(new FleetJob("race", SampleJobs.Items(40)) { PartitionSize = 10 });
            }
            catch (FleetException exception)
            {
                Assert.Equal(FleetError.JobExists, exception.Error);
                return null;
            }
        }).ToList();
        var runs = await Task.WhenAll(submissions);

        var run = Assert.Single(runs, each => each is not null)!;
        var progress = await run.WaitAsync().WaitAsync(TestFleet.Patience);
        Assert.Equal(40, progress.Done);
        Assert.Equal(40, emulator.Ledger.Count);
    }

    [Fact]
    public async Task SubmitAsync_OfItemsThatCannotRun_SendsNothing()
    {
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(silos: 1, address: emulator.BaseAddress);
        var one = SampleJobs.One();
        var request = new Models.ChatCompletionRequest { Model = SampleJobs.Model, Messages = [Models.ChatMessage.User("Hi")] };
        var structured = BulkItem.StructuredOutput("typed", request, SampleJson.Default.Int32);

        await AssertErrorAsync(FleetError.InvalidJob, () => fleet.Fleet.SubmitAsync(new FleetJob("none", SampleJobs.Items(0))));
        await AssertErrorAsync(FleetError.InvalidJob, () => fleet.Fleet.SubmitAsync(new FleetJob("twins", [one, one])));
        await AssertErrorAsync(FleetError.InvalidJob, () => fleet.Fleet.SubmitAsync(new FleetJob("typed", [structured])));
        await AssertErrorAsync(FleetError.InvalidJob, () => fleet.Fleet.SubmitAsync(new FleetJob("null", [null!])));
        await AssertErrorAsync(FleetError.InvalidSetting, () => fleet.Fleet.SubmitAsync(new FleetJob("zero", [one]) { CallsPerPartition = 0 }));
        await AssertErrorAsync(FleetError.JobNotFound, () => fleet.Fleet.GetRun("none").WaitAsync());

        Assert.Equal(0, emulator.Ledger.Count);
    }

    [Fact]
    public async Task StopAsync_OfARun_FinishesWhatIsUnderWayAndReportsTheRest()
    {
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(silos: 1, address: emulator.BaseAddress);
        var run = await fleet.Fleet.SubmitAsync(new FleetJob("stopped", SampleJobs.Items(2000)) { PartitionSize = 100, PartitionsAtOnce = 2 });
        await WaitForAsync(() => emulator.Ledger.Count >= 50);

        await run.StopAsync();
        var progress = await run.WaitAsync().WaitAsync(TestFleet.Patience);

        Assert.Equal(2000, progress.Done + progress.NotSent);
        Assert.InRange(progress.NotSent, 1000, 1950);
        Assert.Equal(emulator.Ledger.Count, progress.Done);
        var outcomes = await ReadAsync(run);
        Assert.Equal(progress.NotSent, outcomes.Count(outcome => outcome.Status == BulkStatus.NotSent && outcome.Error is BulkItemException));
    }

    [Fact]
    public async Task SubmitAsync_ThenAKillOfItsCoordinatorWhileNobodyWatches_IsRevivedByItsReminder()
    {
        await using var emulator = await StartEmulatorAsync(options => options.Latency = TimeSpan.FromMilliseconds(50));
        await using var fleet = await TestFleet.StartAsync(
            configure: options => options.ReminderPeriod = TimeSpan.FromSeconds(2), address: emulator.BaseAddress);
        var job = new FleetJob("alone", SampleJobs.Items(120)) { PartitionSize = 10, PartitionsAtOnce = 2, CallsPerPartition = 2, InDoubt = InDoubtAction.Resend };
        var run = await fleet.Fleet.SubmitAsync(job);

        await fleet.KillHostOfAsync(fleet.Cluster.Client.GetGrain<IJobGrain>("alone"));
        await WaitForAsync(() => SampleJobs.ByItem(emulator.Ledger).Count == 120);

        Assert.Equal(120, (await run.WaitAsync().WaitAsync(TestFleet.Patience)).Done);
        await WaitForAsync(() => fleet.Reminders.Count == 0);
    }

    [Fact]
    public async Task SubmitAsync_WithClocksThatDifferByAMinute_IsAsWithEqualOnes()
    {
        await using var emulator = await StartEmulatorAsync();
        await using var fleet = await TestFleet.StartAsync(
            configure: options => options.Limits = new FleetLimits(1_000_000, 6),
            address: emulator.BaseAddress,
            services: (services, silo) =>
            {
                services.AddSingleton<TimeProvider>(new ShiftedClock(TimeSpan.FromMinutes(silo - 1)));
                services.AddCcApi().UseFleetLimiter();
            });

        var run = await fleet.Fleet.SubmitAsync(new FleetJob("clocks", SampleJobs.Items(300)) { PartitionSize = 20, InDoubt = InDoubtAction.Report });
        await WaitForAsync(() => emulator.Ledger.Count >= 50);
        await fleet.ReplaceAsync(fleet.Cluster.Silos.Last());
        var progress = await run.WaitAsync().WaitAsync(TestFleet.Patience);

        Assert.Equal(300, progress.Done + progress.InDoubt);
        AssertNothingIsChargedTwice(emulator.Ledger, progress, await ReadAsync(run));
    }

    private static void AssertNothingIsChargedTwice(EmulatorLedger ledger, FleetProgress progress, List<BulkOutcome> outcomes)
    {
        var charges = SampleJobs.ByItem(ledger);
        var done = outcomes.Where(outcome => outcome.Status == BulkStatus.Done).ToList();

        Assert.DoesNotContain(charges, each => each.Count() > 1);
        Assert.Equal(progress.Done, done.Count);
        Assert.Equal(progress.InDoubt, outcomes.Count(outcome => outcome.Status == BulkStatus.InDoubt));
        Assert.All(done, outcome => Assert.NotNull(outcome.Text));

        // What is in doubt may have been charged, and nothing else.
        Assert.Equal(progress.Cost, done.Sum(outcome => outcome.Cost));
        Assert.InRange(charges.Count - done.Count, 0, progress.InDoubt);
        Assert.Equal(ledger.Spent - progress.Cost, charges.Sum(each => each.Sum(charge => charge.Credits)) - done.Sum(outcome => outcome.Cost));
    }

    private static Task<CCApiEmulator> StartEmulatorAsync(Action<CCApiEmulatorOptions>? configure = null)
    {
        var options = new CCApiEmulatorOptions { Latency = TimeSpan.FromMilliseconds(10), Credits = 1_000_000, ApiKey = TestFleet.ApiKey };
        configure?.Invoke(options);
        return CCApiEmulator.StartAsync(options);
    }

    private static async Task<List<BulkOutcome>> ReadAsync(FleetRun run)
    {
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        var outcomes = new List<BulkOutcome>();
        await foreach (var outcome in run.ReadResultsAsync(patience.Token))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    private static async Task AssertErrorAsync(FleetError error, Func<Task> action)
    {
        var exception = await Assert.ThrowsAsync<FleetException>(action);
        Assert.Equal(error, exception.Error);
        Assert.NotEmpty(exception.Message);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
