using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChunkProgressTests
{
    [Theory]
    [InlineData("""{"delta":{"content":"a"}}""", true)]
    [InlineData("""{"delta":{"reasoning":"a"}}""", true)]
    [InlineData("""{"delta":{"reasoning_text":"a"}}""", true)]
    [InlineData("""{"delta":{"refusal":"a"}}""", true)]
    [InlineData("""{"delta":{"tool_calls":[{"function":{"arguments":"a"}}]}}""", true)]
    [InlineData("""{"delta":{"tool_calls":[{"id":"c1","function":{"name":"f","arguments":""}}]}}""", false)]
    [InlineData("""{"delta":{"x":"a"}}""", false)]
    [InlineData("""{"delta":{"audio":{"id":"a"}}}""", false)]
    [InlineData("""{"message":{"content":"a"}}""", false)]
    [InlineData("""{"finish_reason":"stop"}""", false)]
    public void Add_OfAChunkOnceMore_IsNewWhenItsCharactersAre(string choice, bool isNewAgain)
    {
        Assert.Equal([true, isNewAgain, isNewAgain], Add(choice, choice, choice));
    }

    [Theory]
    [InlineData("""{"delta":{"role":"assistant","content":"","x":null},"finish_reason":""}""")]
    [InlineData("""{"delta":{"tool_calls":[{}]}}""")]
    [InlineData("""{"delta":{"tool_calls":[{"id":"","function":{"arguments":""}}]}}""")]
    [InlineData("""{"delta":{"content":[{"type":"text","text":""}]}}""")]
    [InlineData("""{"delta":{"annotations":[],"audio":{},"x":"","y":1}}""")]
    [InlineData("""{"message":{"content":""}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1}}""")]
    public void Add_OfAnEmptyChunk_IsNothingNew(string choice)
    {
        Assert.Equal([false, true, false], Add(choice, """{"delta":{"content":"a"}}""", choice));
    }

    [Fact]
    public void Add_OfOtherValues_IsNew()
    {
        Assert.Equal([true, true], Add("""{"delta":{"x":"a"}}""", """{"delta":{"x":"b"}}"""));
        Assert.Equal([true, true], Add("""{"delta":{"tool_calls":[{"function":{"name":"f"}}]}}""", """{"delta":{"tool_calls":[{"function":{"name":"g"}}]}}"""));
        Assert.Equal([true, false, false], Add("""{"delta":{"tool_calls":[{"id":"c1"}]}}""", """{"delta":{"tool_calls":[{"index":0}]}}""", """{"delta":{"tool_calls":[{"id":"c1"}]}}"""));
        Assert.Equal([true, true], Add("""{"index":0,"finish_reason":"stop"}""", """{"index":1,"finish_reason":"stop"}"""));
        Assert.Equal([true, false], Add("""{"delta":{"content":"a"}}""", """{"message":{"content":"a"}}"""));
    }

    [Fact]
    public void Add_OfUnknownMembersAfterTheEnd_IsNothingNew()
    {
        var isNew = Add(
            """{"finish_reason":"stop"}""", """{"delta":{"x":"a"}}""", """{"delta":{"x":"b"}}""", """{"delta":{"content":"a"}}""");

        Assert.Equal([true, false, false, true], isNew);
    }

    private static bool[] Add(params string[] choices)
    {
        var progress = new ChunkProgress();
        return [.. choices.Select(choice => progress.Add(Wire.Read<ChatCompletionChunk>($$"""{"choices":[{{choice}}],"usage":{"total_tokens":3} }""")))];
    }
}
