using System;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.RateLimiting;

public class CCApiRateLimitersTests
{
    [Theory]
    [InlineData(CCApiTier.Free, 2)]
    [InlineData(CCApiTier.Standard, 10)]
    [InlineData(CCApiTier.Pro, 30)]
    public void ForTier_AtOnce_GrantsWhatTheTierAllows(CCApiTier tier, int atOnce)
    {
        using var limiter = CCApiRateLimiters.ForTier(tier);

        var granted = Enumerable.Range(0, 100).Count(_ => limiter.AttemptAcquire().IsAcquired);

        Assert.Equal(atOnce, granted);
    }

    [Theory]
    [InlineData(CCApiTier.Free, 30)]
    [InlineData(CCApiTier.Standard, 600)]
    [InlineData(CCApiTier.Pro, 3000)]
    public void ForTier_OneAfterTheOther_GrantsWhatTheTierAllowsInAMinute(CCApiTier tier, int perMinute)
    {
        using var limiter = CCApiRateLimiters.ForTier(tier);

        var granted = 0;
        for (var i = 0; i < 4000; i++)
        {
            using var lease = limiter.AttemptAcquire();
            granted += lease.IsAcquired ? 1 : 0;
        }

        Assert.Equal(perMinute, granted);
    }

    [Fact]
    public void ForTier_OfAnotherNumber_IsAnArgumentError() => Assert.Throws<ArgumentOutOfRangeException>(() => CCApiRateLimiters.ForTier((CCApiTier)9));

    [Theory]
    [InlineData(0, 1, "CCApiRateLimiterOptions.RequestsPerMinute is 0; set it to 1 or more.")]
    [InlineData(1, 0, "CCApiRateLimiterOptions.MaxConcurrency is 0; set it to 1 or more.")]
    [InlineData(-1, 1, "CCApiRateLimiterOptions.RequestsPerMinute is -1; set it to 1 or more.")]
    public void Create_OfALimitBelowOne_NamesIt(int perMinute, int atOnce, string message)
    {
        var exception = Assert.Throws<ArgumentException>(
            () => CCApiRateLimiters.Create(new CCApiRateLimiterOptions { RequestsPerMinute = perMinute, MaxConcurrency = atOnce }));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OfOptionsThatChangeLater_KeepsTheOldOnes()
    {
        var options = new CCApiRateLimiterOptions { MaxConcurrency = 1 };
        using var limiter = CCApiRateLimiters.Create(options);

        options.MaxConcurrency = 5;

        Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void GetShared_OfOneKey_IsOneLimiter()
    {
        var key = $"sk-test-{Guid.NewGuid()}";

        var first = CCApiRateLimiters.GetShared(key, CCApiTier.Free);
        first.Dispose();
        var second = CCApiRateLimiters.GetShared(key, CCApiTier.Free);
        var other = CCApiRateLimiters.GetShared(key + "x", CCApiTier.Free);

        Assert.Same(first, second);
        Assert.NotSame(first, other);
        Assert.True(second.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void GetShared_WithOtherLimits_IsRejected()
    {
        var key = $"sk-test-{Guid.NewGuid()}";
        CCApiRateLimiters.GetShared(key, CCApiTier.Free);

        var exception = Assert.Throws<InvalidOperationException>(() => CCApiRateLimiters.GetShared(key, CCApiTier.Pro));

        Assert.StartsWith("The limiter of this API key was created with 30 requests a minute and 2 at once: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetShared_WithoutAKey_IsAnArgumentError() => Assert.Throws<ArgumentException>(() => CCApiRateLimiters.GetShared(" ", CCApiTier.Free));

    [Fact]
    public void GetShared_OfAClock_ForgetsByIt()
    {
        var clock = new TestClock();
        var options = new CCApiRateLimiterOptions { RequestsPerMinute = 1, TimeProvider = clock };
        var limiter = CCApiRateLimiters.GetShared($"sk-test-{Guid.NewGuid()}", options);
        limiter.AttemptAcquire().Dispose();
        Assert.False(limiter.AttemptAcquire().IsAcquired);

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
        Assert.Equal(TimeSpan.Zero, limiter.IdleDuration);
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }
}
