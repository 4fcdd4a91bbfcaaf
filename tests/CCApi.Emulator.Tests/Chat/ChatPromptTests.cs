using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatPromptTests
{
    [Theory]
    [InlineData("""[{"role":"user","content":"first"},{"role":"assistant","content":"no"},{"role":"user","content":"last"}]""", "last")]
    [InlineData("""[{"role":"user","content":"question"},{"role":"assistant","content":"answer"}]""", "question")]
    [InlineData("""[{"role":"system","content":"only"}]""", "only")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"two"},{"type":"image_url"},{"type":"text","text":"parts"}]}]""", "two parts")]
    [InlineData("""[{"role":"user","content":null}]""", "")]
    [InlineData("""[{"role":"user"}]""", "")]
    public void From_Messages_TakesTheLastOfThePerson(string messages, string text)
    {
        var prompt = From(messages);

        Assert.Equal(text, prompt.Text);
    }

    [Fact]
    public void From_Images_CountsThem()
    {
        var prompt = From("""[{"role":"user","content":[{"type":"image_url"},{"type":"image_url"},{"type":"text","text":"abcd"}]}]""");

        // Two images of 85, a message of 4 and a text of 1.
        Assert.Equal((2, 175), (prompt.Images, prompt.Tokens));
    }

    [Fact]
    public void From_ToolResults_NamesTheirTools()
    {
        var prompt = From(
            """
            [{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"a"}},{"id":"1","function":{"name":"twin"}},{"id":"2"}]},
             {"role":"tool","tool_call_id":"1","content":"x"},{"role":"tool","tool_call_id":"2","content":"y"},{"role":"tool","content":"z"}]
            """);

        Assert.Equal([("a", "x"), ("tool", "y"), ("tool", "z")], prompt.ToolResults);
    }

    private static ChatPrompt From(string messages) => ChatPrompt.From(new JsonObject { ["messages"] = JsonNode.Parse(messages) });
}
