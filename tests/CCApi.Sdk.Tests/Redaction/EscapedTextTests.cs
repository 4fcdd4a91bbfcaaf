using Xunit;

namespace CCApi.Sdk.Tests.Redaction;

public class EscapedTextTests
{
    [Theory]
    [InlineData("%2f!", 1, '/', 3)]
    [InlineData("%2!", 1, '%', 1)]
    [InlineData("%252F", 1, '%', 3)]
    [InlineData("%252F", 2, '/', 5)]
    [InlineData("%25252F", 3, '/', 7)]
    [InlineData("\\u002f!", 1, '/', 6)]
    [InlineData("\\u002", 1, '\\', 1)]
    [InlineData("\\x2f!", 1, '/', 4)]
    [InlineData("\\x2", 1, '\\', 1)]
    [InlineData("\\/", 1, '/', 2)]
    [InlineData("\\n", 1, '\\', 1)]
    [InlineData("\\", 1, '\\', 1)]
    [InlineData("\\\\u002f", 2, '/', 7)]
    [InlineData("&amp;!", 1, '&', 5)]
    [InlineData("&LT;", 1, '<', 4)]
    [InlineData("&gt;", 1, '>', 4)]
    [InlineData("&quot;", 1, '"', 6)]
    [InlineData("&apos;", 1, '\'', 6)]
    [InlineData("&#47;", 1, '/', 5)]
    [InlineData("&#x2F;", 1, '/', 6)]
    [InlineData("&#4F;", 1, '&', 1)]
    [InlineData("&#0;", 1, '&', 1)]
    [InlineData("&#99999999999;", 1, '&', 1)]
    [InlineData("&nbsp;", 1, '&', 1)]
    [InlineData("&;", 1, '&', 1)]
    [InlineData("&a b;", 1, '&', 1)]
    [InlineData("&amp;amp;", 2, '&', 9)]
    [InlineData("\\u0026#47;", 2, '/', 10)]
    [InlineData("%2F", 0, '%', 1)]
    [InlineData("a%2F", 3, 'a', 1)]
    public void Read_AtALevel_UnescapesSoOften(string text, int level, char expected, int end)
    {
        var position = 0;

        var character = EscapedText.Read(text, level, ref position);

        Assert.Equal((expected, end), (character, position));
    }
}
