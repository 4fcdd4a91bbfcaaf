using System;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class CCApiDefaultsTests
{
    [Fact]
    public void Options_WhenMade_HaveTheDefaults()
    {
        var options = new CCApiClientOptions();

        Assert.Equal(new Uri("https://api.ccapi.ai/v1/"), options.BaseAddress);
        Assert.Equal(2, options.Retry.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(0.5), options.Retry.BaseDelay);
        Assert.Equal(TimeSpan.FromSeconds(8), options.Retry.MaxDelay);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Retry.MaxRetryAfter);
        Assert.False(options.Retry.RetryPossiblyCharged);
        Assert.Equal(TimeSpan.FromSeconds(15), options.Timeouts.Connect);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Timeouts.Attempt);
        Assert.Equal(TimeSpan.FromMinutes(10), options.Timeouts.Total);
        Assert.Equal(TimeSpan.FromMinutes(2), options.Timeouts.FirstChunk);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Timeouts.NextChunk);
        Assert.Equal(TimeSpan.FromMinutes(30), options.Timeouts.Download);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Timeouts.Idle);
        Assert.Equal(256L * 1024 * 1024, options.MaxResponseBytes);
        Assert.Equal(64 * 1024 * 1024, options.MaxLineBytes);
        Assert.Equal(1_000_000, options.MaxJsonValues);
        Assert.Same(TimeProvider.System, options.TimeProvider);
    }

    [Fact]
    public void Defaults_OfTheRest_AreThese()
    {
        Assert.Equal("CCAPI_API_KEY", CCApiDefaults.ApiKeyVariable);
        Assert.Equal("CCAPI_BASE_URL", CCApiDefaults.BaseUrlVariable);
        Assert.Equal("CCApi", CCApiDefaults.Name);
        Assert.Equal(TimeSpan.FromMinutes(15), CCApiDefaults.ImageJobTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), CCApiDefaults.ImageJobMaxDelay);
        Assert.Equal(100, CCApiDefaults.ModelPageSize);
        Assert.Equal(10, CCApiDefaults.MaxRunTurns);
        Assert.Equal(3, CCApiDefaults.MaxRunErrors);
    }
}
