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
    [InlineData("""{"role":"user","content":"{\"type\":\"object\"}"}""", false)]
    [InlineData("""{"role":"system","content":"{\"type\":\"array\"}"}""", false)]
    [InlineData("""{"role":"system","content":"{name} is your name}"}""", false)]
    [InlineData("""{"role":"system","content":"} {"}""", false)]
    [InlineData("""{"role":"system","content":"Be brief."}""", false)]
    [InlineData("""{"role":"system"}""", false)]
    [InlineData("""{"role":"system","content":"Be brief."},{"role":"system","content":"{\"type\":\"object\"}"}""", true)]
    public void Find_InMessages_TakesTheSchemaOfTheInstructions(string messages, bool expected)
    {
        var schema = PromptSchema.Find(JsonNode.Parse("{\"messages\":[" + messages + "]}")!.AsObject());

        Assert.Equal(expected, schema is not null);
    }

    [Fact]
    public async Task Find_InJsonMode_IsFollowed()
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync(
            "chat/completions",
            """{"model":"deepseek/deepseek-v3.2","messages":[{"role":"system","content":"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"},{"role":"user","content":"A day in Oslo"}],"response_format":{"type":"json_object"}}""");

        Assert.Equal("""{"city":"Oslo"}""", answer.Content);
    }
}
