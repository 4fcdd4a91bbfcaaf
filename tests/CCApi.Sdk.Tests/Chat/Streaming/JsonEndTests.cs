using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class JsonEndTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("  ", false, false)]
    [InlineData("{", true, false)]
    [InlineData("{}", true, true)]
    [InlineData(" { } \n", true, true)]
    [InlineData("[1,{}]", true, true)]
    [InlineData("{\"a\":\"}\"", true, false)]
    [InlineData("{\"a\":\"\\\"}\"}", true, true)]
    [InlineData("{\"a\":\"\\\\\"}", true, true)]
    [InlineData("{}{", false, false)]
    [InlineData("{}}", false, false)]
    [InlineData("{} x", false, false)]
    [InlineData("a{}", false, false)]
    [InlineData("}", false, false)]
    [InlineData("\"{}\"", false, false)]
    public void Add_OfATextInAnyPieces_FindsItsEnd(string text, bool isJson, bool isWhole)
    {
        var (one, many) = (default(JsonEnd), default(JsonEnd));

        one.Add(text);
        foreach (var character in text.Select(character => character.ToString()))
        {
            many.Add(character);
        }

        Assert.Equal((isJson, isWhole), (one.IsJson, one.IsWhole));
        Assert.Equal((isJson, isWhole), (many.IsJson, many.IsWhole));
    }
}
