using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class AssistantTurnTests
{
    [Theory]
    [InlineData("""{"role":"assistant","content":"Hi","reasoning_content":"hm","more":1}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":{"b":1}},"extra_content":{"s":"t"}}],"reasoning_details":[{"data":"x"}]}""")]
    public void Of_AMessage_IsTheMessage(string json)
    {
        var message = Wire.Read<ChatMessage>(json);

        var turn = AssistantTurn.Of(message, 1);

        Assert.Same(message, turn);
        Assert.Equal(json, Wire.Write(turn));
    }

    [Theory]
    [InlineData("""[{"type":"function","function":{"name":"f"}}]""", """[{"id":"call00700","type":"function","function":{"name":"f"}}]""")]
    [InlineData("""[{"id":"","function":{"name":"f"},"more":1}]""", """[{"id":"call00700","type":"function","function":{"name":"f"},"more":1}]""")]
    [InlineData("""[{"id":"a","type":""},{"id":"a","type":"function"}]""", """[{"id":"a","type":"function"},{"id":"call00701","type":"function"}]""")]
    [InlineData("""[{"id":"call00701","type":"function"},{"type":"function"}]""", """[{"id":"call00701","type":"function"},{"id":"call00702","type":"function"}]""")]
    [InlineData("""[{"index":0,"id":"a","type":"function"}]""", """[{"id":"a","type":"function"}]""")]
    [InlineData("""[{"id":"a","type":"custom"},{"type":"function"},{"type":"function"}]""",
        """[{"id":"a","type":"custom"},{"id":"call00701","type":"function"},{"id":"call00702","type":"function"}]""")]
    public void Of_CallsWithoutAnIdOfTheirOwn_GivesThemOne(string calls, string expected)
    {
        var json = "{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":" + calls + ",\"more\":1}";
        var message = Wire.Read<ChatMessage>(json);
        var before = Wire.Write(message);

        var turn = AssistantTurn.Of(message, 7);

        Assert.Equal("{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":" + expected + ",\"more\":1}", Wire.Write(turn));
        Assert.Equal(before, Wire.Write(message));
    }

    [Fact]
    public void Of_AnEmptyListOfCalls_LeavesItOut()
    {
        var message = Wire.Read<ChatMessage>("""{"role":"assistant","content":"Hi","tool_calls":[]}""");

        Assert.Equal("""{"role":"assistant","content":"Hi"}""", Wire.Write(AssistantTurn.Of(message, 1)));
    }
}
