using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests.Scripts;

public class ChatScriptTests
{
    [Fact]
    public async Task Stream_Pieces_AreSentAsTheyAre()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Stream(TimeSpan.Zero, "The blue", " wha", "le.");

        var response = await world.ChatAsync("Hi", "\"stream\":true");
        var plain = await world.ChatAsync("Hi");

        var pieces = response.Chunks.Select(chunk => chunk["choices"]![0]!["delta"]!["content"]?.GetValue<string>()).Where(text => !string.IsNullOrEmpty(text));
        Assert.Equal(["The blue", " wha", "le."], pieces);
        Assert.Equal("The blue whale.", plain.Content);
    }

    [Fact]
    public async Task Stream_WithDelays_WaitsByTheEmulatorsClock()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Stream(TimeSpan.FromSeconds(5), "a", "b");
        await using var stream = world.Client.Chat.StreamAsync("openai/gpt-4o-mini", "Hi", cancellationToken: World.Token);
        await using var pieces = stream.ReadTextAsync(World.Token).GetAsyncEnumerator(World.Token);

        Assert.True(await pieces.MoveNextAsync());
        var second = pieces.MoveNextAsync();
        Assert.False(second.IsCompleted);
        await world.Time.RunAsync(second.AsTask());

        Assert.Equal("b", pieces.Current);
    }

    [Fact]
    public async Task Reply_FullCompletion_IsTheSamePlainAndStreamed()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply(new ScriptedChat
        {
            Text = "Done.",
            Reasoning = "Let me see.",
            ToolCalls = [new("f", """{"a":1}""", "call_1"), new("g", "{}", "call_2")],
            FinishReason = "length",
            Usage = new ScriptedUsage(10, 20, 5, 7, 0.25m),
        });
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("Hi")] };

        var plain = await world.Client.Chat.CompleteAsync(request, cancellationToken: World.Token);
        var streamed = await world.Client.Chat.StreamAsync(request, cancellationToken: World.Token).GetResponseAsync(World.Token);

        foreach (var response in new[] { plain, streamed })
        {
            Assert.Equal(("Done.", "Let me see.", FinishReason.Length), (response.Text, response.Reasoning, response.FinishReason));
            Assert.Equal(["call_1 f {\"a\":1}", "call_2 g {}"], response.ToolCalls.Select(call => $"{call.Id} {call.Function!.Name} {call.Function.Arguments}"));
            Assert.Equal((10, 20, 30), (response.Usage!.PromptTokens, response.Usage.CompletionTokens, response.Usage.TotalTokens));
        }

        Assert.Equal([0.25m, 0.25m], world.Emulator.Ledger.Charges.Select(charge => charge.Credits));
    }

    [Fact]
    public async Task Reply_ToolCallsWithoutIds_AreUniqueInEveryResponse()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply(new ScriptedChat { ToolCalls = [new("f", "{}"), new("f", "{}")] });

        var first = await world.ChatAsync("Hi");
        var second = await world.ChatAsync("Hi");

        var ids = new[] { first, second }.SelectMany(response => response.Json["choices"]![0]!["message"]!["tool_calls"]!.AsArray()).Select(call => call!["id"]!.GetValue<string>());
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task WithTool_AndToolResult_SelectTheTurn()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().WithToolResult("-3").Reply("Cold.");
        world.Emulator.Script.WhenChat().WithTool("get_weather").CallTool("get_weather", "{}");
        const string Messages = """
            [{"role":"user","content":"Weather?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c","content":"-3 degrees"}]
            """;
        const string Tools = """[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}]""";

        var call = await world.ChatAsync("Weather?", $"\"tools\":{Tools}");
        var reply = await world.PostAsync("chat/completions", $$"""{"model":"openai/gpt-4o-mini","messages":{{Messages}},"tools":{{Tools}}}""");

        Assert.Equal(("tool_calls", "Cold."), (call.FinishReason, reply.Content));
    }

    [Fact]
    public async Task Choices_Set_BeatTheRequest()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply(new ScriptedChat { Text = "x", Choices = 3 });

        var response = await world.ChatAsync("Hi", "\"n\":2");

        Assert.Equal(3, response.Json["choices"]!.AsArray().Count);
    }
}
