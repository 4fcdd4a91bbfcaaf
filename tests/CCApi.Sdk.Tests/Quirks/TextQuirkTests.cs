using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class TextQuirkTests
{
    private const string Fox = "\U0001F98A";

    [Fact]
    public async Task Text_OfASurrogatePairInTwoChunks_IsIntact()
    {
        var read = await BothWays.ReadAsync(
            """{"choices":[{"index":0,"message":{"content":"A \ud83e\udd8a."}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"A \ud83e"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"\udd8a."}}]}""");

        Assert.Equal($"A {Fox}.", read.Text);
    }

    [Fact]
    public async Task Text_WithRawLineSeparators_IsIntact()
    {
        var read = await BothWays.ReadAsync(
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"one\u2028two\u2029three\u0085\"}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\u2028two\"}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u2029three\u0085\"}}]}");

        Assert.Equal("one\u2028two\u2029three\u0085", read.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Text_OfCharactersSplitBetweenReads_IsIntact(int pieceLength)
    {
        var (plain, frames) = ($$$"""{"choices":[{"index":0,"message":{"content":"Zürich {{{Fox}}} 東京"}}]}""", ChatScript.Frames(ChatScript.Text($"Zürich {Fox}"), ChatScript.Text(" 東京")));

        var responses = new[]
        {
            await new ChatScript().Respond(PiecewiseStream.Of(Encoding.UTF8.GetBytes(plain), pieceLength), "application/json").CreateClient().CompleteAsync(ChatScript.Request),
            await new ChatScript().Respond(PiecewiseStream.Of(Encoding.UTF8.GetBytes(frames), pieceLength)).Stream().GetResponseAsync(),
            await new ChatScript().Respond(PiecewiseStream.Of(Encoding.UTF8.GetBytes(frames), pieceLength), "text/plain").Stream().GetResponseAsync(),
        };

        Assert.All(responses, response => Assert.Equal($"Zürich {Fox} 東京", response.Text));
    }

    [Fact]
    public async Task Text_OfAVeryLongLine_IsIntact()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i % 1000} "));

        var read = await BothWays.ReadAsync($$$"""{"choices":[{"index":0,"message":{"content":"{{{text}}}"}}]}""");

        Assert.Equal(text, read.Text);
    }

    [Theory]
    [InlineData(" \t\r\n")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\n\n")]
    public async Task Response_AfterWhiteSpace_IsRead(string start)
    {
        var body = start + string.Concat(Enumerable.Repeat("\n   ", start.Length > 1 ? 5000 : 0)) + """{"choices":[{"index":0,"message":{"content":"Yes."}}]}""";

        var responses = new[] { await BothWays.CompleteAsync(body), await ChatScript.RespondAsync(body, "application/json"), await ChatScript.RespondAsync(body, mediaType: null) };

        Assert.All(responses, response => Assert.Equal("Yes.", response.Text));
    }
}
