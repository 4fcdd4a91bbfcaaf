using System;
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
    [InlineData("\"\"", null)]
    [InlineData("""
        "{\"a\":1}"
        """, """{"a":1}""")]
    public void TryParse_OfAnObject_GivesIt(string text, string? expected)
    {
        var isObject = ToolArguments.TryParse(text, isCut: false, out var arguments, out _);

        Assert.Equal(expected, isObject ? arguments.GetRawText() : null);
    }

    [Theory]
    [InlineData("[1]", "they must be a JSON object")]
    [InlineData("Oslo", "they are no JSON: 'O' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 0.")]
    [InlineData("""{"city":"Oslo","days":thr""", "they are no JSON: ")]
    [InlineData("""{"a":1}{"a":2}""", "they are no JSON: ")]
    [InlineData("\"Oslo\"", "they are no JSON: ")]
    [InlineData("{\"a\":\"\ud83d\"", "they are no JSON: ")]
    public void TryParse_OfAnythingElse_SaysWhatAndWhere(string text, string expected)
    {
        Assert.False(ToolArguments.TryParse(text, isCut: false, out _, out var problem));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "they were cut off; write less")]
    [InlineData("""{"city":"Os""", "they are no JSON, because they were cut off; write less: ")]
    public void TryParse_OfWhatWasCutOff_SaysSo(string text, string expected)
    {
        Assert.False(ToolArguments.TryParse(text, isCut: true, out _, out var problem));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_OfAWholeObjectInACutAnswer_GivesIt() => Assert.True(ToolArguments.TryParse("{}", isCut: true, out _, out _));
}
