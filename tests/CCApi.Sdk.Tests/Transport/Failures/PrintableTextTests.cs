using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class PrintableTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb", "a b")]
    [InlineData("a\u001B[31mb", "a [31mb")]
    [InlineData("a\u2028b\u202Ec", "a b c")]
    [InlineData("无效的令牌。", "无效的令牌。")]
    [InlineData("0123456789", "0123456789")]
    [InlineData("0123456789a", "0123456789…")]
    [InlineData("012345678\U0001F600", "012345678…")]
    [InlineData("01234567\U0001F600", "01234567\U0001F600")]
    [InlineData("01234567\U0001F600a", "01234567\U0001F600…")]
    [InlineData("01234567\n\U0001F600", "01234567 …")]
    [InlineData("\r\n\ta", " a")]
    [InlineData("", "")]
    public void Clean_OfATextOfAServer_IsShortAndOnOneLine(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Clean(text, 10));
    }

    [Fact]
    public void Clean_OfACleanText_IsThatText()
    {
        var text = new string('a', 10);

        Assert.Same(text, PrintableText.Clean(text, 10));
    }

    [Fact]
    public void Clean_ToNothing_IsAnEllipsis() => Assert.Equal("…", PrintableText.Clean("a", 0));
}
