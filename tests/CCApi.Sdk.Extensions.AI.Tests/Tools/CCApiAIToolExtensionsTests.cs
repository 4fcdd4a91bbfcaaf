using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;
using ChatMessage = CCApi.Sdk.Models.ChatMessage;

namespace CCApi.Sdk.Extensions.AI.Tests.Tools;

public sealed class CCApiAIToolExtensionsTests
{
    [Fact]
    public async Task Add_OfAFunction_RunsInTheLoop()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("get_weather", """{"city":"Oslo","days":2}""").ThenReply("Snow.");
        var tools = new ChatTools().Add(AIFunctionFactory.Create(([Description("In English")] string city, int days) => $"{days} days of snow in {city}", "get_weather", "Weather"));
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("Weather in Oslo?")] };

        var steps = await client.Chat.RunAsync(request, tools).ToListAsync();

        Assert.Equal("Snow.", Assert.IsType<ChatDoneStep>(steps[^1]).Text);
        Assert.Equal(["2 days of snow in Oslo"], emulator.Requests[1].ToolResults);
        Assert.Equal(["get_weather"], emulator.Requests[0].ToolNames);
    }

    [Fact]
    public async Task Add_OfAFunctionThatThrows_SendsTheMessage()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("fail", "{}").ThenReply("Sorry.");
        var tools = new ChatTools().Add(AIFunctionFactory.Create(string () => throw new InvalidOperationException("No weather."), "fail"));
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("Weather in Oslo?")] };

        await client.Chat.RunAsync(request, tools).ToListAsync();

        Assert.Contains("No weather.", Assert.Single(emulator.Requests[1].ToolResults), StringComparison.Ordinal);
    }

    public static TheoryData<object?, string> Results => new()
    {
        { "text", "text" },
        { null, "" },
        { 5, "5" },
        { new Dictionary<string, object?> { ["sky"] = "blå" }, """{"sky":"blå"}""" },
        { new TextContent("a"), "a" },
        { new AIContent[] { new TextContent("a"), new DataContent("hi"u8.ToArray(), "text/plain") }, "a\nhi" },
        { new DataContent(new byte[] { 1, 2 }, "image/png"), "(2 bytes of the type image/png, which cannot be shown as text)" },
        { new UriContent("https://images.test/a.png", "image/png"), "https://images.test/a.png" },
        { new AIContent[] { new TextContent("a"), new UsageContent(new UsageDetails()), new ErrorContent("Oh.") }, "a\nOh." },
        { new UsageContent(new UsageDetails()), "" },
        { double.NaN, "NaN" },
        { new Dictionary<string, object?> { ["ratio"] = double.PositiveInfinity }, """{"ratio":"Infinity"}""" },
        { new Unwritable(), """{"error":"The result of fixed cannot be written as JSON: Not now."}""" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task InvokeAsync_OfAFunction_WritesItsResultAsText(object? result, string expected)
    {
        var function = new FixedFunction(result);

        Assert.Equal(expected, await FunctionCall.InvokeAsync(function, System.Text.Json.JsonElement.Parse("""{"a":1}"""), default));
        Assert.Equal("1", function.Arguments!["a"]!.ToString());
    }

    [Fact]
    public void Add_OfSeveralFunctions_AddsEachInItsOrder()
    {
        var tools = new ChatTools().Add([AIFunctionFactory.Create(() => 1, "one"), AIFunctionFactory.Create(() => 2, "two")]);

        Assert.Equal(["one", "two"], tools.Select(tool => tool.Function.Name));
        Assert.Equal("one", tools.First().Function.Description);
    }

    [Fact]
    public void Add_OfATakenNameOrAFunctionThatNeedsApproval_Throws()
    {
        var function = AIFunctionFactory.Create(() => 1, "one");
        var tools = new ChatTools().Add(function);

        Assert.Throws<ArgumentException>(() => tools.Add(function));
        Assert.Throws<ArgumentException>("function", () => tools.Add(new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => 1, "two"))));
        Assert.Throws<ArgumentNullException>("function", () => tools.Add((AIFunction)null!));
    }

    private sealed class FixedFunction(object? result) : AIFunction
    {
        public override string Name => "fixed";

        public AIFunctionArguments? Arguments { get; private set; }

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, System.Threading.CancellationToken cancellationToken)
        {
            Arguments = arguments;
            return new(result);
        }
    }

    /// <summary>Its property fails when it is written.</summary>
    private sealed class Unwritable
    {
        public string Text => throw new InvalidOperationException("Not now.");
    }
}
