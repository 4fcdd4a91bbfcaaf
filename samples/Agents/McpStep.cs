using System.IO.Pipelines;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents;

/// <summary>The tools of an MCP server, called by the SDK's own loop. The server runs in this process; yours may run anywhere.</summary>
internal static class McpStep
{
    private static readonly McpServerToolCreateOptions _convertCurrency = new()
    {
        Name = "convert_currency",
        Description = "Converts an amount of EUR",
    };

    public static async Task RunAsync(CCApiClient client, string model)
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        await using var server = McpServer.Create(
            new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()),
            new McpServerOptions
            {
                ServerInfo = new Implementation { Name = "currency", Version = "1.0" },
                ToolCollection = [McpServerTool.Create(Convert, _convertCurrency)],
            });
        using var stop = new CancellationTokenSource();
        var running = server.RunAsync(stop.Token);
        var transport = new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream());
        await using var mcp = await McpClient.CreateAsync(transport);

        var tools = new ChatTools().Add(await mcp.ListToolsAsync());

        const string Question = "How much of the currency \"NOK\" do I get for 250 EUR?";
        Console.WriteLine($"\n> {Question}");
        var request = new ChatCompletionRequest { Model = model, Messages = [CCApi.Sdk.Models.ChatMessage.User(Question)] };
        await foreach (var step in client.Chat.RunAsync(request, tools))
        {
            switch (step)
            {
                case ChatToolCallStep call:
                    Console.WriteLine($"  {call.Name}({call.Arguments})");
                    break;
                case ChatToolResultStep result:
                    Console.WriteLine($"  {result.Content}");
                    break;
                case ChatDoneStep done:
                    Console.WriteLine($"{done.Text}\n({done.Turns} turns, {done.Usage?.TotalTokens} tokens)");
                    break;
            }
        }

        await stop.CancelAsync();
        await Task.WhenAny(running);
    }

    private static string Convert(decimal amount, string currency) => FormattableString.Invariant($"{amount * 11.76m:0.00} {currency}");
}
