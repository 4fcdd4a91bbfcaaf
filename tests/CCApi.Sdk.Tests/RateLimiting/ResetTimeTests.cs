using System;
using Xunit;

namespace CCApi.Sdk.Tests.RateLimiting;

public class ResetTimeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("12.5", 12.5)]
    [InlineData("6m0s", 360)]
    [InlineData("1h2m3s", 3723)]
    [InlineData("20ms", 0.02)]
    [InlineData("1d", 86400)]
    public void Parse_OfADuration_IsItsTime(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), ResetTime.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("-1")]
    [InlineData("1.2.3")]
    [InlineData("1763900000")]
    [InlineData("2026-11-03T10:29:38Z")]
    [InlineData("99999999999999999999999999999999d")]
    public void Parse_OfSomethingElse_IsNull(string text) => Assert.Null(ResetTime.Parse(text));
}
