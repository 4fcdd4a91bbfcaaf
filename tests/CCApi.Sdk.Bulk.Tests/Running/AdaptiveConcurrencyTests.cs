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

    [Fact]
    public void Reject_OfCallsSentBeforeACut_CutsOnce()
    {
        var concurrency = new AdaptiveConcurrency(initial: 10, most: 20);

        for (var i = 0; i < 5; i++)
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
            concurrency.Succeed(TimeSpan.FromSeconds(1), wasFull: false, epoch: 0, TimeSpan.Zero);
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
            concurrency.Succeed(latency, wasFull: true, concurrency.Epoch, TimeSpan.Zero);
        }
    }

    /// <summary>Calls of about 50 ms against a gateway that rejects more than a number at once. The time is that of the simulation.</summary>
    private static (double Settled, double Share) Simulate(int limit, int most, int calls)
    {
        var random = new Random(3);
        var concurrency = new AdaptiveConcurrency(initial: 4, most);
        var underWay = new PriorityQueue<(TimeSpan Latency, int InFlight, bool WasFull, int Epoch), TimeSpan>();
        var limits = new List<int>();
        var now = TimeSpan.Zero;
        var (rejected, done) = (0, 0);
        while (done < calls)
        {
            while (underWay.Count < concurrency.Limit)
            {
                var count = underWay.Count + 1;
                if (count > limit)
                {
                    rejected++;
                    concurrency.Reject(count, concurrency.Epoch, now);
                    break;
                }

                var latency = TimeSpan.FromMilliseconds(50 + random.Next(10));
                underWay.Enqueue((latency, count, count >= concurrency.Limit, concurrency.Epoch), now + latency);
            }

            underWay.TryDequeue(out var call, out now);
            concurrency.Succeed(call.Latency, call.WasFull, call.Epoch, now);
            limits.Add(concurrency.Limit);
            done++;
        }

        return (limits.Skip(calls / 2).Average(), (double)rejected / (calls + rejected));
    }
}
