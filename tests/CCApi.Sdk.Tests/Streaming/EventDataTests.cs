using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class EventDataTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" \t\n{}", "{}")]
    [InlineData("\uFEFF{}", "{}")]
    [InlineData("\0 \0data: \0{}\0", "{}\0")]
    [InlineData("\u001e{}", "{}")]
    [InlineData("data: {}", "{}")]
    [InlineData("data:data: \n data:{} data: x", "{} data: x")]
    [InlineData("data", "data")]
    [InlineData("", "")]
    public void SkipSeparators_OfData_LeavesTheNextDocument(string data, string expected)
    {
        var rest = EventData.SkipSeparators(Encoding.UTF8.GetBytes(data));

        Assert.Equal(expected, Encoding.UTF8.GetString(rest.ToArray()));
    }

    [Theory]
    [InlineData("ping", 4)]
    [InlineData(": ping\n{}", 6)]
    [InlineData(": a comment, which may be longer than the longest heartbeat of another form\n{}", 75)]
    [InlineData("{\"a\":\n\"ping\"}", 0)]
    [InlineData("", 0)]
    [InlineData("{", 0)]
    [InlineData("\nping", 0)]
    [InlineData("ping                                                                 {}", 0)]
    public void HeartbeatLength_OfData_IsThatOfTheFirstLine(string data, int expected)
    {
        Assert.Equal(expected, EventData.HeartbeatLength(Encoding.UTF8.GetBytes(data)));
    }

    [Theory]
    [InlineData("{}{}", true)]
    [InlineData(" {\"a\":[{}]}\r\n{\"a\":1}\r\n", true)]
    [InlineData("{}\n[DONE]", true)]
    [InlineData("{}\ndata: {}", true)]
    [InlineData("\u001e{}\n\u001e{}\n", true)]
    [InlineData("{}", false)]
    [InlineData("{}\n", false)]
    [InlineData("{} garbage", false)]
    [InlineData("{\"a\":", false)]
    [InlineData("[{}]{}", false)]
    [InlineData("[{\"error\":{\"choices\":1}}]", false)]
    [InlineData("[{\"choices\":[]}]", true)]
    [InlineData("<p>", false)]
    [InlineData("", false)]
    public void HasSeveralDocuments_OfABody_IsWhetherAnotherOneFollows(string body, bool expected)
    {
        Assert.Equal(expected, EventData.HasSeveralDocuments(Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData("[{\"choices\":[]}]", true)]
    [InlineData("\uFEFF [ {\"choices\":[]}, {} ]\r\n", true)]
    [InlineData("[{\"choices\":[]}] {}", false)]
    [InlineData("[{\"choices\":[]}", false)]
    [InlineData("[{\"error\":{}}]", false)]
    [InlineData("{\"choices\":[]}", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    public void IsChunkList_OfABody_IsWhetherNothingElseIsInIt(string body, bool expected)
    {
        Assert.Equal(expected, EventData.IsChunkList(Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData("[{\"choices\":[]}]", 16)]
    [InlineData("[1,[{\"a\":{}},{\"choices\":1}]] {}", 28)]
    [InlineData("[{\"a\":{\"choices\":1}}]", 0)]
    [InlineData("[{\"a\":[{}],\"choices\":[]}]", 25)]
    [InlineData("[{\"choices\":[]}", 0)]
    [InlineData("[DONE]", 0)]
    [InlineData("{\"choices\":[]}", 0)]
    [InlineData("", 0)]
    public void ChunkListLength_OfData_IsThatOfAListWithChoices(string data, int expected)
    {
        Assert.Equal(expected, EventData.ChunkListLength(Encoding.UTF8.GetBytes(data)));
    }

    [Theory]
    [InlineData("{\"a", true)]
    [InlineData("{\"a\":[1,", true)]
    [InlineData("tru", true)]
    [InlineData("[", true)]
    [InlineData("[DO", true)]
    [InlineData("[DONE", true)]
    [InlineData("\"", true)]
    [InlineData("\"[DONE]", true)]
    [InlineData("dat", true)]
    [InlineData("keep-al", true)]
    [InlineData("[PI", true)]
    [InlineData("[D{", false)]
    [InlineData("pinch", false)]
    [InlineData("-- ", false)]
    [InlineData("<html>", false)]
    [InlineData("{a", false)]
    [InlineData("upstream", false)]
    public void MayBeCut_OfDataThatCannotBeRead_IsWhetherMoreMightComplete(string data, bool expected)
    {
        Assert.Equal(expected, EventData.MayBeCut(Encoding.UTF8.GetBytes(data)));
    }
}
