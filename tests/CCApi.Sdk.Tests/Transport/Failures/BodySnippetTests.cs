using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class BodySnippetTests
{
    [Theory]
    [InlineData("<p>one</p>\r\n<p>two</p>", "one two")]
    [InlineData("  ", null)]
    [InlineData("key sk-test-0123456789", "key ***")]
    public void Of_ABody_IsReadableTextWithoutTheKey(string body, string? expected)
    {
        Assert.Equal(expected, BodySnippet.Of(Encoding.UTF8.GetBytes(body), new KeyRedaction("sk-test-0123456789")));
    }
}
