using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatMessageTests
{
    [Fact]
    public void User_OfATextAndParts_SendsThemInOrder()
    {
        var message = ChatMessage.User("What is this?", ChatContentPart.ImageFromUrl("https://example.com/a.png"), ChatContentPart.FromText("And this?"));

        Assert.Equal(
            """{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},{"type":"text","text":"And this?"}]}""",
            Wire.Write(message));
        Assert.Equal("""{"role":"user","content":"Hi"}""", Wire.Write(ChatMessage.User("Hi")));
    }

    [Theory]
    [InlineData("""{}""", "assistant")]
    [InlineData("""{"role":null}""", "assistant")]
    [InlineData("""{"role":""}""", "assistant")]
    [InlineData("""{"role":{"a":1}}""", "assistant")]
    [InlineData("""{"role":"user"}""", "user")]
    [InlineData("""{"role":"Vendor"}""", "Vendor")]
    [InlineData("""{"role":7}""", "7")]
    public void Role_OfAResponse_IsTheAssistantByDefault(string json, string expected)
    {
        var message = Wire.Read<ChatMessage>(json);

        Assert.Equal(expected, message.Role?.Value);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[]}""")]
    [InlineData("""{"role":"assistant","content":"","tool_calls":[]}""")]
    [InlineData("""{"role":"assistant","content":[],"tool_calls":[]}""")]
    public void Content_OfAResponse_IsSentBackUnchanged(string json)
    {
        var message = Wire.Read<ChatMessage>(json);

        Assert.Equal(json, Wire.Write(message));
        Assert.Equal(json, Wire.Write(message.With(message.ToolCalls)));
        Assert.True(string.IsNullOrEmpty(message.Content?.Text));
    }

    [Fact]
    public void Content_ThatCameAsNull_IsNullAndCanBeSet()
    {
        var message = Wire.Read<ChatMessage>("""{"role":"assistant","content":null}""");

        Assert.Null(message.Content);
        message.Content = "Hi";

        Assert.Equal("""{"role":"assistant","content":"Hi"}""", Wire.Write(message));
    }

    [Fact]
    public void User_OfAnEmptyTextAndAnImage_IsTheImage()
    {
        var message = ChatMessage.User("", ChatContentPart.ImageFromUrl("https://example.com/a.png"));

        Assert.Equal("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""", Wire.Write(message));
        Assert.Equal("""{"role":"user","content":""}""", Wire.Write(ChatMessage.User("", [])));
    }

    [Fact]
    public void Role_OfANewMessage_IsNull()
    {
        var message = new ChatMessage();

        Assert.Null(message.Role);
    }

    [Fact]
    public void User_OfText_IsAMessage()
    {
        var message = ChatMessage.User("hi");

        Assert.Equal("""{"role":"user","content":"hi"}""", Wire.Write(message));
    }

    [Fact]
    public void User_OfParts_IsAMessage()
    {
        var message = ChatMessage.User(
            new ChatContentPart { Type = ChatContentPartType.Text, Text = "what is it?" },
            new ChatContentPart { Type = ChatContentPartType.ImageUrl, ImageUrl = new ChatImageUrl { Url = "u" } });

        Assert.Equal(
            """{"role":"user","content":[{"type":"text","text":"what is it?"},{"type":"image_url","image_url":{"url":"u"}}]}""",
            Wire.Write(message));
    }

    [Fact]
    public void System_OfText_IsAMessage()
    {
        var message = ChatMessage.System("be brief");

        Assert.Equal("""{"role":"system","content":"be brief"}""", Wire.Write(message));
    }

    [Fact]
    public void Assistant_OfText_IsAMessage()
    {
        var message = ChatMessage.Assistant("hello");

        Assert.Equal("""{"role":"assistant","content":"hello"}""", Wire.Write(message));
    }

    [Fact]
    public void Assistant_OfToolCalls_IsAMessage()
    {
        var message = ChatMessage.Assistant([new ChatToolCall { Id = "c", Type = "function", Function = new ChatToolCallFunction { Name = "f", Arguments = "{}" } }]);

        Assert.Equal(
            """{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""",
            Wire.Write(message));
    }

    [Fact]
    public void Tool_OfAResult_IsAMessage()
    {
        var message = ChatMessage.Tool("c", """{"t":1}""");

        Assert.Equal("""{"role":"tool","content":"{\"t\":1}","tool_call_id":"c"}""", Wire.Write(message));
    }

    [Fact]
    public void Write_OfAResponseWithoutARole_CanBeSentBack()
    {
        var message = Wire.Read<ChatMessage>("""{"content":"a","function_call":{"name":"f"}}""");

        Assert.Equal("""{"role":"assistant","content":"a","function_call":{"name":"f"}}""", Wire.Write(message));
    }
}
