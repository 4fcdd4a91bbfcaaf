using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Ecosystem;

/// <summary>The middleware of Microsoft.Extensions.AI over the adapter and the emulator.</summary>
public sealed class MiddlewareTests
{
    private const string Model = "openai/gpt-4o-mini";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseFunctionInvocation_WithTwoCallsOfATurn_RunsBoth(bool isStream)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo")
            .Reply(new ScriptedChat { ToolCalls = [new ScriptedToolCall("get_weather", """{"city":"Oslo"}"""), new ScriptedToolCall("get_time", """{"city":"Oslo"}""")] })
            .ThenReply("Snow at noon.");
        using var chat = client.Chat.AsIChatClient(Model).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((string city) => $"Snow in {city}", "get_weather"), AIFunctionFactory.Create((string city) => $"Noon in {city}", "get_time")],
        };

        var response = isStream
            ? await chat.GetStreamingResponseAsync("Weather and time in Oslo?", options).ToChatResponseAsync()
            : await chat.GetResponseAsync("Weather and time in Oslo?", options);

        Assert.Equal("Snow at noon.", response.Text);
        Assert.Equal(["Snow in Oslo", "Noon in Oslo"], emulator.Requests[1].ToolResults);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
    }

    [Fact]
    public async Task UseFunctionInvocation_WithAFunctionThatThrows_SendsAnError()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("fail", "{}").ThenReply("Sorry.");
        using var chat = client.Chat.AsIChatClient(Model).AsBuilder().UseFunctionInvocation().Build();

        var response = await chat.GetResponseAsync("Oslo?", new ChatOptions { Tools = [AIFunctionFactory.Create(string () => throw new InvalidOperationException("secret"), "fail")] });

        Assert.Equal("Sorry.", response.Text);
        var result = Assert.Single(emulator.Requests[1].ToolResults);
        Assert.Contains("Error", result, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseOpenTelemetry_OfACall_HasOneGenAiSpanWithTheUsage(bool isStream)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        var source = $"test-{Guid.NewGuid():N}";
        var spans = new ConcurrentQueue<Activity>();
        using var root = new ActivitySource(source + "-root");
        using var listener = Listen(spans, source, root.Name, "CCApi.Sdk");
        using var chat = client.Chat.AsIChatClient(Model).AsBuilder().UseOpenTelemetry(sourceName: source).Build();

        ChatResponse response;
        ActivityTraceId trace;
        using (var parent = root.StartActivity("test")!)
        {
            trace = parent.TraceId;
            response = isStream ? await chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync() : await chat.GetResponseAsync("Hello");
        }

        var ours = spans.Where(span => span.TraceId == trace && span.GetTagItem("gen_ai.operation.name") is not null).ToList();
        var span = Assert.Single(ours);
        Assert.Equal(source, span.Source.Name);
        Assert.Equal("ccapi", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(Model, span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(response.ResponseId, span.GetTagItem("gen_ai.response.id"));
        Assert.Equal(Convert.ToInt64(response.Usage!.OutputTokenCount), Convert.ToInt64(span.GetTagItem("gen_ai.usage.output_tokens")));
        Assert.Equal(emulator.BaseAddress.Host, span.GetTagItem("server.address"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseDistributedCache_OfTheSameCallTwice_ChargesOnce(bool isStream)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        IDistributedCache cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var chat = client.Chat.AsIChatClient(Model).AsBuilder().UseDistributedCache(cache).Build();

        var responses = new List<ChatResponse>();
        for (var i = 0; i < 2; i++)
        {
            responses.Add(isStream ? await chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync() : await chat.GetResponseAsync("Hello"));
        }

        Assert.Single(emulator.Requests);
        Assert.Equal(responses[0].Text, responses[1].Text);
        Assert.Equal(responses[0].Usage!.TotalTokenCount, responses[1].Usage!.TotalTokenCount);
        Assert.Equal(responses[0].ResponseId, responses[1].ResponseId);
        Assert.Equal(
            responses[0].Messages[0].AdditionalProperties![CCApiAIProperties.RequestId]!.ToString(),
            responses[1].Messages[0].AdditionalProperties![CCApiAIProperties.RequestId]!.ToString());
    }

    [Fact]
    public async Task GetResponseAsync_OfAType_ReadsTheStructuredOutput()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Plan").Reply("""{"City":"Oslo","Days":2}""");
        using var chat = client.Chat.AsIChatClient(Model);

        var response = await chat.GetResponseAsync<Plan>("Plan a trip.");

        Assert.Equal(new Plan("Oslo", 2), response.Result);
        Assert.Contains("json_schema", emulator.Requests[0].BodyText, StringComparison.Ordinal);
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans, params string[] sources)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed record Plan(string City, int Days);
}
