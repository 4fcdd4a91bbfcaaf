using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatEventsTests
{
    [Theory]
    [InlineData("Plan a bakery launch.", "")]
    [InlineData("How much is 12 * 3?", "")]
    [InlineData("Plan a bakery launch.", "\"response_format\":{\"type\":\"json_object\"},")]
    [InlineData("Plan a bakery launch.", "\"max_tokens\":5,")]
    [InlineData("Plan a bakery launch.", "\"stop\":\"bakery\",")]
    public async Task Of_AText_AddsUpToThePlainResponse(string prompt, string more)
    {
        await using var world = await World.StartAsync();
        var plain = await world.ChatAsync(prompt, more.TrimEnd(','));

        var streamed = await world.ChatAsync(prompt, more + "\"stream\":true");

        Assert.Equal(plain.Content, string.Concat(streamed.Pieces("content")));
        Assert.Equal(plain.FinishReason, FinishReason(streamed));
    }

    [Fact]
    public async Task Of_AToolCall_AddsUpToThePlainResponse()
    {
        await using var world = await World.StartAsync();
        const string tools = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"note":{"type":"string"}}}}}]
            """;
        var plain = (await world.ChatAsync("What is the weather in 'Aa😀😀😀😀😀😀😀'?", tools)).Json["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!;

        var streamed = await world.ChatAsync("What is the weather in 'Aa😀😀😀😀😀😀😀'?", tools + ",\"stream\":true");
        var calls = streamed.Chunks.Select(chunk => chunk["choices"]![0]!["delta"]!["tool_calls"]?[0]).OfType<JsonNode>().ToList();

        Assert.Equal(plain["name"]!.GetValue<string>(), calls[0]["function"]!["name"]!.GetValue<string>());
        Assert.Equal(plain["arguments"]!.GetValue<string>(), string.Concat(calls.Select(call => call["function"]!["arguments"]!.GetValue<string>())));
        Assert.Equal("tool_calls", FinishReason(streamed));
    }

    [Fact]
    public async Task Of_Reasoning_ComesBeforeTheText()
    {
        await using var world = await World.StartAsync();

        var streamed = await world.ChatAsync("Plan a bakery launch.", "\"reasoning_effort\":\"high\",\"stream\":true", "openai/gpt-5.2");
        var names = streamed.Chunks.SelectMany(chunk => chunk["choices"]![0]!["delta"]!.AsObject().Select(member => member.Key)).ToList();

        Assert.NotEmpty(string.Concat(streamed.Pieces("reasoning_content")));
        Assert.True(names.LastIndexOf("reasoning_content") < names.IndexOf("content", names.IndexOf("content") + 1));
    }

    [Fact]
    public async Task Of_SeveralChoices_HasAnEndForEach()
    {
        await using var world = await World.StartAsync();

        var streamed = await world.ChatAsync("Plan a bakery launch.", "\"n\":2,\"stream\":true");
        var ends = streamed.Chunks.Select(chunk => chunk["choices"]![0]!).Where(choice => choice["finish_reason"] is not null).Select(choice => choice["index"]!.GetValue<int>());

        Assert.Equal([0, 1], ends);
    }

    [Fact]
    public async Task Of_AStreamWithUsage_EndsWithIt()
    {
        await using var world = await World.StartAsync();
        var plain = await world.ChatAsync("Hello");

        var streamed = await world.ChatAsync("Hello", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        Assert.Equal(plain.Json["usage"]!.ToJsonString(), streamed.Chunks[^1]["usage"]!.ToJsonString());
        Assert.Empty(streamed.Chunks[^1]["choices"]!.AsArray());
    }

    [Fact]
    public async Task Of_AStreamWithoutUsage_HasNone()
    {
        await using var world = await World.StartAsync();

        var streamed = await world.ChatAsync("Hello", "\"stream\":true");

        Assert.DoesNotContain(streamed.Chunks, chunk => chunk["usage"] is not null);
        Assert.Equal("[DONE]", streamed.Events[^1]);
    }

    [Fact]
    public async Task Of_AStream_BeginsWithTheRole()
    {
        await using var world = await World.StartAsync();

        var streamed = await world.ChatAsync("Hello", "\"stream\":true");

        Assert.Equal("""{"role":"assistant","content":""}""", streamed.Chunks[0]["choices"]![0]!["delta"]!.ToJsonString());
    }

    private static string FinishReason(ReceivedResponse streamed) => streamed.Chunks[^1]["choices"]![0]!["finish_reason"]!.GetValue<string>();
}
