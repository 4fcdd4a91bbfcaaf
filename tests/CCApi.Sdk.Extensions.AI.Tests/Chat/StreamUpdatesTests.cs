using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;
using ChatRole = Microsoft.Extensions.AI.ChatRole;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

public sealed class StreamUpdatesTests : IDisposable
{
    private readonly CannedGateway _gateway = new();

    private IChatClient Chat => _gateway.Client.Chat.AsIChatClient("m");

    [Fact]
    public async Task Read_OfAStream_HasTheSameIdsInEveryUpdate()
    {
        _gateway.Events(
            """{"id":"r1","created":1700000000,"model":"a","choices":[{"index":0,"delta":{"content":"Hel"}}]}""",
            """{"id":"r2","model":"a","choices":[{"index":0,"delta":{"content":"lo"}}]}""",
            """{"id":"r3","model":"a","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            """{"id":"r4","model":"a","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");

        var updates = await Chat.GetStreamingResponseAsync("Hello").ToListAsync();

        Assert.All(updates, update => Assert.Equal("r1", update.ResponseId));
        Assert.All(updates, update => Assert.Equal("r1", update.MessageId));
        Assert.All(updates, update => Assert.Equal("a", update.ModelId));
        Assert.All(updates, update => Assert.Equal(ChatRole.Assistant, update.Role));
        Assert.All(updates, update => Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), update.CreatedAt));
        Assert.Equal(["Hel", "lo", ""], updates.Select(update => update.Text));
        Assert.Equal([null, null, ChatFinishReason.Stop], updates.Select(update => update.FinishReason));
    }

    [Fact]
    public async Task Read_OfAStreamWithoutAnId_HasOneNewId()
    {
        _gateway.Events(
            """{"choices":[{"index":0,"delta":{"content":"Hel"}}]}""",
            """{"id":"late","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}""");

        var updates = await Chat.GetStreamingResponseAsync("Hello").ToListAsync();

        var id = Assert.Single(updates.Select(update => update.ResponseId).Distinct());
        Assert.NotEmpty(id!);
        Assert.Equal(id, Assert.Single(updates.Select(update => update.MessageId).Distinct()));
    }

    [Fact]
    public async Task ReadEnd_OfAStreamWithUsageInSeveralChunks_HasOneUsageContent()
    {
        _gateway.Events(
            """{"id":"r1","choices":[{"index":0,"delta":{"content":"Hi"}}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""",
            """{"id":"r1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
            """{"id":"r1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");

        var updates = await Chat.GetStreamingResponseAsync("Hello").ToListAsync();

        var usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
        Assert.Equal(5, usage.Details.TotalTokenCount);
        Assert.Equal(5, updates.ToChatResponse().Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task ReadEnd_OfAStreamWithoutUsage_HasNoUsageContent()
    {
        _gateway.Events("""{"id":"r1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""");

        var updates = await Chat.GetStreamingResponseAsync("Hello").ToListAsync();

        Assert.Empty(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
    }

    [Fact]
    public async Task ReadEnd_OfAFunctionCallInPieces_HasOneCompleteCall()
    {
        _gateway.Events(
            """{"id":"r1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Oslo\"}"}}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""");

        var updates = await Chat.GetStreamingResponseAsync("Hello").ToListAsync();

        var call = Assert.Single(updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>());
        Assert.Equal("Oslo", call.Arguments!["city"]!.ToString());
        Assert.Equal(ChatFinishReason.ToolCalls, updates[^1].FinishReason);
    }

    [Theory]
    [InlineData("""{\"city\":""")]
    [InlineData("")]
    [InlineData(" ")]
    public async Task ReadEnd_OfACutFunctionCall_HasNone(string arguments)
    {
        _gateway.CutEvents(
            """{"id":"r1","choices":[{"index":0,"delta":{"content":"Let me see."}}]}""",
            $$$$"""{"id":"r1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{{{{arguments}}}}"}}]}}]}""");

        var response = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        Assert.Equal("Let me see.", response.Text);
        Assert.Empty(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Null(response.FinishReason);
        Assert.Equal(true, response.Messages[0].AdditionalProperties![CCApiAIProperties.IsTruncated]);
    }

    [Fact]
    public async Task ReadEnd_OfSeveralChoices_HasAMessageOfEach()
    {
        _gateway.Events(
            """{"id":"r1","choices":[{"index":0,"delta":{"content":"He"}},{"index":1,"delta":{"content":"Good "}}]}""",
            """{"id":"r1","choices":[{"index":1,"delta":{"content":"day"},"finish_reason":"stop"},{"index":0,"delta":{"content":"llo"},"finish_reason":"stop"}]}""",
            """{"id":"r1","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":4,"total_tokens":5}}""");

        var response = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        Assert.Equal(["Hello", "Good day"], response.Messages.Select(message => message.Text));
        Assert.Equal(["r1", "r1-1"], response.Messages.Select(message => message.MessageId));
        Assert.Equal(5, response.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Read_OfReasoningDetailsInPieces_GivesThemBeforeTheText()
    {
        _gateway.Events(
            """{"id":"r1","choices":[{"index":0,"delta":{"reasoning":"Hm","reasoning_details":[{"type":"reasoning.text","text":"Hm","index":0}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"reasoning":".","reasoning_details":[{"type":"reasoning.text","text":".","signature":"s1","index":0}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"content":"Yes"},"finish_reason":"stop"}]}""");

        var response = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        var reasoning = Assert.IsType<TextReasoningContent>(response.Messages[0].Contents[0]);
        Assert.Equal("Hm.", reasoning.Text);
        Wire.AssertEqual("""[{"type":"reasoning.text","text":"Hm.","signature":"s1","index":0}]""", reasoning.ProtectedData!);
        Assert.Equal("Yes", Assert.IsType<TextContent>(response.Messages[0].Contents[1]).Text);
    }

    [Fact]
    public async Task Read_OfReasoningRepeatedByDetails_GivesItOnce()
    {
        _gateway.Events(
            """{"id":"r1","choices":[{"index":0,"delta":{"reasoning":"Hm"}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"Hm","index":0}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"reasoning":"."}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":".","signature":"s1","index":0}]}}]}""",
            """{"id":"r1","choices":[{"index":0,"delta":{"content":"Yes"},"finish_reason":"stop"}]}""");

        var response = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        Assert.Equal("Hm.", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.Equal("Yes", response.Text);
    }

    [Fact]
    public async Task ReadEnd_OfPartsThatItDoesNotKnow_KeepsThem()
    {
        _gateway.Events("""{"id":"r1","choices":[{"index":0,"delta":{"content":[{"type":"text","text":"See"},{"type":"video","video":{"url":"v"}}]},"finish_reason":"stop"}]}""");

        var response = await Chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();

        var contents = response.Messages[0].Contents;
        Assert.Equal("See", response.Text);
        Assert.Equal("video", Assert.IsType<ChatContentPart>(contents[1].RawRepresentation).Type!.Value.Value);
    }

    [Fact]
    public async Task ReadEnd_OfAStream_HasTheResponse()
    {
        _gateway.Events("""{"id":"r1","model":"served","provider":"acme","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""");

        var last = (await Chat.GetStreamingResponseAsync("Hello").ToListAsync())[^1];

        var response = Assert.IsType<ChatCompletionResponse>(last.RawRepresentation);
        Assert.Equal("Hi", response.Text);
        Assert.Equal("req-1", response.Info!.RequestId);
        Assert.Equal("req-1", last.AdditionalProperties![CCApiAIProperties.RequestId]);
        Assert.Equal(1, last.AdditionalProperties[CCApiAIProperties.Attempts]);
        Assert.Equal("acme", last.AdditionalProperties[CCApiAIProperties.Provider]);
        Assert.Equal("served", last.AdditionalProperties[CCApiAIProperties.ServedModel]);
    }

    [Fact]
    public async Task Read_OfABrokenStream_ThrowsAfterWhatWasReceived()
    {
        _gateway.Events(
            """{"id":"r1","choices":[{"index":0,"delta":{"content":"Hi"}}]}""",
            """{"error":{"message":"Overloaded.","type":"server_error","code":503}}""");
        var text = "";

        var exception = await Assert.ThrowsAsync<CCApiServerException>(async () =>
        {
            await foreach (var update in Chat.GetStreamingResponseAsync("Hello"))
            {
                text += update.Text;
            }
        });

        Assert.Equal("Hi", text);
        Assert.Equal("Hi", exception.PartialResponse!.Text);
    }

    public void Dispose() => _gateway.Dispose();
}
