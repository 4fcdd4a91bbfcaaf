using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>
/// Tokens over spans and over metrics are those of the emulator's ledger, each once. A token costs a credit here, so that the ledger
/// counts tokens.
/// </summary>
[Collection("Exporter")]
public sealed class LedgerTests : IAsyncLifetime
{
    private const int Input = 11;
    private const int Output = 7;

    private static readonly ScriptedUsage _usage = new(Input, Output, Cost: Input + Output);

    private readonly Exporter _exporter = new();
    private CCApiEmulator _emulator = null!;
    private CCApiClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Credits = 100_000 });
        _client = _emulator.CreateClient(options => options.Retry.BaseDelay = TimeSpan.Zero);
        _emulator.Script.WhenChat("weather").WithTool("get_weather").Reply(new ScriptedChat { ToolCalls = [new ScriptedToolCall("get_weather", "{}")], Usage = _usage }).ThenReply(Text("Snow."));
        _emulator.Script.WhenChat().WithText("Hi").Reply(new ScriptedChat { Pieces = [.. "Hello how are you ?".Split(' ').Select(word => new ScriptedPiece(word))], Usage = _usage });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
        _exporter.Dispose();
    }

    [Fact]
    public async Task Tokens_OfEveryKindOfCall_AreInSpansAndMetricsAsOftenAsInTheLedger()
    {
        var calls = 0;

        // Plain, streamed as chunks, as text and as a whole.
        await _client.Chat.CompleteAsync(Chat());
        await _client.Chat.StreamAsync(Chat()).GetResponseAsync();
        await foreach (var _ in _client.Chat.StreamAsync(Chat()))
        {
            Assert.Null(Activity.Current);
        }

        await foreach (var _ in _client.Chat.StreamAsync(Chat()).ReadTextAsync())
        {
            Assert.Null(Activity.Current);
        }

        calls += 4;

        // Retried, after an open and after a hidden error.
        _emulator.Script.WhenChat("busy").Fail(503).ThenReply(Text("Done.")).ThenFail(429).ThenReply(Text("Done."));
        await _client.Chat.CompleteAsync(Chat("busy"));
        await _client.Chat.StreamAsync(Chat("busy")).GetResponseAsync();
        _emulator.Script.WhenChat("hidden").Fault(EmulatorFaultKind.Hidden).ThenReply(Text("Done."));
        await _client.Chat.CompleteAsync(Chat("hidden"));
        calls += 3;

        // Failed over.
        _emulator.Script.WhenChat("other").Fail(503).ThenReply(Text("Done."));
        await _client.Chat.CompleteAsync(Chat("other"), new CCApiRequestOptions { MaxRetries = 0, FailoverModels = ["openai/gpt-4o"] });
        calls++;

        // A run with a tool: two calls.
        var tools = new ChatTools().Add("get_weather", "Weather", """{"type":"object"}""", (_, _) => Task.FromResult("snow"));
        await foreach (var _ in _client.Chat.RunAsync(Chat("The weather?"), tools))
        {
            Assert.Null(Activity.Current);
        }

        calls += 2;

        Assert.Equal(calls * (Input + Output), _emulator.Ledger.Spent);
        AssertTokens(calls);
        Assert.Equal((double)_emulator.Ledger.Spent, _exporter.CounterOfDoubles("ccapi.client.cost"), precision: 6);
        Assert.Equal((double)_emulator.Ledger.Spent, _exporter.Own.Sum(span => span.GetTagItem("ccapi.cost.amount") is double cost ? cost : 0), precision: 6);
        Assert.InRange(_exporter.Counter("ccapi.client.retries"), 2, 3);
        Assert.Equal(1, _exporter.Counter("ccapi.client.failovers"));
    }

    [Theory]
    [InlineData("abandoned")]
    [InlineData("canceled")]
    public async Task Tokens_OfAStreamThatIsLeftBeforeItsUsage_AreInNoSpanAndNoMetric(string how)
    {
        using var source = new CancellationTokenSource();
        await _client.Chat.CompleteAsync(Chat());

        try
        {
            await foreach (var _ in _client.Chat.StreamAsync(Chat(), cancellationToken: source.Token))
            {
                if (how == "abandoned")
                {
                    break;
                }

                source.Cancel();
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Equal("canceled", how);
        }

        // The gateway charged both, and reported the tokens of the first.
        Assert.Equal(2 * (Input + Output), _emulator.Ledger.Spent);
        AssertTokens(calls: 1);
        Assert.Equal(2, _exporter.Own.Count);
        Assert.All(_exporter.Own, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.Equal(2, _exporter.Histogram("gen_ai.client.operation.duration").Count);
    }

    private static ChatCompletionRequest Chat(string text = "Hi") => new() { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User(text)] };

    private static ScriptedChat Text(string text) => new() { Text = text, Usage = _usage };

    private void AssertTokens(int calls)
    {
        Assert.Equal(calls * Input, _exporter.SumOfSpans("gen_ai.usage.input_tokens"));
        Assert.Equal(calls * Output, _exporter.SumOfSpans("gen_ai.usage.output_tokens"));
        Assert.Equal((calls * Input, calls), _exporter.Histogram("gen_ai.client.token.usage", "gen_ai.token.type", "input"));
        Assert.Equal((calls * Output, calls), _exporter.Histogram("gen_ai.client.token.usage", "gen_ai.token.type", "output"));
    }
}
