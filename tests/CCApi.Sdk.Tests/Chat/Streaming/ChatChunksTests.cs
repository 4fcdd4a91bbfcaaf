using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChatChunksTests
{
    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"id":"","choices":[]}""", false)]
    [InlineData("""{"id":"c1"}""", true)]
    [InlineData("""{"choices":[{}]}""", true)]
    [InlineData("""{"usage":{}}""", true)]
    public void HasPayload_OfAChunk_TellsWhetherItIsOne(string json, bool expected)
    {
        var hasPayload = ChatChunks.HasPayload(Wire.Read<ChatCompletionChunk>(json));

        Assert.Equal(expected, hasPayload);
    }

    [Theory]
    [InlineData("""{"choices":null}""", null)]
    [InlineData("""{"choices":[{"index":0},{"index":1,"finish_reason":"error"}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"error":null}]}""", null)]
    [InlineData("""{"choices":[{"index":0},{"index":1,"error":{"message":"Gone."}}]}""", "Gone.")]
    public void FindErrorInChoice_OfAChunk_FindsTheFirst(string json, string? expected)
    {
        var error = ChatChunks.FindErrorInChoice(Wire.Read<ChatCompletionChunk>(json));

        Assert.Equal(expected, error?.Message);
    }

    [Theory]
    [InlineData("ChatCompletionResponse.full.json")]
    [InlineData("ChatCompletionResponse.parts.json")]
    [InlineData("ChatCompletionResponse.tool_call.json")]
    public void FromResponse_OfAnExample_HasAllOfIt(string file)
    {
        var json = Example.Load(file).Documents[0].Json;

        var chunk = ChatChunks.FromResponse(Wire.Read<ChatCompletionResponse>(json));

        Assert.Empty(JsonTree.Differences(json, Wire.Write(chunk)));
    }

    [Fact]
    public void FromResponse_WithoutChoices_HasNone()
    {
        var chunk = ChatChunks.FromResponse(new ChatCompletionResponse { Id = "c1" });

        Assert.Equal("""{"id":"c1"}""", Wire.Write(chunk));
    }

    [Fact]
    public void ToDelta_OfAMessage_HasAllThatADeltaCan()
    {
        const string Json = """{"role":"assistant","content":"a","tool_calls":[{"id":"c1"}],"refusal":"r","reasoning_content":"x","reasoning":"y","reasoning_details":[1],"audio":{}}""";

        var delta = ChatChunks.ToDelta(Wire.Read<ChatMessage>(Json));

        Assert.Empty(JsonTree.Differences(Json, Wire.Write(delta)));
    }
}
