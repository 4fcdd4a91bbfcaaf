using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Redaction;

public class KeyPatternTests
{
    private const string Key = "SK-0123/4567+89ab";

    [Theory]
    [InlineData("..sk-0123/4567+89ab..", 2, false, 19)]
    [InlineData("sk-0123%2f4567%2B89ab", 0, false, 21)]
    [InlineData("sk-0123/4567+89a!", 0, false, 16)]
    [InlineData("sk-0123/4567+89!!", 0, false, -1)]
    [InlineData("sk-0123", 0, false, -1)]
    [InlineData("sk-0123", 0, true, 7)]
    [InlineData("sk-0123\\", 0, true, 8)]
    [InlineData("sk-0123!", 0, true, -1)]
    [InlineData("xk-0123/4567+89ab", 0, false, -1)]
    public void Match_OfTheKeyItself_EndsWhereItEnds(string text, int start, bool isCut, int expected)
    {
        Assert.Equal(expected, KeyPattern.Of(Key).First().Match(text, start, isCut));
    }

    [Fact]
    public void Of_AKey_IsItselfAndThreeAlignmentsOfBase64()
    {
        var patterns = KeyPattern.Of(Key).ToArray();

        Assert.Equal([false, true, true, true], patterns.Select(pattern => pattern.IsBase64));
        Assert.Equal(["sS", "UU", "NN", "TT"], patterns.Select(pattern => string.Concat(pattern.Starts)));
    }
}
