using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;
using static CCApi.Sdk.Tests.Support.Sequence;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ThinkChunkSourceTests
{
    private static readonly CCApiRequestOptions _separate = new() { SeparateThinking = true };

    [Fact]
    public async Task Stream_ThinkTagsInTheText_SeparatesTheReasoning()
    {
        var script = new ChatScript().Respond(Frames("<thi", "nk>On", "e. ", "Two.</th", "ink>\\n\\n", "Thr", "ee."));
        await using var stream = script.Stream(_separate);
        var reasoning = await ListAsync(stream.ReadReasoningAsync());
        var texts = await ListAsync(stream.ReadTextAsync());
        var response = await stream.GetResponseAsync();

        Assert.Equal(["On", "e. ", "Two."], reasoning);
        Assert.Equal(["Thr", "ee."], texts);
        Assert.Equal("Three.", response.Text);
        Assert.Equal("One. Two.", response.Reasoning);
        Assert.False(response.IsTruncated);
        Assert.NotNull(response.Info);
        Assert.NotNull(stream.TimeToFirstToken);
    }

    [Fact]
    public async Task Stream_WithoutTheOption_StaysAsItCame()
    {
        var response = await new ChatScript().Respond(Frames("<think>One.</think>", "Two.")).Stream().GetResponseAsync();

        Assert.Equal("<think>One.</think>Two.", response.Text);
        Assert.Null(response.Reasoning);
    }

    [Fact]
    public async Task Stream_ThatEndsInsideATag_GivesWhatCame()
    {
        var response = await new ChatScript().Respond(ChatScript.Frames(ChatScript.Text("<think>One.</th"))).Stream(_separate).GetResponseAsync();

        Assert.Equal("One.</th", response.Reasoning);
        Assert.True(response.IsTruncated);
    }

    [Fact]
    public async Task Stream_OfSeveralChoices_KeepsThemApart()
    {
        var body = ChatScript.Frames(
            """{"choices":[{"index":0,"delta":{"content":"<think>a"}},{"index":1,"delta":{"content":"b<think>"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"</think>c"}},{"index":1,"delta":{"content":"d"}}]}""",
            """{"choices":[{"index":2,"message":{"content":"<think>e</think>f"}}]}""");

        var response = await new ChatScript().Respond(body).Stream(_separate).GetResponseAsync();

        Assert.Equal(["c", "b<think>d", "f"], response.Choices!.Select(choice => choice.Message!.Content!.Value.Text));
        Assert.Equal(["a", null, "e"], response.Choices!.Select(choice => choice.Message!.ReasoningContent));
    }

    [Fact]
    public async Task Stream_WithChunksWithoutChoicesOrAnEndThatIsEmpty_ReadsOn()
    {
        var body = ChatScript.Frames("""{"usage":{"total_tokens":1}}""", ChatScript.Text("<think>a</thi", ""), ChatScript.Text("nk>b", "stop"), """{"choices":null}""");

        var response = await new ChatScript().Respond(body).Stream(_separate).GetResponseAsync();

        Assert.Equal(("a", "b", 1), (response.Reasoning, response.Text, response.Usage?.TotalTokens));
    }

    [Fact]
    public async Task Complete_ThinkTagsInTheText_SeparatesTheReasoning()
    {
        var script = new ChatScript().Respond("""{"choices":[{"message":{"role":"assistant","content":"<think>One.</think>Two."}}]}""", "application/json");

        var response = await script.CreateClient().CompleteAsync(ChatScript.Request, _separate);

        Assert.Equal("Two.", response.Text);
        Assert.Equal("One.", response.Reasoning);
    }

    [Theory]
    [InlineData("<think>", "", null)]
    [InlineData("<think></think>", "", null)]
    [InlineData("<think></think>Hello", "Hello", null)]
    [InlineData(" <think> </think> Hello", "Hello", " ")]
    [InlineData("<think>a", "", "a")]
    [InlineData("<thi", "<thi", null)]
    public async Task Separate_OfAPlainResponseAndOfAStream_GivesTheSame(string content, string text, string? reasoning)
    {
        var script = new ChatScript()
            .Respond($$"""{"choices":[{"message":{"role":"assistant","content":"{{content}}"},"finish_reason":"stop"}]}""", "application/json")
            .Respond(Frames(content))
            .Respond(Frames([.. content.Select(character => character.ToString())]));
        var client = script.CreateClient();

        var plain = await client.CompleteAsync(ChatScript.Request, _separate);
        var whole = await client.StreamAsync(ChatScript.Request, _separate).GetResponseAsync();
        var cut = await client.StreamAsync(ChatScript.Request, _separate).GetResponseAsync();

        Assert.Equal([(text, reasoning), (text, reasoning), (text, reasoning)], new[] { plain, whole, cut }.Select(response => (response.Text, response.Reasoning)));
    }

    private static string Frames(params string[] texts) => ChatScript.Frames([.. texts.Select(text => ChatScript.Text(text)), ChatScript.Text("", "stop")]) + "data: [DONE]\n\n";
}
