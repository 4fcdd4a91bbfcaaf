using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class ChatTelemetryContentTests : IDisposable
{
    private const string Response =
        """{"choices":[{"message":{"role":"assistant","content":"Snow.","reasoning_content":"Winter."},"finish_reason":"stop"},{"index":1,"message":{"content":null,"tool_calls":[{"id":"b","type":"function","function":{"name":"f","arguments":"{\"x\":1"}}]},"finish_reason":"tool_calls"}]}""";

    private readonly ChatScript _gateway = new();
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose()
    {
        _telemetry.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public async Task Content_ByDefault_IsNotCaptured()
    {
        _gateway.Respond(Response, "application/json");

        await _gateway.CreateClient().CompleteAsync(Conversation());

        var span = _telemetry.Span;
        Assert.Null(span.GetTagItem("gen_ai.input.messages"));
        Assert.Null(span.GetTagItem("gen_ai.output.messages"));
        Assert.Null(span.GetTagItem("gen_ai.tool.definitions"));
    }

    [Fact]
    public async Task Content_WhenCaptured_HasTheFormOfTheConventions()
    {
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Respond(Response, "application/json");

        await _gateway.CreateClient().CompleteAsync(Conversation());

        var span = _telemetry.Span;
        Assert.Equal(
            """[{"role":"system","parts":[{"type":"text","content":"Be brief."}]},""" +
            """{"role":"user","parts":[{"type":"text","content":"What ist das?"},{"type":"uri","modality":"image","uri":"https://cdn.test/a.png"},{"type":"blob","modality":"image","mime_type":"image/png","content":""}],"name":"Ann"},""" +
            """{"role":"assistant","parts":[{"type":"tool_call","id":"a","name":"get_weather","arguments":{"city":"Oslo"}}]},""" +
            """{"role":"tool","parts":[{"type":"tool_call_response","id":"a","response":"Snow"}]}]""",
            span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"reasoning","content":"Winter."},{"type":"text","content":"Snow."}],"finish_reason":"stop"},""" +
            """{"role":"assistant","parts":[{"type":"tool_call","id":"b","name":"f","arguments":"{\"x\":1"}],"finish_reason":"tool_call"}]""",
            span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal("""[{"type":"function","name":"get_weather"}]""", span.GetTagItem("gen_ai.tool.definitions"));
    }

    [Fact]
    public async Task Content_LongerThanTheLimit_KeepsTheLastMessages()
    {
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Options.Telemetry.MaxContentLength = 5;
        _gateway.Respond("""{"choices":[{"message":{"content":"123456"},"finish_reason":"stop"}]}""", "application/json");

        await _gateway.CreateClient().CompleteAsync(new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatMessage.User("first"), ChatMessage.User("abc\U0001F600"), ChatMessage.User("end")],
        });

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"ab…"}]},{"role":"user","parts":[{"type":"text","content":"end"}]}]""",
            _telemetry.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"12345…"}],"finish_reason":"stop"}]""",
            _telemetry.Span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Content_OfAStream_IsWhatArrived()
    {
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Respond(ChatScript.Frames(ChatScript.Text("Hello, "), ChatScript.Text("Oslo.", "stop")) + "data: [DONE]\n\n");

        await _gateway.Stream().GetResponseAsync();

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"Hello, Oslo."}],"finish_reason":"stop"}]""",
            _telemetry.Span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Content_ThatHoldsTheKey_IsMasked()
    {
        _gateway.Options.ApiKey = "sk-secret-0123456789";
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Respond("""{"choices":[{"message":{"content":"Your key is sk-secret-0123456789."},"finish_reason":"stop"}]}""", "application/json");

        await _gateway.CreateClient().CompleteAsync("m", "My key is sk-secret-0123456789.");

        Assert.All(
            new[] { "gen_ai.input.messages", "gen_ai.output.messages" },
            name => Assert.Contains("key is ***", (string)_telemetry.Span.GetTagItem(name)!, StringComparison.Ordinal));
        Assert.DoesNotContain(_telemetry.Span.Lines(), line => line.Contains("0123456789", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"q":"\ud83d"}""")]
    [InlineData("""{"\ude00":1}""")]
    public async Task Content_WithArgumentsOfACutSurrogatePair_DoesNotFailTheCall(string arguments)
    {
        _gateway.Options.Telemetry.CaptureContent = true;
        var call = "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":" + Wire.Quote(arguments) + "}}";
        _gateway.Respond("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[" + call + "]},\"finish_reason\":\"tool_calls\"}]}", "application/json");

        var response = await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal("f", Assert.Single(response.ToolCalls).Function!.Name);
        Assert.Contains("\"name\":\"f\",\"arguments\":", (string)_telemetry.Span.GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_ThatIsTruncatedInTheKey_ContainsNoPartOfIt()
    {
        const string Key = "sk-secret-0123456789";
        _gateway.Options.ApiKey = Key;
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Options.Telemetry.MaxContentLength = 18;
        _gateway.Respond($$"""{"choices":[{"message":{"content":"The {{Key}}."},"finish_reason":"stop"}]}""", "application/json");

        await _gateway.CreateClient().CompleteAsync("m", $"The {Key}.");

        Assert.DoesNotContain(_telemetry.Span.Lines(), line => line.Contains("sk-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Content_OfHugeNamesAndIds_IsBounded()
    {
        var huge = new string('x', 100_000);
        _gateway.Options.Telemetry.CaptureContent = true;
        var call = $$$"""{"id":"{{{huge}}}","type":"function","function":{"name":"{{{huge}}}","arguments":"{}"}}""";
        _gateway.Respond($$"""{"choices":[{"message":{"role":"{{huge}}","content":null,"tool_calls":[{{call}}]},"finish_reason":"{{huge}}"}]}""", "application/json");
        var message = ChatMessage.User(new ChatContentPart { Type = "image_url", ImageUrl = new ChatImageUrl { Url = $"data:{huge};base64,AAAA" } });
        message.Name = huge;

        await _gateway.CreateClient().CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [message] });

        Assert.InRange(((string)_telemetry.Span.GetTagItem("gen_ai.input.messages")!).Length, 1, 1_000);
        Assert.InRange(((string)_telemetry.Span.GetTagItem("gen_ai.output.messages")!).Length, 1, 1_000);
    }

    [Fact]
    public async Task Content_OfManyMessagesWithoutText_IsBounded()
    {
        _gateway.Options.Telemetry.CaptureContent = true;
        _gateway.Options.Telemetry.MaxContentLength = 10;
        var choice = """{"message":{"content":"12345"},"finish_reason":"stop"}""";
        _gateway.Respond($$"""{"choices":[{{string.Join(",", Enumerable.Repeat(choice, 100))}}]}""", "application/json");

        await _gateway.CreateClient().CompleteAsync(new ChatCompletionRequest
        {
            Model = "m",
            Messages = [.. Enumerable.Range(0, 100).Select(_ => ChatMessage.User(ChatContentPart.ImageFromBytes(Bodies.Png)))],
            Tools = [.. Enumerable.Range(0, 100).Select(number => new ChatTool { Type = "function", Function = new ChatToolFunction { Name = $"tool_{number}" } })],
        });

        Assert.Equal(10, Occurrences("gen_ai.input.messages", "\"role\""));
        Assert.Equal(2, Occurrences("gen_ai.output.messages", "\"role\""));
        Assert.Equal(2, Occurrences("gen_ai.tool.definitions", "\"type\""));
    }

    private int Occurrences(string attribute, string text) =>
        ((string)_telemetry.Span.GetTagItem(attribute)!).Split([text], StringSplitOptions.None).Length - 1;

    private static ChatCompletionRequest Conversation()
    {
        var question = ChatMessage.User("What ist das?", ChatContentPart.ImageFromUrl("https://cdn.test/a.png"), ChatContentPart.ImageFromBytes(Bodies.Png));
        question.Name = "Ann";
        return new ChatCompletionRequest
        {
            Model = "m",
            Messages =
            [
                ChatMessage.System("Be brief."),
                question,
                ChatMessage.Assistant([new ChatToolCall { Id = "a", Type = "function", Function = new ChatToolCallFunction { Name = "get_weather", Arguments = """{"city":"Oslo"}""" } }]),
                ChatMessage.Tool("a", "Snow"),
            ],
            Tools = [new ChatTool { Type = "function", Function = new ChatToolFunction { Name = "get_weather", Description = "Weather" } }],
        };
    }
}
