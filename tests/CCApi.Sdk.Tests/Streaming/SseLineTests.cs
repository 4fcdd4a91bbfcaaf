using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class SseLineTests
{
    [Theory]
    [InlineData("data: {}", SseLineKind.Data, "{}")]
    [InlineData("data:a", SseLineKind.Data, "a")]
    [InlineData("data", SseLineKind.Data, "")]
    [InlineData("event: ping", SseLineKind.Event, "ping")]
    [InlineData("id: 7", SseLineKind.Field, "7")]
    [InlineData("retry:9", SseLineKind.Field, "9")]
    [InlineData("data:  a", SseLineKind.Data, " a")]
    [InlineData("data:", SseLineKind.Data, "")]
    [InlineData("retry", SseLineKind.Field, "")]
    [InlineData("a: data:", SseLineKind.Unknown, "data:")]
    [InlineData("[\"data:\"]", SseLineKind.Json, "[\"data:\"]")]
    [InlineData("{data:", SseLineKind.Json, "{data:")]
    [InlineData(" : error", SseLineKind.Text, "error")]
    [InlineData(": ping", SseLineKind.Comment, ": ping")]
    [InlineData(" ", SseLineKind.Comment, "")]
    [InlineData("{\"a\":1}", SseLineKind.Json, "{\"a\":1}")]
    [InlineData(" [1]", SseLineKind.Json, "[1]")]
    [InlineData("\0{}", SseLineKind.Json, "{}")]
    [InlineData("\u001e{}", SseLineKind.Json, "{}")]
    [InlineData("Data:{}", SseLineKind.Data, "{}")]
    [InlineData(" data : [DONE]", SseLineKind.Data, "[DONE]")]
    [InlineData("\0\0data: {}", SseLineKind.Data, "{}")]
    [InlineData("Data: a", SseLineKind.Unknown, "a")]
    [InlineData(" data", SseLineKind.Unknown, "")]
    [InlineData("foo: {}", SseLineKind.Unknown, "{}")]
    [InlineData("x-Az09._: a", SseLineKind.Unknown, "a")]
    [InlineData("a@b: c", SseLineKind.Text, "c")]
    [InlineData("a/b: c", SseLineKind.Text, "c")]
    [InlineData("Error: a", SseLineKind.Error, "a")]
    [InlineData("error", SseLineKind.Word, "")]
    [InlineData("Unauthorized", SseLineKind.Word, "")]
    [InlineData("upstream connect error: reset", SseLineKind.Text, "reset")]
    [InlineData("<html>", SseLineKind.Text, "")]
    [InlineData("\"busy\"", SseLineKind.Text, "")]
    [InlineData("größer", SseLineKind.Text, "")]
    public void Classify_OfALine_IsItsKindAndValue(string line, object kind, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(line);

        var actual = SseLine.Classify(bytes, out var start);

        Assert.Equal((kind, value), (actual, Encoding.UTF8.GetString(bytes, start, bytes.Length - start)));
    }

    [Theory]
    [InlineData("data: a", 0)]
    [InlineData("\uFEFFdata: a", 3)]
    [InlineData("\uFEFF\uFEFF", 6)]
    [InlineData("a\uFEFF", 0)]
    public void MarkLength_OfALine_IsThatOfItsByteOrderMarks(string line, int expected) =>
        Assert.Equal(expected, SseLine.MarkLength(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("dat", true)]
    [InlineData("eve", true)]
    [InlineData("i", true)]
    [InlineData("r", true)]
    [InlineData("date", false)]
    [InlineData("Unauthorized", false)]
    public void MayBeCut_OfALineWithoutEnd_IsWhetherAFieldStartsSo(string line, bool expected) =>
        Assert.Equal(expected, SseLine.MayBeCut(Encoding.UTF8.GetBytes(line)));
}
