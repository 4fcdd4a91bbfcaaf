using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ContentAssemblerTests
{
    [Theory]
    [InlineData("{}", "null", "null")]
    [InlineData("""{"content":""}""", "null", "\"\"", "null")]
    [InlineData("""{"content":"ab"}""", "null", "\"a\"", "\"\"", "\"b\"")]
    [InlineData("""{"content":[{"type":"text","text":"ab"}]}""", """[{"type":"text","text":"a"}]""", """[{"type":"text","text":"b"}]""")]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"text","text":"bc"}]}""", """[{"type":"text","text":"a"},{"type":"text","text":"b"}]""", """[{"type":"text","text":"c"}]""")]
    [InlineData("""{"content":[{"type":"text","text":"ab"}]}""", "\"a\"", """[{"type":"text","text":"b"}]""")]
    [InlineData("""{"content":[{"type":"text","text":"ab"}]}""", """[{"type":"text","text":"a"}]""", "\"b\"", "\"\"")]
    [InlineData("""{"content":[{"type":"thinking","thinking":"ab"},{"type":"text","text":"c"}]}""", """[{"type":"thinking","thinking":"a"}]""", """[{"type":"thinking","thinking":"b"}]""", """[{"type":"text","text":"c"}]""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"ab"}]}]}""", """[{"type":"thinking","thinking":[{"type":"text","text":"a"}]}]""", """[{"type":"thinking","thinking":[{"type":"text","text":"b"}]}]""")]
    [InlineData("""{"content":[{"type":"reasoning","reasoning":"ab"}]}""", """[{"type":"reasoning","reasoning":"a"}]""", """[{"type":"reasoning","reasoning":"b"}]""")]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"u"}},{"type":"image_url","image_url":{"url":"v"}}]}""", "\"a\"", """[{"type":"image_url","image_url":{"url":"u"}}]""", """[{"type":"image_url","image_url":{"url":"v"}}]""")]
    [InlineData("""{"content":[{"type":"new","x":1},{"type":"new","x":2}]}""", """[{"type":"new","x":1}]""", """[{"type":"new","x":2}]""")]
    [InlineData("""{"content":[{"type":"text","text":"a","x":1},{"type":"text","text":"b"}]}""", """[{"type":"text","text":"a","x":1}]""", """[{"type":"text","text":"b"}]""")]
    [InlineData("""{"content":[]}""", "[]", "\"\"")]
    public void ToContent_OfPieces_PutsThemTogether(string expected, params string[] pieces)
    {
        var content = new ContentAssembler();
        foreach (var piece in pieces)
        {
            content.Add(Read(piece));
        }

        Assert.Equal(expected, Wire.Write(new ChatCompletionDelta { Content = content.ToContent() }));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"a\"", "a")]
    [InlineData("""[{"type":"text","text":"a"},{"type":"thinking","thinking":"b"},{"type":"text","text":"c"}]""", "ac")]
    [InlineData("""[{"type":"thinking","thinking":"b"}]""", null)]
    public void Add_OfAPiece_ReturnsItsText(string piece, string? expected)
    {
        var text = new ContentAssembler().Add(Read(piece));

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("""[{"type":"text","text":"ab","index":0}]""", """[{"type":"text","text":"a","index":0}]""", """[{"type":"text","text":"b","index":0}]""")]
    [InlineData(
        """[{"type":"thinking","thinking":"ac","index":0,"signature":"s"},{"type":"text","text":"b","index":1}]""",
        """[{"type":"thinking","thinking":"a","index":0},{"type":"text","text":"b","index":1}]""", """[{"type":"thinking","thinking":"c","index":0}]""", """[{"type":"thinking","signature":"s","index":0}]""")]
    [InlineData("""[{"type":"text","text":"a","index":0},{"type":"text","text":"b","index":0}]""", """[{"type":"text","text":"a","index":0},{"type":"text","text":"b","index":0}]""")]
    [InlineData("""[{"type":"text","text":"a","index":0},{"type":"text","text":"b"}]""", """[{"type":"text","text":"a","index":0}]""", """[{"type":"text","text":"b"}]""")]
    [InlineData("""[{"type":"text","text":"a","index":0},{"type":"thinking","thinking":"b","index":0}]""", """[{"type":"text","text":"a","index":0}]""", """[{"type":"thinking","thinking":"b","index":0}]""")]
    public void ToContent_OfPartsWithAnIndex_MergesThoseOfOneIndex(string expected, params string[] pieces)
    {
        var content = new ContentAssembler();
        foreach (var piece in pieces)
        {
            content.Add(Read(piece));
        }

        Assert.Empty(JsonTree.Differences($$"""{"content":{{expected}}}""", Wire.Write(new ChatMessage { Content = content.ToContent() })));
    }

#if !NETFRAMEWORK
    [Theory]
    [InlineData("""[{"type":"text","text":"a few words "}]""")]
    [InlineData("""[{"type":"thinking","thinking":[{"type":"text","text":"a few words "}]}]""")]
    public void ToContent_OfThousandsOfPieces_TakesMemoryInProportion(string piece)
    {
        Allocated(piece, count: 10);

        var (few, many) = (Allocated(piece, count: 1000), Allocated(piece, count: 8000));

        Assert.InRange(many, few, 20 * few);
    }

    private static long Allocated(string piece, int count)
    {
        var content = new ContentAssembler();
        var part = Read(piece);
        var before = System.GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            content.Add(part);
        }

        _ = content.ToContent();
        return System.GC.GetAllocatedBytesForCurrentThread() - before;
    }
#endif

    private static ChatMessageContent? Read(string piece) => Wire.Read<ChatCompletionDelta>($$"""{"content":{{piece}}}""").Content;
}
