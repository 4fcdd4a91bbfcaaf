using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Running;

public class AdaptiveConcurrencyTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(30)]
    public void Limit_AgainstALimit_SettlesWithinATenthAndUnderTwoPercent(int limit)
    {
        var (settled, share) = Simulate(limit, most: 200, calls: 20_000);

        Assert.InRange(settled, 0.9 * limit, 1.1 * limit);
        Assert.InRange(share, 0, 0.02);
    }

    [Fact]
    public void Limit_WithoutALimit_GrowsToTheMost()
    {
        var (settled, share) = Simulate(limit: 1000, most: 40, calls: 5000);

        Assert.InRange(settled, 39, 40);
        Assert.Equal(0, share);
    }

    [Theory]
    [InlineData(64, 0.01)]
    [InlineData(64, 0.02)]
    [InlineData(8, 0.02)]
    public void Limit_UnderStrayRejections_GrowsToTheMost(int most, double stray)
    {
        var (settled, _) = Simulate(limit: 1000, most, calls: 10_000, stray);

        Assert.InRange(settled, 0.8 * most, most);
    }

    [Fact]
    public void Limit_AgainstALimitUnderStrayRejections_SettlesWithinATenth()
    {
        var (settled, share) = Simulate(limit: 10, most: 200, calls: 10_000, stray: 0.01);

        Assert.InRange(settled, 9, 11);
        Assert.InRange(share, 0.01, 0.02);
    }

    [Fact]
    public void Limit_AgainstSlowRejections_SettlesUnderTwoPercent()
    {
        var (settled, share) = Simulate(limit: 10, most: 200, calls: 10_000, rejectionMilliseconds: 50);

        Assert.InRange(settled, 9, 11);
        Assert.InRange(share, 0, 0.02);
    }

    [Fact]
    public void Limit_AgainstALimitThatDrops_Follows()
    {
        var (settled, share) = Simulate(limit: 30, most: 200, calls: 10_000, limitAtHalf: 10);

        Assert.InRange(settled, 9, 11);
        Assert.InRange(share, 0, 0.02);
    }

    [Fact]
    public void Reject_OnceAmongSuccesses_ChangesNothing()
    {
        var concurrency = new AdaptiveConcurrency(initial: 10, most: 10);

        for (var i = 0; i < 50; i++)
        {
            concurrency.Reject(inFlight: 10, concurrency.Epoch, TimeSpan.Zero);
            Repeat(concurrency, 20, TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, concurrency.Limit);
    }

    [Fact]
    public void Reject_OfCallsSentBeforeACut_CutsOnce()
    {
        var concurrency = new AdaptiveConcurrency(initial: 10, most: 20);

        for (var i = 0; i < 10; i++)
        {
            concurrency.Reject(inFlight: 10, epoch: 0, TimeSpan.Zero);
        }

        Assert.Equal(6, concurrency.Limit);
    }

    [Fact]
    public void Succeed_OfAWindowThatWasNotFull_DoesNotGrow()
    {
        var concurrency = new AdaptiveConcurrency(initial: 4, most: 20);

        for (var i = 0; i < 100; i++)
        {
            concurrency.Succeed(TimeSpan.FromSeconds(1), inFlight: 4, wasFull: false, epoch: 0, TimeSpan.Zero);
        }

        Assert.Equal(4, concurrency.Limit);
    }

    [Fact]
    public void Succeed_OfCallsThatGetMuchSlower_Cuts()
    {
        var concurrency = new AdaptiveConcurrency(initial: 20, most: 20);
        Repeat(concurrency, 100, TimeSpan.FromSeconds(1));
        Assert.Equal(20, concurrency.Limit);

        Repeat(concurrency, 100, TimeSpan.FromSeconds(9));

        Assert.InRange(concurrency.Limit, 1, 18);
    }

    private static void Repeat(AdaptiveConcurrency concurrency, int calls, TimeSpan latency)
    {
        for (var i = 0; i < calls; i++)
        {
            concurrency.Succeed(latency, concurrency.Limit, wasFull: true, concurrency.Epoch, TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Calls of about 50 ms against a gateway that rejects more than a number at once, and a share of all for no reason. The time is that
    /// of the simulation.
    /// </summary>
    private static (double Settled, double Share) Simulate(
        int limit, int most, int calls, double stray = 0, int rejectionMilliseconds = 2, int limitAtHalf = 0)
    {
        var random = new Random(3);
        var concurrency = new AdaptiveConcurrency(initial: 4, most);
        var underWay = new PriorityQueue<Call, TimeSpan>();
        var limits = new List<int>();
        var now = TimeSpan.Zero;
        var (accepted, rejected) = (0, 0);
        while (limits.Count < calls)
        {
            var hasDropped = limitAtHalf > 0 && limits.Count > calls / 2;
            while (underWay.Count < concurrency.Limit)
            {
                var isAccepted = accepted < (hasDropped ? limitAtHalf : limit) && random.NextDouble() >= stray;
                var latency = TimeSpan.FromMilliseconds(isAccepted ? 50 + random.Next(10) : rejectionMilliseconds);
                var count = underWay.Count + 1;
                accepted += isAccepted ? 1 : 0;
                underWay.Enqueue(new Call(isAccepted, latency, count, count >= concurrency.Limit, concurrency.Epoch), now + latency);
            }

            underWay.TryDequeue(out var call, out now);
            if (call.IsAccepted)
            {
                accepted--;
                concurrency.Succeed(call.Latency, call.InFlight, call.WasFull, call.Epoch, now);
                limits.Add(concurrency.Limit);
            }
            else
            {
                rejected++;
                concurrency.Reject(call.InFlight, call.Epoch, now);
            }
        }

        return (limits.Skip(calls * 3 / 4).Average(), (double)rejected / (calls + rejected));
    }

    private readonly record struct Call(bool IsAccepted, TimeSpan Latency, int InFlight, bool WasFull, int Epoch);
}
