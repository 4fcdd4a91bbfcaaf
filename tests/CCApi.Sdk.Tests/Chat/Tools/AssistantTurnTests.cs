using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class AssistantTurnTests
{
    private readonly ToolCallIds _ids = new([]);

    [Theory]
    [InlineData("""{"role":"assistant","content":"Hi","reasoning_content":"hm","more":1}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":{"b":1}},"extra_content":{"s":"t"}}],"reasoning_details":[{"data":"x"}]}""")]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}""")]
    public void Create_OfAValidMessage_IsTheMessage(string json)
    {
        var message = Wire.Read<ChatMessage>(json);

        var turn = AssistantTurn.Create(message, _ids);

        Assert.Same(message, turn.Message);
        Assert.Equal(json, Wire.Write(turn.Message));
    }

    [Theory]
    [InlineData("""[{"type":"function","function":F}]""", """[{"id":"call00000","type":"function","function":F}]""")]
    [InlineData("""[{"id":"","function":F,"more":1}]""", """[{"id":"call00000","type":"function","function":F,"more":1}]""")]
    [InlineData("""[{"id":" ","function":F}]""", """[{"id":"call00000","type":"function","function":F}]""")]
    [InlineData("""[{"id":"a","type":"","function":F},{"id":"a","type":"function","function":F}]""",
        """[{"id":"a","type":"function","function":F},{"id":"call00000","type":"function","function":F}]""")]
    [InlineData("""[{"id":"call00000","type":"function","function":F},{"type":"function","function":F}]""",
        """[{"id":"call00000","type":"function","function":F},{"id":"call00001","type":"function","function":F}]""")]
    [InlineData("""[{"index":0,"id":"a","type":"function","function":F}]""", """[{"id":"a","type":"function","function":F}]""")]
    [InlineData("""[{"id":"a","type":"custom","custom":{"input":"x"}},{"type":"function","function":F}]""",
        """[{"id":"a","type":"custom","custom":{"input":"x"}},{"id":"call00000","type":"function","function":F}]""")]
    public void Create_OfCallsWithoutAnIdOfTheirOwn_GivesThemOne(string calls, string expected)
    {
        const string Function = """{"name":"f","arguments":"{}"}""";
        var json = "{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":" + calls.Replace("F", Function) + ",\"more\":1}";
        var message = Wire.Read<ChatMessage>(json);
        var before = Wire.Write(message);

        var turn = AssistantTurn.Create(message, _ids);

        Assert.Equal("{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":" + expected.Replace("F", Function) + ",\"more\":1}", Wire.Write(turn.Message));
        Assert.Equal(before, Wire.Write(message));
    }

    [Theory]
    [InlineData("""{"name":"f","arguments":"{\"City\":\"Os"}""", """{"name":"f","arguments":"{}"}""")]
    [InlineData("""{"name":"f","arguments":""}""", """{"name":"f","arguments":"{}"}""")]
    [InlineData("""{"name":"f","arguments":null,"more":1}""", """{"name":"f","arguments":"{}","more":1}""")]
    [InlineData("""{"name":"f"}""", """{"name":"f","arguments":"{}"}""")]
    [InlineData("""{"name":"f","arguments":[1]}""", """{"name":"f","arguments":"{}"}""")]
    [InlineData("""{"name":"functions.get weather","arguments":"{}"}""", """{"name":"functions_get_weather","arguments":"{}"}""")]
    [InlineData("""{"name":"","arguments":"{}"}""", """{"name":"unknown","arguments":"{}"}""")]
    [InlineData("null", """{"name":"unknown","arguments":"{}"}""")]
    public void Create_OfAFunctionThatStrictBackEndsReject_CorrectsTheMessageAndKeepsTheCall(string function, string expected)
    {
        var message = Wire.Read<ChatMessage>("""{"tool_calls":[{"id":"a","type":"function","function":FUNCTION}]}""".Replace("FUNCTION", function));
        var received = message.ToolCalls![0];

        var turn = AssistantTurn.Create(message, _ids);

        Assert.Equal("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":FUNCTION}]}""".Replace("FUNCTION", expected), Wire.Write(turn.Message));
        Assert.Same(received, turn.Calls.Single());
    }

    [Fact]
    public void Create_OfAnEmptyListOfCalls_HasNoCalls()
    {
        var message = Wire.Read<ChatMessage>("""{"role":"assistant","content":"Hi","tool_calls":[]}""");

        var turn = AssistantTurn.Create(message, _ids);

        Assert.Same(message, turn.Message);
        Assert.Empty(turn.Calls);
    }

    [Fact]
    public void Create_OfASecondTurnWithTheSameIds_GivesNewOnesToMessageAndCalls()
    {
        var message = Wire.Read<ChatMessage>(ToolScript.Calls("call_0 f {}", "call_1 f {}"));
        AssistantTurn.Create(message, _ids);

        var turn = AssistantTurn.Create(message, _ids);

        Assert.Equal(["call00000", "call00001"], turn.Message.ToolCalls!.Select(call => call.Id));
        Assert.Equal(["call00000", "call00001"], turn.Calls.Select(call => call.Id));
    }
}
