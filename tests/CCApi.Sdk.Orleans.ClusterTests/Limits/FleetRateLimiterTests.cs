using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Orleans.ClusterTests.Support;
using Xunit;

namespace CCApi.Sdk.Orleans.ClusterTests.Limits;

public class FleetRateLimiterTests
{
    private static readonly FleetLimits _plenty = new(1_000_000, 3);

    [Fact]
    public async Task AcquireAsync_OfTwoProcesses_IsAtMostTheConcurrencyOfBoth()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 2, options => options.Limits = _plenty);
        var limiters = new[] { NewProcess(fleet), NewProcess(fleet) };
        var gauge = new Gauge();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => UseAsync(limiters[i % 2], gauge)));

        Assert.Equal(3, gauge.Most);
        Assert.Equal(200, gauge.Count);
        await WaitForAsync(fleet, state => state is { UnderWay: 0, Waiting: 0 });
    }

    [Fact]
    public async Task AcquireAsync_OfNoPermit_IsGrantedWithoutAPlace()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1, options => options.Limits = new FleetLimits(1_000_000, 1));
        var limiter = NewProcess(fleet);
        using var held = await AcquireAsync(limiter);

        using var none = await limiter.AcquireAsync(0).AsTask().WaitAsync(TestFleet.Patience);

        Assert.True(none.IsAcquired);
        Assert.False(limiter.AttemptAcquire(0).IsAcquired);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => limiter.AcquireAsync(2).AsTask());
    }

    [Fact]
    public async Task AcquireAsync_BeyondItsLeaseTime_KeepsTheLeaseByRenewingIt()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1, options => options.Limits = new FleetLimits(1_000_000, 1));
        var limiter = NewProcess(fleet);
        var lease = await AcquireAsync(limiter);
        using var other = new CancellationTokenSource();

        var waiting = NewProcess(fleet).AcquireAsync(1, other.Token).AsTask();
        var isGranted = await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(2.5))) == waiting;

        Assert.False(isGranted);
        lease.Dispose();
        (await waiting.WaitAsync(TestFleet.Patience)).Dispose();
    }

    [Fact]
    public async Task AcquireAsync_AfterAHolderDied_GetsItsPlaceWhenTheLeaseExpires()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1, options => options.Limits = new FleetLimits(1_000_000, 1));
        var dead = NewProcess(fleet);
        await AcquireAsync(dead);

        // It renews nothing any more.
        await dead.DisposeAsync();
        using var lease = await AcquireAsync(NewProcess(fleet));

        Assert.True(lease.IsAcquired);
    }

    [Fact]
    public async Task AcquireAsync_ThatIsCanceled_LeavesNothing()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1, options => options.Limits = new FleetLimits(1_000_000, 1));
        var limiter = NewProcess(fleet);
        var lease = await AcquireAsync(limiter);
        using var canceled = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 50).Select(_ => limiter.AcquireAsync(1, canceled.Token).AsTask()).ToList();
        await WaitForAsync(fleet, state => state.Waiting == 50);

        await canceled.CancelAsync();

        foreach (var each in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        }

        lease.Dispose();
        await WaitForAsync(fleet, state => state is { UnderWay: 0, Waiting: 0 });
    }

    [Fact]
    public async Task AcquireAsync_WhileTheSiloOfTheLimiterDies_IsNeverOverTheConcurrency()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 3, options => options.Limits = _plenty);
        var limiters = new[] { NewProcess(fleet), NewProcess(fleet) };
        var gauge = new Gauge();
        using var stop = new CancellationTokenSource();
        var users = Enumerable.Range(0, 12).Select(i => UseUntilAsync(limiters[i % 2], gauge, stop.Token)).ToList();
        await gauge.WaitForAsync(50);

        for (var kill = 0; kill < 2; kill++)
        {
            await fleet.KillHostOfAsync(GrainOf(fleet));
            await gauge.WaitForAsync(gauge.Count + 50);
        }

        await stop.CancelAsync();
        await Task.WhenAll(users);
        Assert.Equal(3, gauge.Most);
    }

    [Fact]
    public async Task AcquireAsync_OfAFleetThatGrantedNothingYet_WaitsForNoLeaseTime()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1, options =>
        {
            options.Limits = _plenty;
            options.LeaseTime = TimeSpan.FromSeconds(60);
        });
        var clock = Stopwatch.StartNew();

        using var lease = await AcquireAsync(NewProcess(fleet));

        Assert.True(lease.IsAcquired);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task AcquireAsync_AfterALimiterThatGranted_WaitsForOneLeaseTime()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 2, options =>
        {
            options.Limits = _plenty;
            options.LeaseTime = TimeSpan.FromSeconds(3);
        });
        (await AcquireAsync(NewProcess(fleet))).Dispose();
        await fleet.KillHostOfAsync(GrainOf(fleet));
        var clock = Stopwatch.StartNew();

        using var lease = await AcquireAsync(NewProcess(fleet));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(2.9), TestFleet.Patience);
    }

    [Fact]
    public async Task AcquireAsync_WhileTheStorageFails_WaitsForIt()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1, options => options.Limits = _plenty);
        fleet.Storage.Fail(operations: 3);

        using var lease = await AcquireAsync(NewProcess(fleet));

        Assert.True(lease.IsAcquired);
        Assert.Equal(1, fleet.Storage.Writes);
    }

    [Fact]
    public async Task AttemptAcquire_Always_Rejects()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var limiter = NewProcess(fleet);

        using var lease = limiter.AttemptAcquire();

        Assert.False(lease.IsAcquired);
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(2));
        Assert.Equal(1, limiter.GetStatistics()!.TotalFailedLeases);
    }

    private static RateLimiter NewProcess(TestFleet fleet) => new CCApiFleet(fleet.Cluster.Client).GetRateLimiter();

    private static ILimiterGrain GrainOf(TestFleet fleet) => fleet.Cluster.Client.GetGrain<ILimiterGrain>("default");

    private static Task<RateLimitLease> AcquireAsync(RateLimiter limiter) => limiter.AcquireAsync().AsTask().WaitAsync(TestFleet.Patience);

    private static async Task UseAsync(RateLimiter limiter, Gauge gauge)
    {
        using var lease = await AcquireAsync(limiter);
        gauge.Enter();
        await Task.Delay(5);
        gauge.Leave();
    }

    private static async Task UseUntilAsync(RateLimiter limiter, Gauge gauge, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await UseAsync(limiter, gauge);
        }
    }

    private static async Task WaitForAsync(TestFleet fleet, Func<LimiterState, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition(await GrainOf(fleet).GetStateAsync()))
        {
            Assert.True(clock.Elapsed < TestFleet.Patience, "The limiter did not reach its state.");
            await Task.Delay(20);
        }
    }

    /// <summary>Counts who is inside.</summary>
    private sealed class Gauge
    {
        private readonly Lock _gate = new();
        private readonly List<(int Count, TaskCompletionSource Source)> _waiting = [];
        private int _inside;

        public int Most { get; private set; }

        public int Count { get; private set; }

        public void Enter()
        {
            lock (_gate)
            {
                _inside++;
                Count++;
                Most = Math.Max(Most, _inside);
                foreach (var (_, source) in _waiting.Where(each => each.Count <= Count))
                {
                    source.TrySetResult();
                }
            }
        }

        public void Leave()
        {
            lock (_gate)
            {
                _inside--;
            }
        }

        public Task WaitForAsync(int count)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _waiting.Add((count, source));
            }

            return source.Task.WaitAsync(TestFleet.Patience);
        }
    }
}
