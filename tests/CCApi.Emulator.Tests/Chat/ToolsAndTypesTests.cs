using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

/// <summary>The SDK's tools loop and typed responses over a real socket.</summary>
public partial class ToolsAndTypesTests
{
    private static readonly Sdk.ChatTools _tools = new Sdk.ChatTools()
        .Add("get_weather", "Weather", TestJson.Default.Place, TestJson.Default.Weather, (place, _) => Task.FromResult(new Weather(-3, $"snow in {place.City}")))
        .Add("get_time", "Time", TestJson.Default.Place, (place, _) => throw new InvalidOperationException($"The clock of {place.City} stands still."))
        .Add("get_population", "Population", """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""", (_, _) => Task.FromResult("700000"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ThreeCallsOneThrows_SendsTheResultsOfAll(bool stream)
    {
        await using var world = await World.StartAsync();
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("What are weather, time and population in Oslo?")] };
        var steps = new List<ChatRunStep>();

        await foreach (var step in world.Client.Chat.RunAsync(request, _tools, new ChatRunOptions { Stream = stream }, cancellationToken: World.Token))
        {
            steps.Add(step);
        }

        var done = Assert.IsType<ChatDoneStep>(steps[^1]);
        Assert.Equal(
            "get_weather says: {\"temperature\":-3,\"sky\":\"snow in Oslo\"}. get_time says: {\"error\":\"get_time failed: The clock of Oslo stands still.\"}. " +
            "get_population says: 700000. That answers your question: What are weather, time and population in Oslo?",
            done.Text);
        Assert.Equal((ChatRunEnd.Completed, 2, 6), (done.End, done.Turns, done.Messages.Count));
        Assert.Equal(stream ? done.Text : string.Empty, string.Concat(steps.OfType<ChatTextStep>().Select(step => step.Text)));
        Assert.Equal(world.Emulator.Ledger.Spent, done.Usage!.Cost);
    }

    [Theory]
    [InlineData("openai/gpt-4o-mini")]
    [InlineData("deepseek/deepseek-v3.2")] // It rejects the schema, so JSON mode is next.
    public async Task CompleteAsync_OfAType_IsAValue(string model)
    {
        await using var world = await World.StartAsync();

        var response = await world.Client.Chat.CompleteAsync(model, "Two places in Oslo", TestJson.Default.PlaceArray, cancellationToken: World.Token);

        Assert.Equal([new Place("Oslo")], response.Value);
        Assert.Equal(world.Emulator.Ledger.Spent, response.Usage!.Cost);
    }

    [Fact]
    public async Task CompleteAsync_OfATypeWithTextsOfAForm_IsAValue()
    {
        await using var world = await World.StartAsync();

        var response = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Plan a day in Oslo.", TestJson.Default.Forms, cancellationToken: World.Token);

        Assert.Single(response.Responses);
        Assert.NotNull(response.Value.Link);
    }

    [Fact]
    public async Task RunAsync_OfAToolWithTextsOfAForm_CallsIt()
    {
        await using var world = await World.StartAsync();
        var called = new List<Forms>();
        var tools = new Sdk.ChatTools().Add("get_plan", "Plan", TestJson.Default.Forms, (forms, _) =>
        {
            called.Add(forms);
            return Task.FromResult("done");
        });
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("Get the plan.")] };

        await foreach (var step in world.Client.Chat.RunAsync(request, tools, cancellationToken: World.Token))
        {
            Assert.False(step is ChatToolResultStep { IsError: true }, step.ToString());
        }

        Assert.Single(called);
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Place[]))]
    [JsonSerializable(typeof(Weather))]
    [JsonSerializable(typeof(Forms))]
    private sealed partial class TestJson : JsonSerializerContext;

    internal sealed record Place(string City);

    internal sealed record Forms(
        TimeOnly Time, TimeSpan Length, DateOnly Day, DateTimeOffset At, char Sign, Guid Id, Uri Link, Version Version, byte[] Bytes, List<TimeOnly> Stops, TimeSpan? Pause);

    internal sealed record Weather(double Temperature, string Sky);
}
