using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.RateLimiting;

public class RequestRateLimiterTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(CCApiTier.Free, 30, 2)]
    [InlineData(CCApiTier.Standard, 600, 10)]
    [InlineData(CCApiTier.Pro, 3000, 30)]
    public async Task AcquireAsync_OverTenMinutes_IsNeverOverTheTierInAnyMinute(CCApiTier tier, int perMinute, int atOnce)
    {
        var random = new Random(7);
        using var limiter = LimiterOf(tier);
        var arrivals = new List<TimeSpan>();
        var underWay = new List<(TimeSpan End, RateLimitLease Lease)>();
        var start = _clock.GetTimestamp();
        var waiting = new Queue<Task<RateLimitLease>>();
        var most = 0;

        // Each request reaches the gateway at a random time between its lease and its end.
        for (var now = TimeSpan.Zero; now < TimeSpan.FromMinutes(10); now = _clock.GetElapsedTime(start))
        {
            foreach (var ended in underWay.Where(request => request.End <= now).ToList())
            {
                underWay.Remove(ended);
                ended.Lease.Dispose();
            }

            while (waiting.Count < atOnce)
            {
                waiting.Enqueue(limiter.AcquireAsync().AsTask());
            }

            while (limiter.GetStatistics().TotalSuccessfulLeases > arrivals.Count)
            {
                var lease = await Patience.Wait(waiting.Dequeue());
                var duration = TimeSpan.FromMilliseconds(random.Next(100, 900));
                arrivals.Add(now + TimeSpan.FromTicks((long)(duration.Ticks * random.NextDouble())));
                underWay.Add((now + duration, lease));
                most = Math.Max(most, underWay.Count);
            }

            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(atOnce, most);
        Assert.InRange(MostInAnyMinute(arrivals), perMinute * 0.9, perMinute);
        Assert.InRange(arrivals.Count, 8 * perMinute, 10 * perMinute);
    }

    [Fact]
    public async Task AcquireAsync_OfAThousandWaiters_GrantsInOrder()
    {
        using var limiter = Limiter(perMinute: 10_000, atOnce: 7);
        var underWay = new Queue<RateLimitLease>(Enumerable.Range(0, 7).Select(_ => limiter.AttemptAcquire()));
        var waiting = Enumerable.Range(0, 1000).Select(_ => limiter.AcquireAsync().AsTask()).ToList();

        for (var next = 0; next < waiting.Count; next++)
        {
            underWay.Dequeue().Dispose();

            // The second waiter cannot have been granted anything: one lease ended.
            underWay.Enqueue(await Patience.Wait(waiting[next]));
            Assert.Equal(999 - next, limiter.GetStatistics().CurrentQueuedCount);
            Assert.False(limiter.AttemptAcquire().IsAcquired);
        }
    }

    [Fact]
    public async Task AcquireAsync_Canceled_LeavesNothing()
    {
        using var limiter = Limiter(perMinute: 2, atOnce: 1);
        var first = await limiter.AcquireAsync();
        using var cancellation = new CancellationTokenSource();
        var canceled = Enumerable.Range(0, 1000).Select(_ => limiter.AcquireAsync(1, cancellation.Token).AsTask()).ToArray();
        var last = limiter.AcquireAsync();

        cancellation.Cancel();
        foreach (var wait in canceled)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(wait));
        }

        first.Dispose();
        using var granted = await Patience.Wait(last.AsTask());

        Assert.True(granted.IsAcquired);
        var statistics = limiter.GetStatistics();
        Assert.Equal(0, statistics.CurrentQueuedCount);
        Assert.Equal(2, statistics.TotalSuccessfulLeases);
    }

    [Fact]
    public void AttemptAcquire_AboveEitherLimit_IsRejected()
    {
        using var limiter = Limiter(perMinute: 3, atOnce: 2);

        var first = limiter.AttemptAcquire();
        using var second = limiter.AttemptAcquire();
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        first.Dispose();
        first.Dispose();
        using var third = limiter.AttemptAcquire();
        third.Dispose();

        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _clock.Advance(_minute);
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public async Task AcquireAsync_OfAUsedUpMinute_IsGrantedWhenTheFirstOnesAreAMinuteOld()
    {
        using var limiter = Limiter(perMinute: 1, atOnce: 1);
        limiter.AttemptAcquire().Dispose();
        _clock.Advance(TimeSpan.FromSeconds(20));

        var wait = limiter.AcquireAsync().AsTask();
        _clock.Advance(TimeSpan.FromSeconds(39.9));
        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True((await Patience.Wait(wait)).IsAcquired);
    }

    [Fact]
    public async Task Observe_OfA429_GrantsNothingUntilItsRetryAfter()
    {
        using var limiter = Limiter(perMinute: 100, atOnce: 10, learns: true);

        limiter.Observe(limits: null, isLimited: true, retryAfter: TimeSpan.FromSeconds(7));
        var wait = limiter.AcquireAsync().AsTask();
        _clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True((await Patience.Wait(wait)).IsAcquired);
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("1m0s", 60)]
    [InlineData("12.5", 12.5)]
    public void Observe_OfNothingRemaining_WaitsForTheReset(string reset, double seconds)
    {
        using var limiter = Limiter(perMinute: 100, atOnce: 10, learns: true);

        limiter.Observe(new CCApiRateLimits { RequestsRemaining = 0, RequestsReset = reset }, isLimited: false, retryAfter: null);
        _clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(100, 4)]
    public void Observe_OfALimit_LowersItAndNeverRaisesIt(int reported, int expected)
    {
        using var limiter = Limiter(perMinute: 4, atOnce: 10, learns: true);

        limiter.Observe(new CCApiRateLimits { RequestLimit = reported }, isLimited: false, retryAfter: null);
        var granted = Enumerable.Range(0, 10).Count(_ => limiter.AttemptAcquire().IsAcquired);

        Assert.Equal(expected, granted);
    }

    [Fact]
    public async Task Observe_OfAPause_StallsWaitersNoLongerWhenTheWindowHasRoom()
    {
        using var limiter = Limiter(perMinute: 600, atOnce: 10, learns: true);
        limiter.AttemptAcquire().Dispose();

        limiter.Observe(limits: null, isLimited: true, TimeSpan.FromSeconds(1));
        var wait = limiter.AcquireAsync().AsTask();
        var isGrantedAtOnce = wait.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(isGrantedAtOnce);
        Assert.True((await Patience.Wait(wait)).IsAcquired);
    }

    [Fact]
    public void Observe_WithoutLearning_ChangesNothing()
    {
        using var limiter = Limiter(perMinute: 4, atOnce: 10);

        limiter.Observe(new CCApiRateLimits { RequestLimit = 1, RequestsRemaining = 0, RequestsReset = "9s" }, isLimited: true, retryAfter: _minute);

        Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public async Task Dispose_UnderWaiters_RejectsThem()
    {
        var limiter = Limiter(perMinute: 1, atOnce: 1);
        using var first = limiter.AttemptAcquire();
        var wait = limiter.AcquireAsync().AsTask();

        limiter.Dispose();

        Assert.False((await Patience.Wait(wait)).IsAcquired);
        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire());
        Assert.Equal(0, _clock.Timers);
    }

    [Fact]
    public void AttemptAcquire_OfMoreThanTheLimit_IsAnArgumentError()
    {
        using var limiter = Limiter(perMinute: 100, atOnce: 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(3));
    }

    [Fact]
    public void IdleDuration_AfterTheLastRequestIsForgotten_Grows()
    {
        using var limiter = Limiter(perMinute: 2, atOnce: 2);
        limiter.AttemptAcquire().Dispose();

        Assert.Null(limiter.IdleDuration);
        _clock.Advance(_minute + TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(5), limiter.IdleDuration);
    }

    private static int MostInAnyMinute(List<TimeSpan> times)
    {
        times.Sort();
        var most = 0;
        var first = 0;
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= _minute)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private RequestRateLimiter LimiterOf(CCApiTier tier)
    {
        var options = CCApiRateLimiterOptions.Of(tier);
        options.TimeProvider = _clock;
        return new RequestRateLimiter(options);
    }

    private RequestRateLimiter Limiter(int perMinute, int atOnce, bool learns = false) => new(new CCApiRateLimiterOptions
    {
        RequestsPerMinute = perMinute,
        MaxConcurrency = atOnce,
        LearnFromResponses = learns,
        TimeProvider = _clock,
    });
}
