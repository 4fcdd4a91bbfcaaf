using System;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class CCApiRetryOptionsTests
{
    [Fact]
    public void Clone_OfOptions_HasTheSameValues()
    {
        var options = new CCApiRetryOptions
        {
            MaxRetries = 1,
            BaseDelay = TimeSpan.FromSeconds(2),
            MaxDelay = TimeSpan.FromSeconds(3),
            MaxRetryAfter = TimeSpan.FromSeconds(4),
            RetryPossiblyCharged = true,
        };

        var copy = options.Clone();

        Assert.NotSame(options, copy);
        Assert.Equivalent(options, copy, strict: true);
    }
}
