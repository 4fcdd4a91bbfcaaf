using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

public sealed class ResponseReaderTests : IDisposable
{
    private readonly CannedGateway _gateway = new();

    private IChatClient Chat => _gateway.Client.Chat.AsIChatClient("m");

    [Fact]
    public async Task Read_OfAResponse_HasWhatItSaysAboutItself()
    {
        _gateway.Json(
            """
            {"id":"r1","created":1700000000,"model":"served","provider":"acme","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"length"}],
             "usage":{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,
              "prompt_tokens_details":{"cached_tokens":4,"audio_tokens":1,"text_tokens":5,"image_tokens":2,"cache_write_tokens":3},
              "completion_tokens_details":{"reasoning_tokens":6,"audio_tokens":8,"text_tokens":9,"image_tokens":11,"rejected_prediction_tokens":12}}}
            """);

        var response = await Chat.GetResponseAsync("Hello");

        Assert.Equal("r1", response.ResponseId);
        Assert.Equal("served", response.ModelId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), response.CreatedAt);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal("r1", response.Messages[0].MessageId);
        var usage = response.Usage!;
        Assert.Equal((10, 7, 17), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((4, 1, 5), (usage.CachedInputTokenCount, usage.InputAudioTokenCount, usage.InputTextTokenCount));
        Assert.Equal((6, 8, 9), (usage.ReasoningTokenCount, usage.OutputAudioTokenCount, usage.OutputTextTokenCount));
        Assert.Equal(
            ["completion_tokens_details.image_tokens=11", "completion_tokens_details.rejected_prediction_tokens=12", "prompt_tokens_details.cache_write_tokens=3",
             "prompt_tokens_details.image_tokens=2"],
            usage.AdditionalCounts!.Select(count => $"{count.Key}={count.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{\"city\":\"Oslo\"}""", "length", true)]
    [InlineData("""{\"city\":""", "length", false)]
    [InlineData("", "length", false)]
    [InlineData(" ", "max_tokens", false)]
    [InlineData("", "tool_calls", true)]
    public async Task Read_OfACallAtTheLimitOfTokens_ReportsMissingArguments(string arguments, string finishReason, bool isComplete)
    {
        _gateway.Json(
            $$$$"""{"choices":[{"message":{"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{{{{arguments}}}}"}}]},"finish_reason":"{{{{finishReason}}}}"}]}""");
        var response = await Chat.GetResponseAsync("Hello");
        _gateway.Events(
            $$$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{{{{arguments}}}}"}}]},"finish_reason":"{{{{finishReason}}}}"}]}""");
        var streamed = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        foreach (var message in response.Messages.Concat(streamed.Messages))
        {
            var call = Assert.Single(message.Contents.OfType<FunctionCallContent>());
            Assert.Equal(isComplete, call.Exception is null);
        }
    }

    [Fact]
    public async Task Read_OfAResponse_HasTheCallInItsPropertiesAndRaw()
    {
        _gateway.Json("""{"id":"r1","model":"served","provider":"acme","choices":[{"message":{"content":"Hi"}}]}""");

        var response = await Chat.GetResponseAsync("Hello");

        Assert.Equal("Hi", Assert.IsType<ChatCompletionResponse>(response.RawRepresentation).Text);
        foreach (var properties in new[] { response.AdditionalProperties!, response.Messages[0].AdditionalProperties! })
        {
            Assert.Equal("req-1", properties[CCApiAIProperties.RequestId]);
            Assert.Equal(1, properties[CCApiAIProperties.Attempts]);
            Assert.Equal("acme", properties[CCApiAIProperties.Provider]);
            Assert.Equal("served", properties[CCApiAIProperties.ServedModel]);
        }
    }

    [Fact]
    public async Task Read_OfAResponseWithItsCost_HasItInTheProperties()
    {
        _gateway.Json("""{"id":"r1","choices":[{"message":{"content":"Hi"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"cost":0.0025}}""");
        _gateway.Events("""{"id":"r1","choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"cost":0.0025}}""");

        var plain = await Chat.GetResponseAsync("Hello");
        var streamed = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        foreach (var properties in new[] { plain.AdditionalProperties!, streamed.Messages[0].AdditionalProperties! })
        {
            Assert.Equal(0.0025m, properties[CCApiAIProperties.Cost]);
            Assert.NotNull(properties[CCApiAIProperties.CostCurrency]);
            Assert.Equal("Reported", properties[CCApiAIProperties.CostSource]);
        }
    }

    [Fact]
    public async Task Read_OfSeveralChoices_HasAMessageOfEach()
    {
        _gateway.Json(
            """
            {"id":"r1","choices":[{"index":1,"message":{"content":"b"},"finish_reason":"length"},{"index":0,"message":{"content":"a"},"finish_reason":"stop"},
             {"index":2,"message":{"content":"c"},"finish_reason":"stop"}]}
            """);

        var response = await Chat.GetResponseAsync("Hello");

        Assert.Equal(["a", "b", "c"], response.Messages.Select(message => message.Text));
        Assert.Equal(["r1", "r1-1", "r1-2"], response.Messages.Select(message => message.MessageId));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Read_OfCallsWithoutIds_GivesEachAnId()
    {
        _gateway.Message(
            """{"tool_calls":[{"type":"function","function":{"name":"f","arguments":""}},{"id":"","type":"function","function":{"name":"f","arguments":{"a":1}}}]}""",
            "function_call");

        var response = await Chat.GetResponseAsync("Hello");

        var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal(["call_r1_0", "call_r1_1"], calls.Select(call => call.CallId));
        Assert.Empty(calls[0].Arguments!);
        Assert.Equal("1", calls[1].Arguments!["a"]!.ToString());
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Theory]
    [InlineData("{\\\"a\\\":")]
    [InlineData("[1]")]
    public async Task Read_ArgumentsThatAreNotAnObject_KeepsTheError(string arguments)
    {
        _gateway.Message($$$"""{"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{{{arguments}}}"}}]}""", "length");

        var response = await Chat.GetResponseAsync("Hello");

        var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.NotNull(call.Exception);
        Assert.Null(call.Arguments);
    }

    [Fact]
    public async Task Read_OfPartsThatItDoesNotKnow_KeepsThem()
    {
        _gateway.Message("""{"content":[{"type":"text","text":"See"},{"type":"video","video":{"url":"v"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,?"}}]}""");

        var response = await Chat.GetResponseAsync("Hello");

        var contents = response.Messages[0].Contents;
        Assert.Equal("See", response.Text);
        Assert.Equal("video", Assert.IsType<ChatContentPart>(contents[1].RawRepresentation).Type!.Value.Value);
        Assert.IsType<ChatContentPart>(contents[2].RawRepresentation);
    }

    [Fact]
    public async Task Read_OfWhiteSpace_TakesItAsMissing()
    {
        const string Response = """{"id":"r1","choices":[{"message":{"role":" ","content":"Hi"},"delta":{"role":" ","content":"Hi"},"finish_reason":" "}]}""";
        _gateway.Json(Response).Events(Response);

        var plain = await Chat.GetResponseAsync("Hello");
        var streamed = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        foreach (var response in new[] { plain, streamed })
        {
            Assert.Equal("Hi", response.Text);
            Assert.Equal(Microsoft.Extensions.AI.ChatRole.Assistant, response.Messages[0].Role);
            Assert.Null(response.FinishReason);
        }
    }

    [Fact]
    public async Task Read_OfImagesThatAreTexts_HasTheImages()
    {
        _gateway.Message("""{"content":"See","images":["data:image/png;base64,iVBORw0KGgo=","https://images.test/a.png","?"]}""");

        var response = await Chat.GetResponseAsync("Hello");

        Assert.Equal("See", response.Text);
        var images = response.Messages[0].Contents.Skip(1).ToList();
        Assert.Equal("image/png", Assert.IsType<DataContent>(images[0]).MediaType);
        Assert.Equal("https://images.test/a.png", Assert.IsType<UriContent>(images[1]).Uri.ToString());
        Assert.Equal(typeof(AIContent), images[2].GetType());
    }

    public void Dispose() => _gateway.Dispose();
}
