using System;
using Xunit;

namespace CCApi.Emulator.Tests.Billing;

public class EmulatorLimitsTests
{
    [Theory]
    [InlineData(EmulatorTier.Free, 30, 2)]
    [InlineData(EmulatorTier.Standard, 600, 10)]
    [InlineData(EmulatorTier.Pro, 3000, 30)]
    public void Use_Tier_SetsItsLimits(EmulatorTier tier, int perMinute, int atOnce)
    {
        var limits = new EmulatorLimits();

        limits.Use(tier);

        Assert.Equal((perMinute, atOnce), (limits.RequestsPerMinute, limits.ConcurrentRequests));
    }

    [Fact]
    public void Limits_LessThanOne_AreRejected()
    {
        var limits = new EmulatorLimits();

        Assert.Throws<ArgumentOutOfRangeException>(() => limits.RequestsPerMinute = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => limits.ConcurrentRequests = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => limits.TokensPerMinute = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => limits.Use((EmulatorTier)9));
    }
}
