using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatChoiceTests
{
    [Theory]
    [InlineData("\"stop\":\" = \"", "12 * 3")]
    [InlineData("\"stop\":[\"36\",\"*\"]", "12 ")]
    [InlineData("\"stop\":\"12\"", "")]
    [InlineData("\"stop\":[\"absent\",\"\"]", "12 * 3 = 36")]
    public async Task Make_WithAStop_EndsBeforeIt(string stop, string text)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("How much is 12 * 3?", stop);

        Assert.Equal((text, "stop"), (response.Content, response.FinishReason));
    }

    [Theory]
    [InlineData("\"max_tokens\":2", "12 * 3 =", "length")]
    [InlineData("\"max_completion_tokens\":1,\"max_tokens\":100", "12 *", "length")]
    [InlineData("\"max_tokens\":3", "12 * 3 = 36", "stop")]
    public async Task Make_WithALimit_EndsThere(string limit, string text, string finishReason)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("How much is 12 * 3?", limit);

        Assert.Equal((text, finishReason), (response.Content, response.FinishReason));
    }

    [Fact]
    public async Task Make_OfAJsonObject_IsOne()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Plan a bakery launch.", "\"response_format\":{\"type\":\"json_object\"}");

        Assert.Equal("Plan bakery", JsonNode.Parse(response.Content!)!["topic"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("openai/gpt-5.2", "\"reasoning_effort\":\"low\"", true)]
    [InlineData("openai/gpt-5.2", "\"thinking\":{\"type\":\"enabled\"}", true)]
    [InlineData("openai/gpt-5.2", "\"thinking\":{\"type\":\"disabled\"}", false)]
    [InlineData("openai/gpt-5.2", "\"reasoning_effort\":\"none\"", false)]
    [InlineData("openai/gpt-5.2", "\"reasoning_effort\":null", false)]
    [InlineData("openai/gpt-4o-mini", "\"reasoning_effort\":\"high\"", false)]
    public async Task Make_WithReasoning_ThinksWhenTheModelCan(string model, string setting, bool thinks)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Plan a bakery launch.", setting, model);

        var hasReasoning = response.Json["choices"]![0]!["message"]!["reasoning_content"] is not null;
        Assert.Equal((thinks, thinks), (hasReasoning, response.Json["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!.GetValue<int>() > 0));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public async Task Make_OfAToolResultThatIsNotUsable_FillsTheSchemaFromThePrompt(string result)
    {
        await using var world = await World.StartAsync();
        var text = JsonValue.Create(result).ToJsonString();
        var format = Body.Format("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""");

        var response = await world.PostAsync(
            "chat/completions",
            $$"""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Take 7."},{"role":"tool","content":{{text}}}],{{format}}}""");

        Assert.Equal((200, """{"a":7}"""), (response.Status, response.Content));
    }

    [Fact]
    public async Task Make_OfAnImage_SaysThatItSeesIt()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(
            "chat/completions",
            """{"model":"openai/gpt-4o","messages":[{"role":"user","content":[{"type":"text","text":"Describe this picture"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""");

        Assert.Contains("I can see the image", response.Content, StringComparison.Ordinal);
    }
}
