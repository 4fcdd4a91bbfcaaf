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
    [InlineData("""[{"url":"u","index":0},{"url":"v","index":0}]""", """[{"url":"u","index":0}]""", """[{"url":"v","index":0}]""")]
    // Also when it was received after the first fragment.
    [InlineData("""[{"index":0,"text":"x","type":"a"},{"index":0,"type":"b"}]""", """[{"index":0,"text":"x"}]""", """[{"index":0,"type":"a"}]""", """[{"index":0,"type":"b"}]""")]
    [InlineData("""[{"index":0,"text":"x","id":"a"},{"index":0,"id":"b"}]""", """[{"index":0,"text":"x"}]""", """[{"index":0,"id":"a"}]""", """[{"index":0,"id":"b"}]""")]
    [InlineData("""[{"index":0,"text":"x","url":"a"},{"index":0,"url":"b"}]""", """[{"index":0,"text":"x"}]""", """[{"index":0,"url":"a"}]""", """[{"index":0,"url":"b"}]""")]
    // Those of one piece stay apart.
    [InlineData("""[{"index":0,"text":"a"},{"index":0,"text":"b"},{"index":1}]""", """[{"index":0,"text":"a"},{"index":0,"text":"b"}]""", """[{"index":1}]""")]
    [InlineData("""[{"index":0},{"index":1,"text":"a"},{"index":1,"text":"b"}]""", """[{"index":0}]""", """[{"index":1,"text":"a"},{"index":1,"text":"b"}]""")]
    [InlineData("""[{"index":"0","text":"ab"}]""", """[{"index":"0","text":"a"}]""", """[{"index":"0","text":"b"}]""")]
    // Reasoning without an index ends with its signature; the first of a piece continues the last.
    [InlineData(
        """[{"type":"thinking","thinking":"ab","signature":"s"},{"type":"thinking","thinking":"c"}]""",
        """[{"type":"thinking","thinking":"a"}]""", """[{"type":"thinking","thinking":"b"}]""", """[{"type":"thinking","thinking":"","signature":"s"}]""", """[{"type":"thinking","thinking":"c"}]""")]
    [InlineData(
        """[{"type":"reasoning.text","text":"ab","id":"r"},{"type":"reasoning.text","text":"c","id":"q"},{"type":"reasoning.summary","summary":"d"}]""",
        """[{"type":"reasoning.text","text":"a","id":"r"}]""", """[{"type":"reasoning.text","text":"b","id":"r"},{"type":"reasoning.text","text":"c","id":"q"}]""", """[{"type":"reasoning.summary","summary":"d"}]""")]
    [InlineData(
        """[{"type":"reasoning.encrypted","data":"a"},{"type":"reasoning.encrypted","data":"b"}]""",
        """[{"type":"reasoning.encrypted","data":"a"}]""", """[{"type":"reasoning.encrypted","data":"b"}]""")]
    [InlineData(
        """[{"type":"reasoning.text","text":"a"},{"type":"reasoning.text","text":"b"}]""",
        """[{"type":"reasoning.text","text":"a"}]""", """[{"type":"reasoning.text","text":"b"}]""")]
    // Without an index, or with one that is not a number, the list grows.
    [InlineData("""[{"text":"a"},{"text":"b"},1,"x",null]""", """[{"text":"a"}]""", """[{"text":"b"},1,"x",null]""")]
    [InlineData("""[{"index":"a","text":"a"},{"index":"a","text":"b"}]""", """[{"index":"a","text":"a"}]""", """[{"index":"a","text":"b"}]""")]
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

    [Theory]
    [InlineData(15, """[{"index":0,"a":{"x":1,"y":2}}]""")]
    [InlineData(16, """[{"index":0,"a":{"y":2}}]""")]
    public void WriteTo_OfItemsInsideOfManyObjects_MergesThemToADepth(int depth, string expected)
    {
        var list = new MergedList(MergeMode.Texts, depth);

        list.Add(JsonDocument.Parse("""[{"index":0,"a":{"x":1}}]""").RootElement);
        list.Add(JsonDocument.Parse("""[{"index":0,"a":{"y":2}}]""").RootElement);

        Assert.Equal(expected, MergedJson.Write(list.WriteTo).GetRawText());
    }
}
