using System;
using System.Linq;
using System.Threading;
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
    [InlineData("The result is {\"a\":\"}{\"}, I think.", """{"a":"}{"}""")]
    [InlineData("It is {\"a\":{\"b\":[1]}}.", """{"a":{"b":[1]}}""")]
    [InlineData("As {said} in [the] manual: {\"a\":1}", """{"a":1}""")]
    [InlineData("<think>{\"a\":1} or {\"a\":22}?</think>{\"a\":3}", """{"a":3}""")]
    [InlineData("Hm, {\"a\":1} or {\"a\":22}?</think>{\"a\":3}", """{"a":3}""")]
    [InlineData("Here: {\"a\":\"</think>\",\"b\":{\"c\":1}} Done.", """{"a":"</think>","b":{"c":1}}""")]
    [InlineData("```\n{\"a\":\"x </think> y\"}\n```", """{"a":"x </think> y"}""")]
    [InlineData("Of {x : x > 0} it is {\"a\":1}", """{"a":1}""")]
    [InlineData("Use { to open it. Then {\"a\":1}", """{"a":1}""")]
    [InlineData("{{\"a\":{\"b\":1}}}", """{"a":{"b":1}}""")]
    [InlineData("In [0, \u221E) or [-1.5,2e3) it's {\"a\":1}", """{"a":1}""")]
    [InlineData("First {\"a\" 1}, no: {\"a\":1}", """{"a":1}""")]
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

    [Theory]
    [InlineData("{\"Name\":\"root\",\"Children\":[{\"Name\":\"leaf-1\",\"Children\":[]},{\"Na", "it ends inside a JSON value")]
    [InlineData("[{\"a\":1},{\"a\":2},", "it ends inside a JSON value")]
    [InlineData("Draft: {\"a\":1}. Final: {\"a\":", "it ends inside a JSON value")]
    [InlineData("{\"a\":oops,\"b\":{\"c\":1}}", "its JSON is not valid")]
    [InlineData("{\"a\":NaN,\"b\":[{\"c\":1}", "it ends inside a JSON value")]
    [InlineData("<think>maybe {\"a\":1}", "it contains no JSON value")]
    [InlineData("{\"a\":\"b </think> c\",\"d\":{\"e\":1}", "it ends inside a JSON value")]
    [InlineData("{Name: \"root\", Next: {\"a\":1}", "it ends inside a JSON value")]
    [InlineData("{Name: \"root\", Next: {\"a\":1}}", "its JSON is not valid")]
    [InlineData("{ Name = \"root\", Next = [{\"a\":1}] }", "its JSON is not valid")]
    [InlineData("{'Name':'root','Next':{\"a\":1}}", "its JSON is not valid")]
    [InlineData("{'Name':'a } b','Next':{\"a\":1}}", "its JSON is not valid")]
    [InlineData("{\"Name\":'a } b',\"Next\":{\"a\":1}}", "its JSON is not valid")]
    [InlineData("{\u201CName\u201D:\u201Ca } b\u201D,\u201CNext\u201D:{\"a\":1}}", "its JSON is not valid")]
    [InlineData("{`Name`: 1, `Next`: {\"a\":1}}", "its JSON is not valid")]
    [InlineData("{\"Name\":\"a \"b} c\" d\",\"Next\":{\"a\":1}}", "its JSON is not valid")]
    [InlineData("{\"Name\":[1},\"Next\":{\"a\":1}}", "it ends inside a JSON value")]
    [InlineData("['x', {\"a\":1}]", "its JSON is not valid")]
    [InlineData("[NaN, {\"a\":1}]", "its JSON is not valid")]
    [InlineData("[1 {\"a\":1}]", "its JSON is not valid")]
    [InlineData("[1 {\"a\":1}", "it ends inside a JSON value")]
    [InlineData("[{\"a\":1} {\"a\":2}]", "its JSON is not valid")]
    [InlineData("\"Name\":\"root\",\"Next\":{\"a\":1}}", "its JSON is not valid")]
    [InlineData("\"Name\":\"root\",\"Next\":{\"a\":1}", "its JSON is not valid")]
    [InlineData("{\"a\":\"b\"c}\", {\"d\":1}", "its JSON is not valid")]
    [InlineData("```json\n{Name: 'x', Next: {\"a\":1}}\n```", "its JSON is not valid")]
    [InlineData("No.", "it contains no JSON value")]
    public void Find_OfAnIncompleteOrInvalidValue_IsNothingFromItsInside(string text, string expected)
    {
        Assert.Empty(JsonExtraction.Find(text, isTruncated: false, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("{\"a\":1}", 1)]
    [InlineData("Here: ```json\n{\"a\":1}\n```\n", 1)]
    [InlineData("Such as {\"a\":1}, but the real", 0)]
    public void Find_OfATruncatedResponse_IsTheValueAtItsEnd(string text, int expected) => Assert.Equal(expected, JsonExtraction.Find(text, isTruncated: true, out _).Count);

    [Theory]
    [InlineData("{\"a\":\"one\ntwo\"}", "{\"a\":\"one\\u000atwo\"}")]
    [InlineData("It is {\"a\":\"one\r\n\ttwo\"}.", "{\"a\":\"one\\u000d\\u000a\\u0009two\"}")]
    [InlineData("In [0, 10) it is {\"a\":1}", "{\"a\":1}")]
    [InlineData("In [1/2, 1) it is {\"a\":1}", "{\"a\":1}")]
    [InlineData("[1//)\n]", "[1//)\n]")]
    public void Find_OfSmallMistakes_ReadsThem(string text, string expected) => Assert.Equal([expected], Find(text));

    [Fact]
    public void Find_AmidManyBrackets_CostsLinearTime()
    {
        Assert.Equal(["[1]"], Find(string.Concat(Enumerable.Repeat("{", 1_000_000)) + "[1]"));
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("[1,", 1_000_000))));
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("[1 ", 1_000_000))));
        Assert.Equal(1_000, Find(string.Concat(Enumerable.Repeat("[1] ", 1_000_000))).Length);
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("{\"a\"} ", 1_000_000))));
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("{'a': ", 1_000_000))));
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("[0, 1) ", 1_000_000))));
        Assert.Empty(Find("{\"a\":\"" + string.Concat(Enumerable.Repeat("</think>", 1_000_000))));
    }

    [Fact]
    public void Find_BehindManyIntervals_IsTheValue() => Assert.Equal(["{\"a\":1}"], Find(string.Concat(Enumerable.Repeat("[0, 1) ", 1_000)) + "{\"a\":1}"));

    [Fact]
    public void Find_ThatIsCanceled_Throws()
    {
        var canceled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => JsonExtraction.Find("It is [1]", isTruncated: false, out _, canceled));
    }

    private static string[] Find(string text) => [.. JsonExtraction.Find(text, isTruncated: false, out _).Select(value => value.GetRawText())];
}
