using System;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class CCApiTimeoutOptionsTests
{
    [Fact]
    public void Clone_OfOptions_HasTheSameValues()
    {
        var options = new CCApiTimeoutOptions
        {
            Connect = TimeSpan.FromSeconds(1),
            Attempt = TimeSpan.FromSeconds(2),
            Total = TimeSpan.FromSeconds(3),
            FirstChunk = TimeSpan.FromSeconds(4),
            NextChunk = TimeSpan.FromSeconds(5),
            Download = TimeSpan.FromSeconds(6),
            Idle = TimeSpan.FromSeconds(7),
        };

        var copy = options.Clone();

        Assert.NotSame(options, copy);
        Assert.Equivalent(options, copy, strict: true);
    }
}
