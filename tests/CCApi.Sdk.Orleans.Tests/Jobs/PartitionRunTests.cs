using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Orleans.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Storage;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Jobs;

public class PartitionRunTests
{
    // Long enough for a machine that others keep busy.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private static readonly GrainId _grain = GrainId.Create("partition", "0/job");

    private readonly SharedStorage _storage = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task RunAsync_OfItems_SendsEachOnceAndStoresItsResult()
    {
        var sender = new FakeSender();

        await RunAsync(sender, items: 25);

        Assert.Equal(Enumerable.Range(0, 25), sender.Sent.Order());
        var ledger = await OpenAsync(25);
        Assert.Equal(25, ledger.Book.Count(FleetItemState.Done));
        Assert.Equal(12.5m, ledger.Cost);
        Assert.Equal(25, (await ResultsOfAsync(ledger)).Select(result => result.Index).Distinct().Count());
    }

    [Fact]
    public async Task RunAsync_OfAnItem_StoresThatItIsSentBeforeItIs()
    {
        var stored = new List<byte>();
        var sender = new FakeSender(async (index, _) =>
        {
            var ledger = await OpenAsync(10);
            lock (stored)
            {
                stored.Add(ledger.Book.ToBytes()[index]);
            }

            return FakeSender.Done(index);
        });

        await RunAsync(sender, items: 10);

        Assert.Equal(10, stored.Count);
        Assert.All(stored, state => Assert.Equal((byte)FleetItemState.Sent, state));
    }

    [Fact]
    public async Task RunAsync_AfterAnActivationThatDied_ListsWhatWasSentAndSendsTheRest()
    {
        var never = new TaskCompletionSource<ResultRecord>();
        var dead = new FakeSender((index, _) => index < 5 ? Task.FromResult(FakeSender.Done(index)) : never.Task);
        using var died = new CancellationTokenSource();
        var dying = RunAsync(dead, items: 20, abort: died.Token);
        await WaitForAsync(() => dead.Sent.Count == 9);

        // It is not aborted: as a killed process, it writes nothing more. What follows reads what it has stored.
        var sender = new FakeSender();
        await RunAsync(sender, items: 20, isRevival: true);

        Assert.Equal(Enumerable.Range(9, 11), sender.Sent.Order());
        var ledger = await OpenAsync(20);
        Assert.Equal(16, ledger.Book.Count(FleetItemState.Done));
        Assert.Equal(4, ledger.Book.Count(FleetItemState.Lost));
        Assert.Equal(1, ledger.Revivals);

        // The one that was only suspended notices that it was replaced, and sends nothing more.
        never.SetResult(FakeSender.Done(5));
        await Assert.ThrowsAsync<InconsistentStateException>(() => dying);
        Assert.Equal(9, dead.Sent.Count);
    }

    [Fact]
    public async Task RunAsync_AfterACrashBetweenResultsAndStates_FindsTheResults()
    {
        var store = new GrainStore(_storage, _grain);
        var states = new StoredState<PartitionState> { Value = new PartitionState { States = [1, 1, 0] } };
        await store.WriteAsync("state", states);
        var chunk = new StoredState<ResultChunk> { Value = new ResultChunk { Results = [FakeSender.Done(0)] } };
        await store.WriteAsync("results-0", chunk);
        var sender = new FakeSender();

        await RunAsync(sender, items: 3, isRevival: true);

        var ledger = await OpenAsync(3);
        Assert.Equal([3, 7, 3], ledger.Book.ToBytes());
        Assert.Equal(1, ledger.Cost);
        Assert.Equal([2], sender.Sent);
    }

    [Fact]
    public async Task RunAsync_WhileTheStorageFails_SendsNothingAndLosesNothing()
    {
        var sender = new FakeSender((index, _) =>
        {
            _storage.Fail(operations: 3);
            return Task.FromResult(FakeSender.Done(index));
        });
        var run = RunAsync(sender, items: 8);

        await AdvanceUntilAsync(run);

        var ledger = await OpenAsync(8);
        Assert.Equal(8, ledger.Book.Count(FleetItemState.Done));
        Assert.Equal(8, sender.Sent.Count);
    }

    [Fact]
    public async Task RunAsync_OfErrorsThatMayPass_SendsAgainAfterADelay()
    {
        var failures = 0;
        var sender = new FakeSender((index, _) => Interlocked.Increment(ref failures) <= 2
            ? Task.FromException<ResultRecord>(new CCApiServerException("busy") { IsTransient = true })
            : Task.FromResult(FakeSender.Done(index)));

        await AdvanceUntilAsync(RunAsync(sender, items: 1));

        Assert.Equal([0, 0, 0], sender.Sent);
        Assert.Equal(1, (await OpenAsync(1)).Book.Count(FleetItemState.Done));
    }

    [Fact]
    public async Task RunAsync_OfErrorsThatStay_IsOneOutcomeForEach()
    {
        var sender = new FakeSender((index, _) => Task.FromException<ResultRecord>(index switch
        {
            0 => new CCApiBadRequestException("wrong"),
            1 => new CCApiTimeoutException("late") { IsTransient = true, Cost = new CCApiCost() },
            2 => new CCApiServerException("busy") { IsTransient = true },
            3 => new InvalidOperationException("of a handler"),
            _ => new CCApiBudgetExceededException("used up"),
        }));

        await AdvanceUntilAsync(RunAsync(sender, items: 5));

        Assert.Equal([4, 5, 4, 5, 6], (await OpenAsync(5)).Book.ToBytes());
        Assert.Equal(3, sender.Sent.Count(index => index == 2));
    }

    [Fact]
    public async Task RunAsync_OfA429_HoldsThePartitionBackForItsRetryAfter()
    {
        var isLimited = true;
        var sender = new FakeSender((index, _) =>
        {
            var limited = isLimited;
            isLimited = false;
            return limited
                ? Task.FromException<ResultRecord>(new CCApiRateLimitException("slow down") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(30) })
                : Task.FromResult(FakeSender.Done(index));
        });
        var run = RunAsync(sender, items: 6, calls: 1);
        await WaitForAsync(() => sender.Sent.Count == 1);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(sender.Sent);
        await AdvanceUntilAsync(run);

        Assert.Equal(6, (await OpenAsync(6)).Book.Count(FleetItemState.Done));
    }

    [Fact]
    public async Task RunAsync_OfAnImageJobWhoseSiloDied_WaitsForTheSameJob()
    {
        var never = new TaskCompletionSource<ResultRecord>();
        var dead = new FakeSender(async (_, save) =>
        {
            await save("job-7");
            return await never.Task;
        });
        _ = RunAsync(dead, items: 1);
        await WaitForAsync(async () => (await OpenAsync(1)).Book.Count(FleetItemState.Job) == 1);
        var sender = new FakeSender();

        await RunAsync(sender, items: 1, isRevival: true);

        Assert.Equal(["job-7"], sender.JobIds);
        Assert.Equal(1, (await OpenAsync(1)).Book.Count(FleetItemState.Done));
    }

    [Fact]
    public async Task RunAsync_WhenStopped_FinishesWhatIsUnderWay()
    {
        var gate = new TaskCompletionSource();
        var sender = new FakeSender(async (index, _) =>
        {
            await gate.Task;
            return FakeSender.Done(index);
        });
        using var stop = new CancellationTokenSource();
        var run = RunAsync(sender, items: 10, stop: stop.Token);
        await WaitForAsync(() => sender.Sent.Count == 4);

        await stop.CancelAsync();
        gate.SetResult();
        await run;

        Assert.Equal(4, sender.Sent.Count);
        var ledger = await OpenAsync(10);
        Assert.Equal((4, 6), (ledger.Book.Count(FleetItemState.Done), ledger.Book.Count(FleetItemState.Pending)));
    }

    /// <summary>Runs on one scheduler, as a grain does.</summary>
    private Task RunAsync(
        FakeSender sender, int items, bool isRevival = false, int calls = 4, CancellationToken stop = default, CancellationToken abort = default)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        return Task.Factory.StartNew(RunOnSchedulerAsync, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();

        async Task RunOnSchedulerAsync()
        {
            var input = new PartitionInput
            {
                Settings = new JobSettings { CallsPerPartition = calls, MaxRounds = 3, RoundDelay = TimeSpan.FromSeconds(1), InDoubt = (int)InDoubtAction.LookUp },
                Items = Enumerable.Range(0, items).Select(i => new ItemRecord { Id = $"item-{i}", Kind = 1 }).ToList(),
            };
            var ledger = await OpenAsync(items, abort);
            await new PartitionRun(input, ledger, sender, _time).RunAsync(isRevival, stop, abort);
        }
    }

    private Task<PartitionLedger> OpenAsync(int items, CancellationToken closed = default) =>
        PartitionLedger.OpenAsync(new GrainStore(_storage, _grain), items, _time, closed);

    private static async Task<List<ResultRecord>> ResultsOfAsync(PartitionLedger ledger)
    {
        var results = new List<ResultRecord>();
        for (var i = 0; i < ledger.Chunks; i++)
        {
            results.AddRange(await ledger.ReadChunkAsync(i));
        }

        return results;
    }

    private async Task AdvanceUntilAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(run, Task.Delay(1));
        }

        await run;
    }

    private static Task WaitForAsync(Func<bool> condition) => WaitForAsync(() => Task.FromResult(condition()));

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (!await condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
