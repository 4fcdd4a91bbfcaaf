using System;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Ecosystem;

/// <summary>Tools of an MCP server in this process, called by the loops of both libraries.</summary>
public sealed class McpTests : IAsyncDisposable
{
    private const string Model = "openai/gpt-4o-mini";

    private readonly CancellationTokenSource _stopped = new();
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private Task _running = Task.CompletedTask;
    private McpServer? _server;

    [Fact]
    public async Task RunAsync_WithToolsOfAServer_CallsThem()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("get_weather", """{"city":"Oslo"}""").ThenReply("Snow.");
        await using var mcp = await ConnectAsync();
        var tools = new ChatTools().Add(await mcp.ListToolsAsync());
        var request = new ChatCompletionRequest { Model = Model, Messages = [Models.ChatMessage.User("Weather in Oslo?")] };

        var steps = await client.Chat.RunAsync(request, tools).ToListAsync();

        Assert.Equal("Snow.", Assert.IsType<ChatDoneStep>(steps[^1]).Text);
        Assert.Equal(["Snow in Oslo"], emulator.Requests[1].ToolResults);
    }

    [Fact]
    public async Task UseFunctionInvocation_WithToolsOfAServer_CallsThem()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("get_weather", """{"city":"Oslo"}""").ThenReply("Snow.");
        await using var mcp = await ConnectAsync();
        using var chat = client.Chat.AsIChatClient(Model).AsBuilder().UseFunctionInvocation().Build();

        var response = await chat.GetResponseAsync("Weather in Oslo?", new ChatOptions { Tools = [.. await mcp.ListToolsAsync()] });

        Assert.Equal("Snow.", response.Text);
        Assert.Contains("Snow in Oslo", Assert.Single(emulator.Requests[1].ToolResults), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await Task.WhenAny(_running);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _stopped.Dispose();
    }

    private async Task<McpClient> ConnectAsync()
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "weather", Version = "1" },
            ToolCollection = [McpServerTool.Create((string city) => $"Snow in {city}", new McpServerToolCreateOptions { Name = "get_weather", Description = "Current weather" })],
        };
        _server = McpServer.Create(new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream()), options);
        _running = _server.RunAsync(_stopped.Token);
        return await McpClient.CreateAsync(new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()));
    }
}
