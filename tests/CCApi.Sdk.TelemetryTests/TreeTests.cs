using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Xunit;
using ChatMessage = CCApi.Sdk.Models.ChatMessage;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>The trees of spans that docs/telemetry.md shows, with those of HttpClient.</summary>
[Collection("Exporter")]
public sealed class TreeTests : IAsyncLifetime
{
    private const string Model = "openai/gpt-4o-mini";

    private readonly ITestOutputHelper _output;
    private readonly Exporter _exporter = new("Experimental.Microsoft.Extensions.AI", "Experimental.Microsoft.Agents.AI");
    private CCApiEmulator _emulator = null!;
    private CCApiClient _client = null!;

    public TreeTests(ITestOutputHelper output) => _output = output;

    public async ValueTask InitializeAsync()
    {
        _emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { JobDuration = TimeSpan.FromMilliseconds(1) });
        _client = _emulator.CreateClient(options =>
        {
            options.Retry.BaseDelay = TimeSpan.Zero;
            options.TimeProvider = new QuickTimeProvider();
        });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
        _exporter.Dispose();
    }

    [Fact]
    public async Task StreamedChat_WithARetry_IsOneSpanOverTwoRequests()
    {
        _emulator.Faults.Add(EmulatorFault.WithStatus(503));

        await _client.Chat.StreamAsync(Model, "How much is 12 * 3?").GetResponseAsync();

        AssertDocumented(_exporter.Tree("http.request.resend_count", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "http.response.status_code"));
    }

    [Fact]
    public async Task Run_WithTwoTools_IsATreeOfCallsAndTools()
    {
        _emulator.Script.WhenChat("Oslo")
            .Reply(new ScriptedChat { ToolCalls = [new ScriptedToolCall("get_weather", "{}"), new ScriptedToolCall("get_time", "{}")] })
            .ThenReply("Snow, at noon.");
        var tools = new ChatTools()
            .Add("get_weather", "Current weather", """{"type":"object"}""", (_, _) => Task.FromResult("snow"))
            .Add("get_time", "Local time", """{"type":"object"}""", (_, _) => Task.FromResult("12:00"));
        var request = new ChatCompletionRequest { Model = Model, Messages = [ChatMessage.User("Oslo?")] };

        await foreach (var _ in _client.Chat.RunAsync(request, tools, new ChatRunOptions { ParallelToolCalls = false }))
        {
            // Until it is done.
        }

        AssertDocumented(_exporter.Tree());
    }

    [Fact]
    public async Task Job_IsASpanOfItsStartAndRequestsOfItsPolls()
    {
        await _client.Images.GenerateAsync(new MultimodalImageGenerationRequest { Model = "google/nano-banana-pro", Contents = [new MultimodalInputContent { Text = "A fox" }] });

        var tree = _exporter.Tree("ccapi.job.status", "http.response.status_code");

        // How many polls there are depends on the machine.
        var lines = tree.Split('\n');
        Assert.All(lines.Skip(2), line => Assert.Equal("GET [CLIENT] http.response.status_code=200", line));
        AssertDocumented(string.Join("\n", lines.Take(3)));
    }

    [Fact]
    public async Task Agent_WithATool_IsATreeOfMicrosoftsSpansOverTheRequests()
    {
        _emulator.Script.WhenChat("Oslo").CallTool("get_weather", "{}").ThenReply("Snow.");
        using var chat = _client.Chat.AsIChatClient(Model).AsBuilder().UseFunctionInvocation().UseOpenTelemetry().Build();
        var agent = chat
            .AsAIAgent(name: "Weather", tools: [AIFunctionFactory.Create(() => "snow", "get_weather")])
            .AsBuilder().UseOpenTelemetry().Build();

        await agent.RunAsync("Oslo?");

        var tree = _exporter.Tree("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "ccapi.request.id");
        AssertDocumented(Regex.Replace(Regex.Replace(tree, "Weather\\([^)]*\\)", "Weather"), "(ccapi.request.id=)\\S+", "$1..."));
    }

    private void AssertDocumented(string tree)
    {
        _output.WriteLine(tree);
        var root = typeof(TreeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        var document = File.ReadAllText(Path.Combine(root, "docs/telemetry.md")).ReplaceLineEndings("\n");

        Assert.True(document.Contains(tree, StringComparison.Ordinal), $"docs/telemetry.md does not show this tree:\n{tree}");
    }
}
