using System;
using Xunit;

namespace CCApi.Emulator.Tests.Tool;

public class DurationTests
{
    [Theory]
    [InlineData("20ms", 20)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("0ms", 0)]
    [InlineData("5MS", 5)]
    public void TryParse_OfADuration_IsIt(string text, int milliseconds)
    {
        var isDuration = Duration.TryParse(text, out var duration);

        Assert.Equal((true, TimeSpan.FromMilliseconds(milliseconds)), (isDuration, duration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("20 ms")]
    [InlineData("1h")]
    [InlineData("60m")]
    [InlineData("NaNs")]
    public void TryParse_NotADuration_ReturnsFalse(string text)
    {
        var isDuration = Duration.TryParse(text, out _);

        Assert.False(isDuration);
    }
}
