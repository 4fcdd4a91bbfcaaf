using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class MergedListTests
{
    [Theory]
    // One index, in fragments, with the signature at the end.
    [InlineData(
        """[{"type":"reasoning.text","text":"ab","index":0,"format":"x","signature":"s"}]""",
        """[{"type":"reasoning.text","text":"a","index":0,"format":"x"}]""", """[{"type":"reasoning.text","text":"b","index":0,"format":"x"}]""", """[{"type":"reasoning.text","signature":"s","index":0}]""")]
    [InlineData("""[{"type":"t","text":"a","signature":"s","index":0}]""", """[{"type":"t","text":"a","signature":null,"index":0}]""", """[{"text":"","signature":"s","index":0}]""")]
    // Several, mixed.
    [InlineData(
        """[{"index":0,"text":"ac"},{"index":1,"text":"bd"}]""",
        """[{"index":0,"text":"a"},{"index":1,"text":"b"}]""", """[{"index":1,"text":"d"}]""", """[{"index":0,"text":"c"}]""")]
    // Another type, id or address is another item.
    [InlineData(
        """[{"type":"reasoning.summary","summary":"ab","index":0},{"type":"reasoning.encrypted","data":"x","index":0}]""",
        """[{"type":"reasoning.summary","summary":"a","index":0}]""", """[{"type":"reasoning.encrypted","data":"x","index":0}]""", """[{"type":"reasoning.summary","summary":"b","index":0}]""")]
    [InlineData("""[{"id":"a","text":"x","index":0},{"id":"b","text":"y","index":0}]""", """[{"id":"a","text":"x","index":0}]""", """[{"id":"b","text":"y","index":0}]""")]
    [InlineData(
        """[{"image_url":{"url":"data:1"},"index":0},{"image_url":{"url":"data:2"},"index":0}]""",
        """[{"image_url":{"url":"data:1"},"index":0}]""", """[{"image_url":{"url":"data:2"},"index":0}]""")]
    [InlineData("""[{"url":"u","index":0}]""", """[{"url":"u","index":0}]""", """[{"url":"u","index":0}]""")]
    // Those of one piece stay apart.
    [InlineData("""[{"index":0,"text":"a"},{"index":0,"text":"b"},{"index":1}]""", """[{"index":0,"text":"a"},{"index":0,"text":"b"}]""", """[{"index":1}]""")]
    // Without an index, or with one that is not a number, the list grows.
    [InlineData("""[{"text":"a"},{"text":"b"},1,"x",null]""", """[{"text":"a"}]""", """[{"text":"b"},1,"x",null]""")]
    [InlineData("""[{"index":"0","text":"a"},{"index":"0","text":"b"}]""", """[{"index":"0","text":"a"}]""", """[{"index":"0","text":"b"}]""")]
    [InlineData("""[{"index":0.5},{"index":0.5}]""", """[{"index":0.5}]""", """[{"index":0.5}]""")]
    [InlineData("[]", "[]", "[]")]
    // Lists inside of items are merged too.
    [InlineData("""[{"index":0,"parts":[{"index":0,"text":"ab"}]}]""", """[{"index":0,"parts":[{"index":0,"text":"a"}]}]""", """[{"index":0,"parts":[{"index":0,"text":"b"}]}]""")]
    public void WriteTo_OfPieces_MergesItemsOfOneIndex(string expected, params string[] pieces)
    {
        var list = new MergedList(MergeMode.Texts, depth: 0);
        foreach (var piece in pieces)
        {
            using var document = JsonDocument.Parse(piece);
            list.Add(document.RootElement.Clone());
        }

        Assert.Equal(expected, MergedJson.Write(list.WriteTo).GetRawText());
    }
}
