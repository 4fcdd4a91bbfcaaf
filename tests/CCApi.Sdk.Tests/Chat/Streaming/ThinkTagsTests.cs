using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ThinkTagsTests
{
    [Theory]
    [InlineData("""{"role":"assistant","content":"<think>a</think>b"}""", """{"role":"assistant","content":"b","reasoning_content":"a"}""")]
    [InlineData("""{"role":"assistant","content":"<think>a"}""", """{"role":"assistant","content":"","reasoning_content":"a"}""")]
    [InlineData("""{"role":"assistant","content":"<think>a</think>b","reasoning_content":"c","x":1}""", """{"role":"assistant","content":"b","reasoning_content":"ca","x":1}""")]
    [InlineData("""{"role":"assistant","content":"<think>a</thi"}""", """{"role":"assistant","content":"","reasoning_content":"a</thi"}""")]
    [InlineData("""{"role":"assistant","content":"<think>"}""", """{"role":"assistant","content":""}""")]
    [InlineData("""{"role":"assistant","content":"<think></think>b"}""", """{"role":"assistant","content":"b"}""")]
    [InlineData("""{"role":"assistant","content":" <think></think> ","reasoning_content":"c"}""", """{"role":"assistant","content":"","reasoning_content":"c"}""")]
    [InlineData("""{"role":"assistant","content":""}""", """{"role":"assistant","content":""}""")]
    [InlineData("""{"role":"assistant","content":" b "}""", """{"role":"assistant","content":" b "}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"<think>a</think>b"}]}""", """{"role":"assistant","content":[{"type":"text","text":"<think>a</think>b"}]}""")]
    [InlineData("""{"role":"assistant"}""", """{"role":"assistant"}""")]
    public void Separate_OfAMessage_MovesItsReasoning(string json, string expected)
    {
        var message = Wire.Read<ChatMessage>(json);

        ThinkTags.Separate(message);

        Assert.Equal(expected, Wire.Write(message));
    }

    [Fact]
    public void Separate_OfAResponse_MovesTheReasoningOfEachChoice()
    {
        var response = Wire.Read<ChatCompletionResponse>("""{"choices":[{"index":0,"message":{"role":"assistant","content":"<think>a</think>b"}},{"index":1},{"index":2,"message":{"role":"assistant","content":"<think>c</think>d"}}]}""");

        Assert.Same(response, ThinkTags.Separate(response));

        Assert.Equal("b", response.Text);
        Assert.Equal("a", response.Reasoning);
        Assert.Equal("d", response.Choices![2].Message!.Content!.Value.Text);
        Assert.Null(ThinkTags.Separate(new ChatCompletionResponse()).Choices);
    }

    [Theory]
    [InlineData("""{"content":"<think>a"}""", false, """{"reasoning_content":"a"}""")]
    [InlineData("""{"content":"<thi"}""", false, "{}")]
    [InlineData("""{"content":"<thi"}""", true, """{"content":"<thi"}""")]
    [InlineData("""{"content":"b"}""", false, """{"content":"b"}""")]
    [InlineData("""{"content":"<think>a</think>b","reasoning_content":"c"}""", false, """{"content":"b","reasoning_content":"ca"}""")]
    [InlineData("""{"reasoning_content":"c"}""", true, """{"reasoning_content":"c"}""")]
    [InlineData("""{"content":[]}""", true, """{"content":[]}""")]
    public void Separate_OfAPiece_MovesItsReasoning(string json, bool isLast, string expected)
    {
        var delta = Wire.Read<ChatCompletionDelta>(json);

        ThinkTags.Separate(delta, new ThinkSplitter(), isLast);

        Assert.Equal(expected, Wire.Write(delta));
    }

    [Theory]
    [InlineData(false, "{}")]
    [InlineData(true, """{"content":"","reasoning_content":"</thi"}""")]
    public void Separate_OfAPieceWithoutText_GivesWhatWasHeldBackOnlyAtTheEnd(bool isLast, string expected)
    {
        var splitter = new ThinkSplitter();
        ThinkTags.Separate(Wire.Read<ChatCompletionDelta>("""{"content":"<think>"}"""), splitter, isLast: false);
        ThinkTags.Separate(Wire.Read<ChatCompletionDelta>("""{"content":"a"}"""), splitter, isLast: false);
        ThinkTags.Separate(Wire.Read<ChatCompletionDelta>("""{"content":"</thi"}"""), splitter, isLast: false);
        var delta = new ChatCompletionDelta();

        ThinkTags.Separate(delta, splitter, isLast);

        Assert.Equal(expected, Wire.Write(delta));
    }
}
