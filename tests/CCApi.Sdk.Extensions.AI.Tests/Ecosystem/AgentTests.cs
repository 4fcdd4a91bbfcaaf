using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Ecosystem;

/// <summary>Microsoft Agent Framework over the adapter and the emulator.</summary>
public sealed class AgentTests
{
    private static readonly AITool[] _tools =
    [
        AIFunctionFactory.Create((string city) => $"Snow in {city}", "get_weather", "Current weather of a city"),
        AIFunctionFactory.Create((string city) => $"Noon in {city}", "get_time", "Current time in a city"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfAnAgentWithTwoTools_CallsBothAndKeepsTheSession(bool isStream)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("get_weather", """{"city":"Oslo"}""").ThenCallTool("get_time", """{"city":"Oslo"}""").ThenReply("Snow at noon.");
        emulator.Script.WhenChat("Thanks").Reply("You are welcome.");
        var agent = client.Chat.AsIChatClient("openai/gpt-4o-mini").AsAIAgent(instructions: "Be brief.", name: "Weather Agent", tools: _tools);
        var session = await agent.CreateSessionAsync();

        var first = await RunAsync(agent, "Weather and time in Oslo?", session, isStream);
        var second = await RunAsync(agent, "Thanks", session, isStream);

        Assert.Equal("Snow at noon.", first);
        Assert.Equal("You are welcome.", second);
        Assert.Equal(["Snow in Oslo", "Noon in Oslo"], emulator.Requests[2].ToolResults);
        var last = JsonNode.Parse(emulator.Requests[3].BodyText)!["messages"]!.AsArray();
        Assert.Equal(
            ["system", "user", "assistant", "tool", "assistant", "tool", "assistant", "user"],
            last.Select(message => message!["role"]!.GetValue<string>()));
        Assert.Equal(["get_weather", "get_time"], emulator.Requests[0].ToolNames);
    }

    private static async Task<string> RunAsync(AIAgent agent, string text, AgentSession session, bool isStream)
    {
        if (!isStream)
        {
            return (await agent.RunAsync(text, session)).Text;
        }

        var pieces = new List<string>();
        await foreach (var update in agent.RunStreamingAsync(text, session))
        {
            pieces.Add(update.Text);
        }

        return string.Concat(pieces);
    }
}
