using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class RunTelemetryTests : IDisposable
{
    private readonly ToolScript _script = new();
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose() => _telemetry.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WithTwoTools_HasItsCallsAndToolsAsChildrenAndTokensOnceOnTheCalls(bool isStreamed)
    {
        AddTools();
        if (isStreamed)
        {
            _script.Gateway
                .Respond(ChatScript.Frames($$"""{"choices":[{"index":0,"delta":{{ToolScript.Calls("a get_weather {}", "b get_time {}")}},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":3} }""") + "data: [DONE]\n\n")
                .Respond(ChatScript.Frames("""{"choices":[{"index":0,"delta":{"content":"Done."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2} }""") + "data: [DONE]\n\n");
        }
        else
        {
            _script.Gateway
                .Respond($$"""{"choices":[{"message":{{ToolScript.Calls("a get_weather {}", "b get_time {}")}},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":3} }""", "application/json")
                .Respond("""{"choices":[{"message":{"content":"Done."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2} }""", "application/json");
        }

        await foreach (var _ in _script.Gateway.CreateClient().RunAsync(ChatScript.Request, _script.Tools, new ChatRunOptions { Stream = isStreamed, ParallelToolCalls = false }))
        {
            Assert.Null(Activity.Current);
        }

        Assert.Equal(
            """
            orchestrate_tools m [INTERNAL]
              chat m [CLIENT]
              execute_tool get_weather [INTERNAL]
              execute_tool get_time [INTERNAL] Error
              chat m [CLIENT]
            """.ReplaceLineEndings("\n"),
            _telemetry.Tree());
        Assert.Equal(12, _telemetry.Spans.Sum(span => (long?)span.GetTagItem("gen_ai.usage.input_tokens") ?? 0));
        Assert.Equal(5, _telemetry.Spans.Sum(span => (long?)span.GetTagItem("gen_ai.usage.output_tokens") ?? 0));
        Assert.Equal(17, _telemetry.Sum("gen_ai.client.token.usage"));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Run_ThatFails_HasTheErrorOfItsCall()
    {
        _script.Gateway.Respond("""{"error":{"message":"no"}}""", "application/json", System.Net.HttpStatusCode.Unauthorized);

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => _script.RunAsync());

        Assert.Equal("orchestrate_tools m [INTERNAL] Error\n  chat m [CLIENT] Error", _telemetry.Tree());
        Assert.All(_telemetry.Spans, span => Assert.Equal("unauthorized", span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Run_ThatIsLeft_EndsItsSpanWithoutAnError()
    {
        AddTools();
        _script.Turn("a get_weather {}");

        await foreach (var _ in _script.Gateway.CreateClient().RunAsync(ChatScript.Request, _script.Tools))
        {
            break;
        }

        Assert.Equal("orchestrate_tools m [INTERNAL]\n  chat m [CLIENT]", _telemetry.Tree());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WhoseEnumeratorIsDropped_HasOneSpanUntilItsLastStep(bool isStreamed)
    {
        // The finalizer has another asynchronous context than the test, which the recorder filters by.
        using var request = new Activity("request").Start();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CCApiDefaults.TelemetryName,
            ActivityStopped = span => ended.Enqueue(span),
        };
        ActivitySource.AddActivityListener(listener);
        var body = new PiecewiseStream().Do(() => _script.Gateway.Time.Advance(TimeSpan.FromSeconds(2)));
        _script.Gateway.Respond(
            isStreamed ? body.Send(ChatScript.Frames(ChatScript.Text("a"))).Wait() : body.Send(ChatScript.Plain("""{"content":"a"}""")),
            isStreamed ? ApiRequest.EventStream : "application/json");
        var client = _script.Gateway.CreateClient();
        await DropAsync();
        _script.Gateway.Time.Advance(TimeSpan.FromSeconds(3));

        for (var i = 0; i < 10 && ended.Count(IsOwn) < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var run = Assert.Single(ended, span => IsOwn(span) && span.DisplayName == "orchestrate_tools m");
        Assert.Equal((ActivityStatusCode.Unset, null), (run.Status, run.GetTagItem("error.type")));
        Assert.Equal(TimeSpan.FromSeconds(2), run.Duration);
        var call = Assert.Single(ended, span => IsOwn(span) && span.DisplayName == "chat m");
        Assert.Equal(run.SpanId, call.ParentSpanId);
        GC.KeepAlive(client);

        bool IsOwn(Activity span) => span.TraceId == request.TraceId;

        [MethodImpl(MethodImplOptions.NoInlining)]
        async Task DropAsync() => Assert.True(await client
            .RunAsync(ChatScript.Request, _script.Tools, new ChatRunOptions { Stream = isStreamed })
            .GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Run_ThatIsCanceledInATool_LeavesTheStatusUnset()
    {
        using var source = new CancellationTokenSource();
        _script.Tools.Add("slow", "Never ends", """{"type":"object"}""", async (_, token) =>
        {
            source.Cancel();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return "";
        });
        _script.Turn("a slow {}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _script.Gateway.CreateClient().RunAsync(ChatScript.Request, _script.Tools, cancellationToken: source.Token))
            {
                // Until the cancellation is seen.
            }
        });

        Assert.All(_telemetry.Spans, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.Contains(_telemetry.Spans, span => span.DisplayName == "orchestrate_tools m");
    }

    private void AddTools()
    {
        _script.Tools.Add("get_weather", "Current weather", """{"type":"object"}""", (_, _) => Task.FromResult("snow"));
        _script.Tools.Add("get_time", "Local time", """{"type":"object"}""", (_, _) => throw new InvalidOperationException("It stands still."));
    }
}
