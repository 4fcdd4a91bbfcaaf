using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Emulator.Tests.Options;

public class JsonBoundsTests
{
    [Theory]
    [InlineData("0,", 999_990, true)]
    [InlineData("0,", 1_000_010, false)]
    [InlineData("{},", 142_000, true)]
    [InlineData("{},", 143_000, false)]
    [InlineData("[", 1_000_001, false)]
    [InlineData("\"{,[\",", 900_000, true)]
    [InlineData("\"{,[\\\"{\\\\\",", 900_000, true)]
    [InlineData("\"\\\\\",", 1_000_001, false)]
    public void AreWithin_OfManyValues_CountsThoseOutsideOfStrings(string value, int count, bool expected)
    {
        var json = Encoding.UTF8.GetBytes($"[{string.Concat(Enumerable.Repeat(value, count))}0]");

        Assert.Equal(expected, JsonBounds.AreWithin(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("\"\\")]
    public void AreWithin_OfATruncatedDocument_Ends(string tail)
    {
        var json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\"{{{\",", 500_000)) + tail);

        Assert.True(JsonBounds.AreWithin(json));
    }
}
