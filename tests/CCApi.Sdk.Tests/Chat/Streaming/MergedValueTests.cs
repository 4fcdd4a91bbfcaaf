#if !NETFRAMEWORK
using System.Linq;
#endif
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class MergedValueTests
{
    [Theory]
    [InlineData("[1,2]", "[1]", "[2]")]
    [InlineData("[1]", "[1]", "null")]
    [InlineData("[1]", "null", "[1]")]
    [InlineData("null", "null", "null")]
    [InlineData("7", "[1]", "[2]", "7")]
    [InlineData("[3,4]", "{\"a\":1}", "{\"a\":2}", "[3]", "[4]")]
    [InlineData("{\"a\":2}", "[1]", "[2]", "{\"a\":1}", "{\"a\":2}")]
    public void ToElement_OfPieces_PutsThemTogether(string expected, params string[] pieces)
    {
        Assert.Equal(expected, Merge("reasoning_details", pieces).GetRawText());
    }

    [Theory]
    [InlineData("arguments", "\"ab\"")]
    [InlineData("other", "\"ab\"")]
    [InlineData("model", "\"b\"")]
    public void ToElement_OfTexts_JoinsThoseThatComeInPieces(string name, string expected)
    {
        Assert.Equal(expected, Merge(name, "\"a\"", "\"\"", "\"b\"", "\"\"").GetRawText());
    }

    [Theory]
    [InlineData("\"aab\"", "\"a\"", "\"a\"", "\"b\"")]
    [InlineData("\"abab\"", "\"a\"", "\"b\"", "\"ab\"")]
    [InlineData("\"\\ud83d\\ude00a\"", "\"\\ud83d\"", "\"\\ude00\"", "\"a\"")]
    [InlineData("\"b\"", "\"a\"", "\"c\"", "7", "\"b\"")]
    public void ToElement_AfterEachPiece_IsTheSameAtTheEnd(string expected, params string[] pieces)
    {
        var merged = new MergedValue("other");
        foreach (var piece in pieces)
        {
            merged.Add(JsonDocument.Parse(piece).RootElement);
            _ = merged.ToElement();
        }

        Assert.Equal(expected, merged.ToElement().GetRawText());
        Assert.Equal(expected, merged.ToElement().GetRawText());
    }

    [Theory]
    [InlineData(14, """[{"index":0,"a":{"x":1,"y":2}}]""")]
    [InlineData(15, """[{"index":0,"a":{"y":2}}]""")]
    public void ToElement_OfAListInsideOfManyObjects_MergesItsItemsToADepth(int depth, string expected)
    {
        var merged = new MergedValue("other", MergeMode.Texts, depth);

        merged.Add(JsonDocument.Parse("""[{"index":0,"a":{"x":1}}]""").RootElement);
        merged.Add(JsonDocument.Parse("""[{"index":0,"a":{"y":2}}]""").RootElement);

        Assert.Equal(expected, merged.ToElement().GetRawText());
    }

    [Fact]
    public void ToElement_OfNothing_IsUndefined()
    {
        var merged = Merge("a");

        Assert.Equal(JsonValueKind.Undefined, merged.ValueKind);
    }

#if !NETFRAMEWORK
    [Theory]
    [InlineData("details", "[{\"type\":\"reasoning.text\",\"text\":\"word \"}]")]
    [InlineData("audio", "{\"data\":\"Zm9vYmFy\",\"list\":[1,2,3]}")]
    [InlineData("arguments", "\"a few characters of them\"")]
    public void ToElement_OfThousandsOfPieces_TakesMemoryInProportion(string name, string piece)
    {
        Allocated(name, piece, count: 10);

        var (few, many) = (Allocated(name, piece, count: 1000), Allocated(name, piece, count: 8000));

        Assert.InRange(many, few, 20 * few);
    }

    private static long Allocated(string name, string piece, int count)
    {
        var pieces = Enumerable.Repeat(piece, count).ToArray();
        var before = System.GC.GetAllocatedBytesForCurrentThread();
        _ = Merge(name, pieces);
        return System.GC.GetAllocatedBytesForCurrentThread() - before;
    }
#endif

    private static JsonElement Merge(string name, params string[] pieces)
    {
        var merged = new MergedValue(name);
        foreach (var piece in pieces)
        {
            using var document = JsonDocument.Parse(piece);
            merged.Add(document.RootElement.Clone());
        }

        return merged.ToElement();
    }
}
