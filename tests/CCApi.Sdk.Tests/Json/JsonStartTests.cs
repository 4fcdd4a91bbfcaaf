using System.Text;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonStartTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("{}", "{}")]
    [InlineData(" \t\r\n{} ", "{} ")]
    [InlineData("\uFEFF{}", "{}")]
    [InlineData("\uFEFF\n {}", "{}")]
    [InlineData("\n\uFEFF{}", "\uFEFF{}")]
    [InlineData("\r\n\t ", "")]
    public void Of_AnyBody_IsFromItsFirstByteThatIsNotWhiteSpace(string body, string expected)
    {
        var start = JsonStart.Of(Encoding.UTF8.GetBytes(body));

        Assert.Equal(expected, Encoding.UTF8.GetString(start.ToArray()));
    }

    [Fact]
    public void Of_KilobytesOfWhiteSpace_IsTheRest()
    {
        var start = JsonStart.Of(Encoding.UTF8.GetBytes(new string(' ', 100_000) + "{}"));

        Assert.Equal("{}"u8.ToArray(), start.ToArray());
    }

    [Theory]
    [InlineData("\uFEFF {}", " {}")]
    [InlineData(" {}", " {}")]
    [InlineData("", "")]
    public void SkipByteOrderMark_OfABody_SkipsNothingElse(string body, string expected)
    {
        var rest = JsonStart.SkipByteOrderMark(Encoding.UTF8.GetBytes(body));

        Assert.Equal(expected, Encoding.UTF8.GetString(rest.ToArray()));
    }

    [Theory]
    [InlineData("{}", 2)]
    [InlineData(" [1] {}", 4)]
    [InlineData("{\"a\":", 0)]
    [InlineData("", 0)]
    [InlineData(" ", 0)]
    [InlineData("\"a\"", -1)]
    [InlineData("RIFF", -1)]
    [InlineData("{a", -1)]
    public void LengthOfDocument_OfAText_IsThatOfItsFirstObjectOrArray(string text, int expected)
    {
        Assert.Equal(expected, JsonStart.LengthOfDocument(Encoding.UTF8.GetBytes(text)));
    }
}
