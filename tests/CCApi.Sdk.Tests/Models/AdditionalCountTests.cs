using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class AdditionalCountTests
{
    [Theory]
    [InlineData("3", 3L)]
    [InlineData("\"3\"", 3L)]
    [InlineData("2.1", 3L)]
    [InlineData("-1", 0L)]
    [InlineData("1e20", long.MaxValue)]
    [InlineData("1e300", long.MaxValue)]
    [InlineData("\"many\"", long.MaxValue)]
    [InlineData("[3]", long.MaxValue)]
    [InlineData("null", null)]
    public void Of_AMember_IsItsNumber(string json, long? expected) => Assert.Equal(expected, AdditionalCount.Of(Members(json), "n"));

    [Fact]
    public void Of_NoMember_IsNull()
    {
        Assert.Null(AdditionalCount.Of(null, "n"));
        Assert.Null(AdditionalCount.Of(Members("3"), "m"));
        Assert.Null(AdditionalCount.Of(new Dictionary<string, JsonElement> { ["n"] = default }, "n"));
    }

    [Theory]
    [InlineData(10, 3, 30)]
    [InlineData(0, long.MaxValue, 0)]
    [InlineData(1L << 62, 4, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue, long.MinValue)]
    [InlineData(-2, 3, -6)]
    public void Times_OfTwoNumbers_StaysInTheRange(long count, long factor, long expected) => Assert.Equal(expected, AdditionalCount.Times(count, factor));

    private static Dictionary<string, JsonElement> Members(string json) => new() { ["n"] = JsonDocument.Parse(json).RootElement };
}
