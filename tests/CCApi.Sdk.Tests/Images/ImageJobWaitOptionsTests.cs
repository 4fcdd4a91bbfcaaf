using System;
using System.Threading;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

public class ImageJobWaitOptionsTests
{
    [Fact]
    public void Create_WaitsAQuarterOfAnHourAndAsksAtLeastEveryTenSeconds()
    {
        var options = new ImageJobWaitOptions();

        Assert.Equal(TimeSpan.FromMinutes(15), options.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.MaxDelay);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(-2, 1000)]
    [InlineData(1000, 0)]
    [InlineData(1000, -1)]
    public void Check_OfATimeThatIsNone_SaysTheFix(int timeout, int maxDelay)
    {
        var options = new ImageJobWaitOptions { Timeout = TimeSpan.FromMilliseconds(timeout), MaxDelay = TimeSpan.FromMilliseconds(maxDelay) };

        var exception = Assert.Throws<ArgumentException>(() => options.Check("waitOptions"));

        Assert.StartsWith("Timeout and MaxDelay must be more than 0; Timeout may be Timeout.InfiniteTimeSpan.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("waitOptions", exception.ParamName);
    }

    [Fact]
    public void Check_OfAnEndlessTimeout_Passes()
    {
        var options = new ImageJobWaitOptions { Timeout = Timeout.InfiniteTimeSpan };

        options.Check("waitOptions");

        Assert.Equal(Timeout.InfiniteTimeSpan, options.Timeout);
    }
}
