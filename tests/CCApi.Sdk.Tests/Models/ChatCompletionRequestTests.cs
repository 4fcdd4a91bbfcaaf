using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatCompletionRequestTests
{
    private const string Start = """{"model":"m","messages":[{"role":"user","content":"Hi"}]""";

    [Theory]
    [InlineData("", "{\"include_usage\":true}")]
    [InlineData(",\"stream\":false", "{\"include_usage\":true}")]
    [InlineData(",\"stream\":true,\"stream_options\":{}", "{\"include_usage\":true}")]
    [InlineData(",\"stream_options\":{\"include_usage\":false}", "{\"include_usage\":false}")]
    [InlineData(",\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}", "{\"include_usage\":true,\"include_obfuscation\":false}")]
    [InlineData(",\"stream_options\":{\"include_obfuscation\":false}", "{\"include_usage\":true,\"include_obfuscation\":false}")]
    public void ToStreamed_OfStreamOptions_KeepsWhatTheCallerDecided(string members, string streamOptions)
    {
        var request = Wire.Read<ChatCompletionRequest>(Start + members + "}");

        var streamed = request.ToStreamed();

        Assert.Equal($"{Start},\"stream\":true,\"stream_options\":{streamOptions}}}", Wire.Write(streamed));
    }

    [Fact]
    public void ToSent_OfAResponseWithAnEmptyListOfCalls_LeavesTheListOut()
    {
        const string Messages = """{"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!","tool_calls":[],"x":1}]}""";
        var request = Wire.Read<ChatCompletionRequest>(Messages);

        var sent = Wire.Write(request.ToSent());
        var streamed = Wire.Write(request.ToStreamed());

        Assert.Equal(Messages.Replace(""","tool_calls":[]""", ""), sent);
        Assert.Equal(sent[..^1] + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}", streamed);
        Assert.Equal(Messages, Wire.Write(request));
    }

    [Fact]
    public void ToSent_OfOtherMessages_IsTheRequest()
    {
        var request = Wire.Read<ChatCompletionRequest>(
            """{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"a"}]},{"role":"user","content":"Hi"}]}""");

        Assert.Same(request, request.ToSent());
    }

    [Fact]
    public void WriteTo_OfEmptyChoices_WritesNothing()
    {
        var request = new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatMessage.User("Hi")],
            Models = ["", null!],
            ResponseFormat = new ChatResponseFormat(),
            Stop = new string[] { "", null! },
            StreamOptions = new ChatStreamOptions(),
            Thinking = new ChatThinking(),
            ToolChoice = default(ChatToolChoice),
            Tools = [],
        };

        Assert.Equal(Start + "}", Wire.Write(request));
    }

    [Fact]
    public void WriteTo_OfEmptyElements_WritesTheOthers()
    {
        var request = new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatMessage.User("Hi")],
            Models = ["", "a"],
            Stop = new string[] { "", null!, "." },
        };

        Assert.Equal("""{"model":"m","models":["a"],"messages":[{"role":"user","content":"Hi"}],"stop":["."]}""", Wire.Write(request));
    }

    [Fact]
    public void WriteTo_OfAnEmptyChoice_WritesTheAdditionalProperty()
    {
        var request = new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatMessage.User("Hi")],
            Tools = [],
            AdditionalProperties = Wire.Read<ChatMessage>("""{"tools":[{"type":"web_search"}]}""").AdditionalProperties,
        };

        Assert.Equal(Start + ",\"tools\":[{\"type\":\"web_search\"}]}", Wire.Write(request));
    }

    [Fact]
    public void ToStreamed_OfStreamOptions_LeavesThemAlone()
    {
        var json = Start + ",\"stream\":false,\"stream_options\":{\"x\":1}}";
        var request = Wire.Read<ChatCompletionRequest>(json);

        request.ToStreamed();

        Assert.Equal(json, Wire.Write(request));
    }

    [Fact]
    public void ToStreamed_OfEverything_KeepsTheRest()
    {
        var json = Example.Load("ChatCompletionRequest.full.json").Documents[0].Json;
        var request = Wire.Read<ChatCompletionRequest>(json);
        request.Stream = null;
        request.StreamOptions = null;
        var rest = Wire.Write(request);

        var streamed = request.ToStreamed();

        Assert.Equal(
            ["$.stream: not expected, was true", "$.stream_options: not expected, was {\"include_usage\":true}"],
            JsonTree.Differences(rest, Wire.Write(streamed)));
    }
}
