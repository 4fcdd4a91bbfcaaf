using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptSchemaTests
{
    [Theory]
    [InlineData("""{"role":"system","content":"Answer with this: {\"type\":\"object\",\"properties\":{}} only."}""", true)]
    [InlineData("""{"role":"developer","content":"{\"type\":\"object\"}"}""", true)]
    [InlineData("""{"role":"user","content":"{\"type\":\"object\"}"}""", true)]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"Follow this:"},{"type":"text","text":"```json\n{\"properties\":{}}\n```"}]}""", true)]
    [InlineData("""{"role":"user","content":"Like {\"a\":1}, by {\"type\":\"object\"} only, {really}."}""", true)]
    [InlineData("""{"role":"assistant","content":"{\"type\":\"object\"}"}""", false)]
    [InlineData("""{"role":"user","content":"{\"type\":\"object\",\"type\":\"object\"}"}""", false)]
    [InlineData("""{"role":"system","content":"{\"type\":\"array\"}"}""", false)]
    [InlineData("""{"role":"system","content":"{name} is your name}"}""", false)]
    [InlineData("""{"role":"system","content":"} {"}""", false)]
    [InlineData("""{"role":"system","content":"Be brief."}""", false)]
    [InlineData("""{"role":"system","content":"{\"\\ud800\":1,\"type\":\"object\"}"}""", false)]
    [InlineData("""{"role":"system","content":"{\"type\":\"\\ud800\"}"}""", false)]
    [InlineData("""{"role":"system"}""", false)]
    [InlineData("""{"role":"system","content":"Be brief."},{"role":"system","content":"{\"type\":\"object\"}"}""", true)]
    public void Find_InMessages_TakesTheSchemaOfTheInstructions(string messages, bool expected)
    {
        var schema = PromptSchema.Find(JsonNode.Parse("{\"messages\":[" + messages + "]}")!.AsObject());

        Assert.Equal(expected, schema is not null);
    }

    [Fact]
    public void Find_InSeveralMessages_TakesTheLatest()
    {
        var body = JsonNode.Parse("""{"messages":[{"role":"system","content":"{\"type\":\"object\",\"title\":\"a\"}"},{"role":"user","content":"{\"type\":\"object\",\"title\":\"b\"}"}]}""")!.AsObject();

        var schema = PromptSchema.Find(body);

        Assert.Equal("b", schema!["title"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("response_format", "Describe Jim Beck, 35. Use this schema: ")]
    [InlineData("user", "Describe Jim Beck, 35. Respond with JSON that matches this schema: ")]
    public async Task Find_InAUserMessage_IsFollowedAndIsNotTakenForThePrompt(string member, string prompt)
    {
        await using var world = await World.StartAsync();
        const string Schema = """{"type":"object","properties":{"name":{"type":"string","maxLength":99},"age":{"type":"integer","minimum":7}},"required":["name","age"]}""";

        var response = await world.ChatAsync(prompt + Schema, member == "user" ? string.Empty : "\"response_format\":{\"type\":\"json_object\"}");

        Assert.Equal("""{"name":"Jim Beck","age":35}""", response.Content);
    }

    [Fact]
    public async Task Find_InAMessageOfItsOwn_IsFilledFromTheMessageBeforeIt()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(
            "chat/completions",
            """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Supply an object for Jim Beck."},{"role":"user","content":"Respond with JSON conforming to {\"type\":\"object\",\"properties\":{\"fullName\":{\"type\":\"string\"}}}"}],"response_format":{"type":"json_object"}}""");

        Assert.Equal("""{"fullName":"Jim Beck"}""", response.Content);
    }

    [Fact]
    public async Task FindRequested_OfASchemaThatIsOnlyDiscussed_IsNothing()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("""Explain what {"type":"object","properties":{"a":{}}} means.""");

        Assert.DoesNotContain("{", response.Content, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_InJsonMode_IsFollowed()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(
            "chat/completions",
            """{"model":"deepseek/deepseek-v3.2","messages":[{"role":"system","content":"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"},{"role":"user","content":"A day in Oslo"}],"response_format":{"type":"json_object"}}""");

        Assert.Equal("""{"city":"Oslo"}""", response.Content);
    }
}
