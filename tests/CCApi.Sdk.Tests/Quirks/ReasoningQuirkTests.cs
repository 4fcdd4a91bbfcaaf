using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ReasoningQuirkTests
{
    [Theory]
    [InlineData("\"reasoning_content\":\"Hm.\"")]
    [InlineData("\"reasoning\":\"Hm.\"")]
    [InlineData("\"reasoning_content\":\"\",\"reasoning\":\"Hm.\"")]
    [InlineData("\"reasoning_content\":null,\"reasoning\":null,\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm.\"}]")]
    [InlineData("\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"Hm.\"},{\"type\":\"reasoning.encrypted\",\"data\":\"c2VjcmV0\"}]")]
    [InlineData("\"reasoning_content\":\"Hm.\",\"reasoning\":\"Other.\",\"reasoning_details\":[{\"text\":\"Third.\"}]")]
    public async Task Reasoning_UnderAnyName_IsTheFirstThatIsNotEmpty(string members)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"content":"Yes.",{{{members}}} }}]}""");

        Assert.Equal(("Yes.", "Hm."), (read.Text, read.Reasoning));
        Assert.Empty(JsonTree.Differences($$$"""{"role":"assistant","content":"Yes.",{{{members}}} }""", Wire.Write(read.Choices![0].Message!)));
    }

    [Theory]
    [InlineData("\"reasoning_content\":null")]
    [InlineData("\"reasoning\":\"\"")]
    [InlineData("\"reasoning_details\":[]")]
    [InlineData("\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"c2VjcmV0\"}]")]
    [InlineData("\"reasoning_details\":\"what\"")]
    public async Task Reasoning_WithoutAText_IsNull(string member)
    {
        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"content":"Yes.",{{{member}}} }}]}""");

        Assert.Null(read.Reasoning);
    }

    [Fact]
    public async Task Reasoning_InPieces_IsJoinedAndItsDetailsKept()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"reasoning":"Hm, well.","reasoning_details":[{"type":"reasoning.text","text":"Hm, "},{"type":"reasoning.text","text":"well."},{"type":"reasoning.encrypted","data":"c2VjcmV0"}],"content":"Yes."}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"","reasoning":"Hm, ","reasoning_details":[{"type":"reasoning.text","text":"Hm, "}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"","reasoning":"well.","reasoning_details":[{"type":"reasoning.text","text":"well."}]}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning":null,"reasoning_details":[{"type":"reasoning.encrypted","data":"c2VjcmV0"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Yes.","reasoning_details":null}}]}""");

        Assert.Equal("Hm, well.", read.Reasoning);
    }

    [Fact]
    public async Task Reasoning_RepeatedByDetailsInChunksOfTheirOwn_IsReadOnce()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"reasoning":"Hm, well.","reasoning_details":[{"type":"reasoning.text","text":"Hm, well.","index":0}],"content":"Yes."}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning":"Hm, "}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"Hm, ","index":0}]}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning":"well."}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"well.","index":0}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Yes."}}]}""");

        Assert.Equal("Hm, well.", read.Reasoning);
    }

    [Fact]
    public async Task ReasoningDetails_OfThousandsOfPieces_AreAllKept()
    {
        var chunks = Enumerable.Range(0, 5000).Select(i => $$$"""{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"{{{i}}} "}]}}]}""");

        var read = await ChatScript.AssembleAsync([.. chunks]);

        Assert.Equal(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i} ")), read.Reasoning);
        Assert.Equal(5000, read.Choices![0].Message!.ReasoningDetails!.Value.GetArrayLength());
    }
}
