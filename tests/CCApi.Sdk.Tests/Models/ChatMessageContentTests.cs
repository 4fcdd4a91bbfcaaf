using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatMessageContentTests
{
    [Theory]
    [InlineData("\"hi\"", "hi", "\"hi\"")]
    [InlineData("\"\"", "", "\"\"")]
    [InlineData("7.50", "7.50", "\"7.50\"")]
    [InlineData("true", "true", "\"true\"")]
    [InlineData("null", null, "\"\"")]
    [InlineData("[]", null, "[]")]
    [InlineData("[{\"type\":\"text\",\"text\":\"a\"}]", "a", "[{\"type\":\"text\",\"text\":\"a\"}]")]
    [InlineData("{\"type\":\"text\",\"text\":\"a\"}", "a", "[{\"type\":\"text\",\"text\":\"a\"}]")]
    [InlineData("[null,7,{\"type\":\"vendor\",\"x\":1}]", null, "[{\"type\":\"vendor\",\"x\":1}]")]
    public void Read_OfAnyJsonType_IsTextOrParts(string json, string? expectedText, string expectedJson)
    {
        var content = Wire.Read<ChatMessageContent>(json);

        Assert.Equal(expectedText, content.Text);
        Assert.Equal(expectedText ?? "", content.ToString());
        Assert.Equal(expectedJson, Wire.Write(content));
    }

    [Fact]
    public void Read_OfBareStringsInTheList_KeepsTheText()
    {
        var content = Wire.Read<ChatMessageContent>("""["a",{"type":"text","text":"b"}]""");

        Assert.Equal("ab", content.Text);
        Assert.Equal("""[{"type":"text","text":"a"},{"type":"text","text":"b"}]""", Wire.Write(content));
    }

    [Fact]
    public void Default_OfTheStruct_IsAnEmptyText()
    {
        var content = default(ChatMessageContent);

        Assert.Null(content.Text);
        Assert.Null(content.Parts);
        Assert.Equal("", content.ToString());
        Assert.Equal("\"\"", Wire.Write(content));
    }

    [Fact]
    public void Convert_FromText_IsText()
    {
        ChatMessageContent content = "hi";

        Assert.Equal("hi", content.Text);
        Assert.Null(content.Parts);
        Assert.Equal(new ChatMessageContent("hi"), content);
    }

    [Fact]
    public void Convert_FromParts_IsParts()
    {
        ChatMessageContent content = new[] { new ChatContentPart { Type = "text", Text = "a" }, new ChatContentPart { Type = "text", Text = "b" } };

        Assert.Equal(2, content.Parts?.Count);
        Assert.Equal("ab", content.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hi")]
    public void Convert_FromNullableText_KeepsNull(string? text)
    {
        ChatMessageContent? content = text;

        Assert.Equal(text is null, content is null);
        Assert.Equal(text, content?.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convert_FromNullableParts_KeepsNull(bool isSet)
    {
        ChatContentPart[]? parts = isSet ? [ChatContentPart.FromText("a")] : null;
        ChatMessageContent? content = parts;

        Assert.Equal(isSet, content is not null);
        Assert.Same(parts, content?.Parts);
    }
}
