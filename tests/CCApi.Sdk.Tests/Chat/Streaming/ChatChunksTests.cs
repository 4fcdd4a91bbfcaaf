using System.Text;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChatChunksTests
{
    [Theory]
    [InlineData("""{"choices":null}""", null)]
    [InlineData("""{"choices":[{"index":0},{"index":1,"finish_reason":"error"}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"error":null}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"delta":{"error":null}}]}""", null)]
    [InlineData("""{"choices":[{"index":0},{"index":1,"error":{"message":"Gone."}}]}""", "Gone.")]
    [InlineData("""{"choices":[{"index":0},{"index":1,"delta":{"error":{"message":"Gone."}}}]}""", "Gone.")]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"a","error":"Gone."}}]}""", "Gone.")]
    [InlineData("""{"choices":[{"index":0,"delta":{"success":false,"message":"Gone."}}]}""", "Gone.")]
    [InlineData("""{"choices":[{}],"message":"Gone."}""", null)]
    [InlineData("""{"choices":[{"index":0,"msg":"Searching."}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"delta":{"msg":"Searching."}}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"message":{"msg":"Searching."}}]}""", null)]
    [InlineData("""{"usage":{},"message":"Gone."}""", null)]
    [InlineData("""{"id":"","choices":[],"message":"Gone."}""", "Gone.")]
    [InlineData("""{"id":"c1","message":"Searching."}""", null)]
    [InlineData("""{"id":"c1","message":"Gone.","code":503}""", "Gone.")]
    [InlineData("""{"id":"c1","msg":"Gone.","code":"rate_limit_exceeded"}""", "Gone.")]
    [InlineData("""{"id":"c1","data":{"error":{"message":"Gone."}}}""", "Gone.")]
    public void FindError_OfAChunk_FindsTheFirst(string json, string? expected)
    {
        var error = ChatChunks.FindError(Wire.Read<ChatCompletionChunk>(json));

        Assert.Equal(expected, error?.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    public void FindError_OfAnEventNamedSo_IsNeverNull(string document)
    {
        Assert.NotNull(ChatChunks.FindError(chunk: null, Encoding.UTF8.GetBytes(document), isNamedSo: true));
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

    [Theory]
    [InlineData("""{"type":"ping"}""", true)]
    [InlineData("""{"event":"Keep-Alive","choices":[]}""", true)]
    [InlineData("""{"object":"heartbeat","id":"c1"}""", true)]
    [InlineData("""{"ping":7}""", true)]
    [InlineData("""{"kind":"ping"}""", true)]
    [InlineData("""{"name":"ping"}""", true)]
    [InlineData("""{"status":"ping"}""", true)]
    [InlineData("""{"message":"ping"}""", true)]
    [InlineData("""{"msg":"ping"}""", true)]
    [InlineData("""{"data":"ping"}""", true)]
    [InlineData("""{"comment":"ping"}""", true)]
    [InlineData("""{"type":"ping","error":{"code":429}}""", false)]
    [InlineData("""{"type":"ping","choices":[{"index":0}]}""", false)]
    [InlineData("""{"type":"ping","usage":{"total_tokens":1}}""", false)]
    [InlineData("""{"type":"message_start"}""", false)]
    [InlineData("""{"title":"ping"}""", false)]
    [InlineData("""{"type":7}""", false)]
    [InlineData("{}", false)]
    public void IsHeartbeat_OfAChunk_IsWhetherItOnlyKeepsTheConnectionOpen(string chunk, bool expected)
    {
        Assert.Equal(expected, ChatChunks.IsHeartbeat(Wire.Read<ChatCompletionChunk>(chunk), isNamedSo: false));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"id":"c1","choices":[]}""", true)]
    [InlineData("""{"error":"x"}""", false)]
    [InlineData("""{"choices":[{"index":0}]}""", false)]
    public void IsHeartbeat_OfAChunkInAnEventOfThatName_NeedsNoWord(string chunk, bool expected)
    {
        Assert.Equal(expected, ChatChunks.IsHeartbeat(Wire.Read<ChatCompletionChunk>(chunk), isNamedSo: true));
    }

    [Theory]
    [InlineData("""{"index":0,"delta":{"content":"a"}}""", true)]
    [InlineData("""{"index":1,"finish_reason":"stop"}""", true)]
    [InlineData("""{"message":{"content":"a"}}""", true)]
    [InlineData("""{"delta":{"tool_calls":[{"function":{"name":"f"}}]}}""", true)]
    [InlineData("""{"delta":{"content":[{"type":"image_url","image_url":{"url":"a"}}]}}""", true)]
    [InlineData("""{"delta":{"audio":{"data":"A"}}}""", true)]
    [InlineData("""{"delta":{"annotations":[{"type":"url_citation"}]}}""", true)]
    [InlineData("""{"delta":{"x":"a"}}""", true)]
    [InlineData("""{"delta":{"refusal":"a"}}""", true)]
    [InlineData("""{"index":0,"delta":{}},{"index":1,"delta":{"content":"a"}}""", true)]
    [InlineData("""{"delta":{"tool_calls":[{},{"id":"c1"}]}}""", true)]
    [InlineData("""{"delta":{"content":[{"type":"text","text":""},{"type":"image_url","image_url":{"url":"a"}}]}}""", true)]
    [InlineData("""{"delta":{"annotations":[],"audio":{"data":"A"}}}""", true)]
    [InlineData("""{"delta":{"content":[{"image":"a"}]}}""", true)]
    [InlineData("""{"delta":{"refusal":""},"finish_reason":""}""", false)]
    [InlineData("""{"message":{"role":"assistant","content":""}}""", false)]
    [InlineData("""{"message":{"content":null,"tool_calls":[]}}""", false)]
    [InlineData("""{"delta":{"tool_calls":[{}]}}""", false)]
    [InlineData("""{"delta":{"tool_calls":[{"index":0,"id":"","function":{"name":"","arguments":""}}]}}""", false)]
    [InlineData("""{"delta":{"content":[{"type":"text","text":""}]}}""", false)]
    [InlineData("""{"delta":{"annotations":[],"audio":{},"x":"","y":1}}""", false)]
    public void IsContent_OfAChoice_IsWhetherTheModelHasWorked(string choice, bool expected)
    {
        var chunk = $$"""{"choices":[{{choice}} ],"usage":{"prompt_tokens":1} }""";

        Assert.Equal(expected, ChatChunks.IsContent(Wire.Read<ChatCompletionChunk>(chunk)));
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", true)]
    [InlineData("""{"choices":[{"message":{"content":"a"},"delta":{"content":"a"}}]}""", false)]
    [InlineData("""{"choices":[{"message":{"content":"a"}},{"delta":{"content":"b"}}]}""", true)]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]}""", false)]
    [InlineData("{}", false)]
    public void HasDelta_OfAResponse_IsWhetherItIsAChunk(string response, bool expected)
    {
        Assert.Equal(expected, ChatChunks.HasDelta(Wire.Read<ChatCompletionResponse>(response)));
    }
}
