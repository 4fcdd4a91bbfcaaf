using System;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ToolArgumentsTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,} // that is it""", """{"a":1,}""")]
    [InlineData("", "{}")]
    [InlineData(" \n", "{}")]
    [InlineData("null", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("{\"a\":\"one\ntwo\"}", "{\"a\":\"one\\u000atwo\"}")]
    [InlineData("\"\"", null)]
    [InlineData("""
        "{\"a\":1}"
        """, """{"a":1}""")]
    public void TryParse_OfAnObject_GivesIt(string text, string? expected)
    {
        var isObject = ToolArguments.TryParse(text, isTruncated: false, out var arguments, out _);

        Assert.Equal(expected, isObject ? arguments.GetRawText() : null);
    }

    [Theory]
    [InlineData("[1]", "they must be a JSON object")]
    [InlineData("Oslo", "they are not valid JSON: 'O' is an invalid start of a value.")]
    [InlineData("""{"city":"Oslo","days":thr""", "they are not valid JSON: ")]
    [InlineData("""{"a":1}{"a":2}""", "they are not valid JSON: ")]
    [InlineData("\"Oslo\"", "they are not valid JSON: ")]
    [InlineData("{\"a\":\"\ud83d\"", "they are not valid JSON: ")]
    [InlineData("{\"a\":\"\\ud83d\"}", "they contain half of a character (an incomplete surrogate pair)")]
    [InlineData("{\"\\udc00\":1}", "they contain half of a character (an incomplete surrogate pair)")]
    [InlineData("\"{\\\"a\\\":\\\"\\ud83d\\\"}\"", "they contain half of a character (an incomplete surrogate pair)")]
    [InlineData("\"{\\\"a\\\":\\\"\\\\ud83d\\\"}\"", "they contain half of a character (an incomplete surrogate pair)")]
    public void TryParse_OfAnythingElse_ReportsWhatIsWrong(string text, string expected)
    {
        Assert.False(ToolArguments.TryParse(text, isTruncated: false, out _, out var problem));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "they are missing, because the response was truncated; write less")]
    [InlineData("""{"city":"Os""", "they are not valid JSON, because the response was truncated; write less: ")]
    public void TryParse_OfATruncatedResponse_ReportsIt(string text, string expected)
    {
        Assert.False(ToolArguments.TryParse(text, isTruncated: true, out _, out var problem));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_OfACompleteObjectInATruncatedResponse_GivesIt() => Assert.True(ToolArguments.TryParse("{}", isTruncated: true, out _, out _));

    [Theory]
    [InlineData("""{"city":"Oslo"}""")]
    [InlineData("""  { "city" : "\ud83d\ude00" }""")]
    [InlineData("{}")]
    public void ToValid_OfAnObject_IsTheSame(string text) => Assert.Equal(text, ToolArguments.ToValid(text).ToString());

    [Theory]
    [InlineData("""{"City":"Os""", "{}")]
    [InlineData("", "{}")]
    [InlineData(" ", "{}")]
    [InlineData("null", "{}")]
    [InlineData("[1]", "{}")]
    [InlineData("Oslo", "{}")]
    [InlineData("42", "{}")]
    [InlineData("{}{}", "{}")]
    [InlineData("""{"a":"\ud83d"}""", "{}")]
    [InlineData("""{"a":[1,2,],/* two */}""", """{"a":[1,2]}""")]
    [InlineData("\"{\\\"a\\\":\\\"\\uD83D\\uDE00\\\"}\"", """{"a":"😀"}""")]
    public void ToValid_OfAnythingElse_IsAnObject(string text, string expected)
    {
        Assert.Equal(expected, ToolArguments.ToValid(text).ToString());
    }

    [Fact]
    public void ToValid_OfNothing_IsAnObject() => Assert.Equal("{}", ToolArguments.ToValid(null).ToString());

    [Fact]
    public void ToValid_OfNestingBeyondTheLimit_IsAnObject()
    {
        var text = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        Assert.Equal("{}", ToolArguments.ToValid(text).ToString());
    }
}
