using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Limits;

public class LimiterPolicyTests
{
    private static readonly TimeSpan _leaseTime = TimeSpan.FromSeconds(15);

    [Fact]
    public void Grant_WithinOneLeaseTimeOfTheStart_GrantsNothing()
    {
        var policy = new LimiterPolicy(new FleetLimits(600, 10), _leaseTime, TimeSpan.Zero, isFirst: false);
        policy.Acquire("a", TimeSpan.Zero);

        Assert.Empty(policy.Grant(Seconds(14.99)));
        Assert.Equal(0.11, policy.UntilNextGrant(Seconds(14.99))!.Value.TotalSeconds, 3);
        Assert.Equal(["a"], policy.Grant(Seconds(15.2)));
    }

    [Fact]
    public void Grant_OfAPolicyWithoutAPredecessor_GrantsAtOnce()
    {
        var policy = new LimiterPolicy(new FleetLimits(600, 200), _leaseTime, TimeSpan.Zero, isFirst: true);
        for (var i = 0; i < 200; i++)
        {
            policy.Acquire(i.ToString(CultureInfo.InvariantCulture), TimeSpan.Zero);
        }

        // What is refilled in one lease time-out.
        Assert.Equal(150, policy.Grant(TimeSpan.Zero).Count);
        Assert.Equal(10, policy.Grant(Seconds(1)).Count);
    }

    [Fact]
    public void Grant_OfMoreWaitersThanPlaces_IsInOrderAndAtMostTheConcurrency()
    {
        var policy = Started(new FleetLimits(600, 2));
        foreach (var id in (string[])["a", "b", "c"])
        {
            Assert.False(policy.Acquire(id, Seconds(100)));
        }

        Assert.Equal(["a", "b"], policy.Grant(Seconds(100)));
        Assert.Empty(policy.Grant(Seconds(101)));
        policy.Release("a", Seconds(102));
        Assert.Equal(["c"], policy.Grant(Seconds(102)));
    }

    [Fact]
    public void Acquire_OfAnIdThatHasItsLease_ReturnsIt()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("a", Seconds(100));
        policy.Grant(Seconds(100));

        Assert.True(policy.Acquire("a", Seconds(101)));
        Assert.Equal(1, policy.UnderWay);
    }

    [Fact]
    public void Grant_AfterALeaseThatNobodyRenews_GivesItsPlaceAway()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("dead", Seconds(100));
        policy.Grant(Seconds(100));
        policy.Acquire("b", Seconds(101));

        Assert.Empty(policy.Grant(Seconds(114.9)));
        Assert.Equal(["b"], policy.Grant(Seconds(115)));
    }

    [Fact]
    public void Renew_OfALease_KeepsIt()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("a", Seconds(100));
        policy.Grant(Seconds(100));
        policy.Acquire("b", Seconds(101));

        for (var at = 105; at < 200; at += 5)
        {
            policy.Renew(["a"], Seconds(at));
            Assert.Empty(policy.Grant(Seconds(at)));
        }
    }

    [Fact]
    public void Renew_AfterARevival_TakesThePlaceOfItsLease()
    {
        var policy = new LimiterPolicy(new FleetLimits(600, 2), _leaseTime, Seconds(0), isFirst: false);
        policy.Renew(["old-1", "old-2"], Seconds(4));
        policy.Renew(["old-1", "old-2"], Seconds(9));
        policy.Renew(["old-1", "old-2"], Seconds(14));
        policy.Acquire("new", Seconds(16));

        Assert.Empty(policy.Grant(Seconds(16)));
        policy.Release("old-1", Seconds(17));
        Assert.Equal(["new"], policy.Grant(Seconds(17)));
    }

    [Fact]
    public void Renew_ThatArrivesAfterItsRelease_AddsNothing()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("a", Seconds(100));
        policy.Grant(Seconds(100));
        policy.Release("a", Seconds(101));

        policy.Renew(["a"], Seconds(101));

        Assert.Equal(0, policy.UnderWay);
    }

    [Fact]
    public void Grant_WhileAWaiterIsAway_SkipsItButKeepsItsPlace()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("a", Seconds(100));
        policy.Acquire("b", Seconds(100));
        policy.Leave("a", Seconds(101));
        Assert.Equal(["b"], policy.Grant(Seconds(101)));
        policy.Acquire("c", Seconds(102));
        policy.Acquire("a", Seconds(102));

        policy.Release("b", Seconds(103));

        Assert.Equal(["a"], policy.Grant(Seconds(103)));
    }

    [Fact]
    public void Forget_OfAWaiterThatStaysAway_DropsIt()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("gone", Seconds(100));
        policy.Leave("gone", Seconds(101));

        policy.Grant(Seconds(112));

        Assert.Equal(0, policy.Waiting);
    }

    [Fact]
    public void Release_OfAWaiter_LeavesNothing()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("a", Seconds(100));

        policy.Release("a", Seconds(100));

        Assert.Empty(policy.Grant(Seconds(100)));
        Assert.Null(policy.UntilNextGrant(Seconds(100)));
    }

    [Fact]
    public void BeginSilence_WithLeases_KeepsThemForOneLeaseTime()
    {
        var policy = Started(new FleetLimits(600, 1));
        policy.Acquire("a", Seconds(100));
        policy.Grant(Seconds(100));
        policy.Acquire("b", Seconds(101));

        policy.BeginSilence(Seconds(120));

        Assert.Empty(policy.Grant(Seconds(134.9)));
        Assert.Equal(1, policy.UnderWay);
        Assert.Equal(["b"], policy.Grant(Seconds(135.2)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(30, 2)]
    [InlineData(600, 10)]
    [InlineData(600, 1000)]
    public void Grant_OverTenMinutesWithRevivals_NeverExceedsTheLimitsInAnyMinute(int perMinute, int atOnce)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var sent = Simulate(new FleetLimits(perMinute, atOnce), new Random(seed), meanRevival: 70, out var most);

            Assert.InRange(most, 1, atOnce);
            Assert.InRange(MostInAMinute(sent), 1, perMinute);
        }
    }

    [Fact]
    public void Grant_WithoutARevival_UsesNineTenthsOfTheRate()
    {
        var sent = Simulate(new FleetLimits(600, 100), new Random(1), meanRevival: 1e9, out _);

        Assert.InRange(sent.Count, 0.9 * 10 * 600, 6000);
    }

    /// <summary>
    /// Ten minutes under a load that always waits. Each request reaches the gateway somewhere within its lease, and all leases of
    /// living holders are renewed after a revival.
    /// </summary>
    private static List<double> Simulate(FleetLimits limits, Random random, double meanRevival, out int most)
    {
        var policy = new LimiterPolicy(limits, _leaseTime, TimeSpan.Zero, isFirst: true);
        var held = new Dictionary<string, double>();
        var sent = new List<double>();
        var (number, revival) = (0, random.NextDouble() * meanRevival * 2);
        most = 0;
        for (var now = 0.0; now < 600; now += 0.05)
        {
            if (now >= revival)
            {
                revival = now + (random.NextDouble() * meanRevival * 2);
                policy = new LimiterPolicy(limits, _leaseTime, Seconds(now), isFirst: false);
            }

            foreach (var (id, _) in held.Where(each => each.Value <= now).ToList())
            {
                held.Remove(id);
                policy.Release(id, Seconds(now));
            }

            policy.Renew(held.Keys, Seconds(now));
            while (policy.Waiting < 20)
            {
                policy.Acquire((number++).ToString(CultureInfo.InvariantCulture), Seconds(now));
            }

            foreach (var id in policy.Grant(Seconds(now)))
            {
                var takes = random.NextDouble() * 3;
                held.Add(id, now + takes);
                sent.Add(now + (random.NextDouble() * takes));
            }

            most = Math.Max(most, held.Count);
        }

        sent.Sort();
        return sent;
    }

    private static int MostInAMinute(List<double> sent)
    {
        var (most, first) = (0, 0);
        for (var i = 0; i < sent.Count; i++)
        {
            while (sent[i] - sent[first] >= 60)
            {
                first++;
            }

            most = Math.Max(most, i - first + 1);
        }

        return most;
    }

    /// <summary>A policy whose first lease time-out is over and whose bucket is full.</summary>
    private static LimiterPolicy Started(FleetLimits limits) => new(limits, _leaseTime, Seconds(0), isFirst: false);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
