using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ContentQuirkTests
{
    [Theory]
    [InlineData("\"content\":null", null)]
    [InlineData("\"role\":\"assistant\"", null)]
    [InlineData("\"content\":\"\"", "")]
    [InlineData("\"content\":\"Yes.\"", "Yes.")]
    [InlineData("\"content\":42", "42")]
    [InlineData("\"content\":[]", null)]
    [InlineData("\"content\":[{\"type\":\"text\",\"text\":\"Yes, \"},{\"type\":\"text\",\"text\":\"please.\"}]", "Yes, please.")]
    [InlineData("\"content\":[{\"type\":\"text\",\"text\":null},null,\"Yes.\"]", "Yes.")]
    [InlineData("\"content\":{\"type\":\"text\",\"text\":\"Yes.\"}", "Yes.")]
    public async Task Content_OfAnyKind_IsItsText(string member, string? expected)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{ {{{member}}} }}]}""");

        Assert.Equal(expected, read.Text);
    }

    [Fact]
    public async Task Content_OfMixedParts_GivesTextAndReasoningAndKeepsTheRest()
    {
        const string Parts =
            """[{"type":"thinking","thinking":"Hm, "},{"type":"reasoning","reasoning":"well."},{"type":"text","text":"A fox: "},{"type":"image_url","image_url":{"url":"https://media.test/fox.png"}},{"type":"hologram","depth":3},{"type":"text","text":"there."}]""";

        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"content":{{{Parts}}}}}]}""");

        Assert.Equal(("A fox: there.", "Hm, well."), (read.Text, read.Reasoning));
        Assert.Empty(JsonTree.Differences($$$"""{"role":"assistant","content":{{{Parts}}}}""", Wire.Write(read.Choices![0].Message!)));
    }

    [Fact]
    public async Task Content_OfNestedThinking_IsReasoning()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm, well."}]},{"type":"text","text":"Yes."}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm, "}]}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"well."}]}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Yes."}]}}]}""");

        Assert.Equal(("Yes.", "Hm, well."), (read.Text, read.Reasoning));
    }

    [Fact]
    public async Task Content_InPiecesOfText_IsJoined()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"content":"Yes, please."}}]}""",
            """{"choices":[{"index":0,"delta":{"content":null}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Yes"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":""}}]}""",
            """{"choices":[{"index":0,"delta":{"content":", please."}}]}""",
            """{"choices":[{"index":0,"delta":{}}]}""");

        Assert.Equal("Yes, please.", read.Text);
    }

    [Fact]
    public async Task Content_FirstTextThenParts_IsAllOfIt()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"content":[{"type":"text","text":"Yes, "},{"type":"hologram","depth":3},{"type":"text","text":"please."}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Yes, "}}]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"hologram","depth":3}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"please."}}]}""");

        Assert.Equal("Yes, please.", read.Text);
    }
}
