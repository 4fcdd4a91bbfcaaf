using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class BodySnippetTests
{
    [Theory]
    [InlineData("<p>one</p>\r\n<p>two</p>", "one two")]
    [InlineData("max_tokens must be < 4096, and 1<2", "max_tokens must be < 4096, and 1<2")]
    [InlineData("<?xml version=\"1.0\"?><Error>gone</Error>", "gone")]
    [InlineData("gone <br", "gone")]
    [InlineData("  ", null)]
    [InlineData("key sk-test-0123456789", "key ***")]
    public void Of_ABody_IsReadableTextWithoutTheKey(string body, string? expected)
    {
        Assert.Equal(expected, BodySnippet.Of(Encoding.UTF8.GetBytes(body), new KeyRedaction("sk-test-0123456789")));
    }

    [Fact]
    public void Of_ALongBody_EndsWithAWholeCharacter()
    {
        var snippet = BodySnippet.Of(Encoding.UTF8.GetBytes("a" + string.Concat(Enumerable.Repeat("\U0001F600", 4000))), KeyRedaction.None)!;

        Assert.InRange(snippet.Length, 500, 512);
        Assert.False(char.IsHighSurrogate(snippet[snippet.Length - 1]));
    }
}
