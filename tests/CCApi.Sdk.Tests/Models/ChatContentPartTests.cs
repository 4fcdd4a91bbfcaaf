using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatContentPartTests
{
    [Theory]
    [InlineData("""{"text":"a"}""", """{"type":"text","text":"a"}""")]
    [InlineData("""{"type":null,"text":"a"}""", """{"type":"text","text":"a"}""")]
    [InlineData("""{"type":"vendor","text":"a"}""", """{"type":"vendor","text":"a"}""")]
    [InlineData("""{"image_url":{"url":"u"}}""", """{"image_url":{"url":"u"}}""")]
    [InlineData("""{"type":"image_url","image_url":"u"}""", """{"type":"image_url","image_url":{"url":"u"}}""")]
    public void Read_OfAPart_FillsInTheTypeOfText(string json, string expected)
    {
        var part = Wire.Read<ChatContentPart>(json);

        Assert.Equal(expected, Wire.Write(part));
    }

    [Fact]
    public void TextOf_AReasoningPart_IsNull()
    {
        var part = Wire.Read<ChatContentPart>("""{"type":"thinking","text":"t"}""");

        Assert.Null(ChatContentPart.TextOf(part));
        Assert.Equal("t", ChatContentPart.ReasoningOf(part));
    }

    [Fact]
    public void ReasoningOf_ATextPart_IsNull()
    {
        var part = Wire.Read<ChatContentPart>("""{"type":"text","text":"t"}""");

        Assert.Equal("t", ChatContentPart.TextOf(part));
        Assert.Null(ChatContentPart.ReasoningOf(part));
    }

    [Fact]
    public void ReasoningOf_SeveralMembers_IsTheFirst()
    {
        var part = Wire.Read<ChatContentPart>("""{"type":"reasoning","thinking":"a","reasoning":"b","text":"c"}""");

        Assert.Equal("a", ChatContentPart.ReasoningOf(part));
    }
}
