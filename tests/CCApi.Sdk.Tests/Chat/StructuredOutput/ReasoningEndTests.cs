using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class ReasoningEndTests
{
    [Theory]
    [InlineData("<think>a</think>b", "b")]
    [InlineData(" <think>{\"a\":\"</think>b", "b")]
    [InlineData("<think>a", "")]
    [InlineData("a</think>b", "b")]
    [InlineData("a {\"b\":1} c</think>d", "d")]
    [InlineData("a {\"b\": c</think>d", "d")]
    [InlineData("a {\"b\":\"</think>\"} c", "a {\"b\":\"</think>\"} c")]
    [InlineData("{\"b\":\"</think>\"} c</think>d", "d")]
    [InlineData("{'b':'</think>'} c", "{'b':'</think>'} c")]
    [InlineData("{\"b\":\"</think>", "{\"b\":\"</think>")]
    [InlineData("[1] [2] {\"b\":3}</think>d", "d")]
    [InlineData("[1] {\"b\":\"</think>\"} [2]</think>d", "d")]
    [InlineData("a", "a")]
    public void Of_AText_IsWhereTheResponseBegins(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var start = ReasoningEnd.Of(bytes);

        Assert.Equal(expected, Encoding.UTF8.GetString(bytes, start, bytes.Length - start));
    }
}
