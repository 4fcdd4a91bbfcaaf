using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class JsonExtractionTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""  {"a":{"b":[1]},}  """, """{"a":{"b":[1]},}""")]
    [InlineData("42", "42")]
    [InlineData("\"{}\"", "\"{}\"")]
    [InlineData("\uFEFF[1]", "[1]")]
    public void Find_OfJsonAlone_IsThat(string text, string expected) => Assert.Equal([expected], Find(text));

    [Theory]
    [InlineData("```json\n{\"a\":1}\n```", """{"a":1}""")]
    [InlineData("```\n[1]\n```\n", "[1]")]
    [InlineData("Here it is:\n\n```JSON\r\n{\"a\":\"```\"}\r\n```\nAnything else?", """{"a":"```"}""")]
    [InlineData("The answer is {\"a\":\"}{\"}, I think.", """{"a":"}{"}""")]
    [InlineData("It is {\"a\":{\"b\":[1]}}.", """{"a":{"b":[1]}}""")]
    [InlineData("As {said} in [the] manual: {\"a\":1}", """{"a":1}""")]
    [InlineData("<think>{\"a\":1} or {\"a\":22}?</think>{\"a\":3}", """{"a":3}""")]
    public void Find_AmidProse_IsTheJson(string text, string expected) => Assert.Equal([expected], Find(text));

    [Theory]
    [InlineData("See [1]. {\"a\":1} {\"bb\":2}", """{"bb":2}|{"a":1}|[1]""")]
    [InlineData("[1] and [2]", "[1]|[2]")]
    public void Find_OfSeveral_PutsTheLargestFirst(string text, string expected) => Assert.Equal(expected, string.Join("|", Find(text)));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("No.")]
    [InlineData("{\"a\":1")]
    [InlineData("{a:1}")]
    [InlineData("}{][")]
    public void Find_WhereThereIsNone_IsNothing(string text) => Assert.Empty(Find(text));

    [Fact]
    public void Find_AmidManyBraces_GivesUp()
    {
        Assert.Equal(["[1]"], Find(string.Concat(Enumerable.Repeat("{", 199)) + "[1]"));
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("{", 200)) + "[1]"));
    }

    private static string[] Find(string text) => [.. JsonExtraction.Find(text).Select(value => value.GetRawText())];
}
