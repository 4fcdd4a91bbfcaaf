using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatToolChoiceTests
{
    [Theory]
    [InlineData("\"auto\"", "auto", "\"auto\"")]
    [InlineData("\"vendor\"", "vendor", "\"vendor\"")]
    [InlineData("true", "true", "\"true\"")]
    [InlineData("null", null, "\"\"")]
    [InlineData("[1]", null, "\"\"")]
    public void Read_OfAWord_IsTheMode(string json, string? expectedMode, string expectedJson)
    {
        var choice = Wire.Read<ChatToolChoice>(json);

        Assert.Equal(expectedMode, choice.Mode);
        Assert.Equal(expectedMode ?? "", choice.ToString());
        Assert.Null(choice.Named);
        Assert.Equal(expectedJson, Wire.Write(choice));
    }

    [Fact]
    public void Read_OfAnObject_IsTheNamedFunction()
    {
        const string Json = """{"type":"function","function":{"name":"f"},"extra":1}""";

        var choice = Wire.Read<ChatToolChoice>(Json);

        Assert.Null(choice.Mode);
        Assert.Equal("f", choice.Named?.Function?.Name);
        Assert.Equal("f", choice.ToString());
        Assert.Equal(Json, Wire.Write(choice));
    }

    [Fact]
    public void Function_OfAName_NamesIt()
    {
        var choice = ChatToolChoice.Function("f");

        Assert.Equal("""{"type":"function","function":{"name":"f"}}""", Wire.Write(choice));
    }

    [Fact]
    public void Words_AreThoseOfTheApi()
    {
        Assert.Equal("\"auto\"", Wire.Write(ChatToolChoice.Auto));
        Assert.Equal("\"none\"", Wire.Write(ChatToolChoice.None));
        Assert.Equal("\"required\"", Wire.Write(ChatToolChoice.Required));
        Assert.Equal(ChatToolChoice.Auto, "auto");
    }

    [Theory]
    [InlineData("required")]
    [InlineData(null)]
    public void Convert_FromNullableText_KeepsNull(string? mode)
    {
        var request = new ChatCompletionRequest { Messages = [], ToolChoice = mode };

        Assert.Equal(mode is null, request.ToolChoice is null);
        Assert.Equal(mode, request.ToolChoice?.Mode);
    }

    [Theory]
    [InlineData(true, """{"messages":[],"tool_choice":"none"}""")]
    [InlineData(false, """{"messages":[]}""")]
    public void Assignment_OfAConditionalWithNull_SendsNothingForNull(bool isSet, string expected)
    {
        var request = new ChatCompletionRequest { Messages = [], ToolChoice = isSet ? ChatToolChoice.None : null };

        Assert.Equal(expected, Wire.Write(request));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    public void Read_OfNoChoice_IsNull(string json)
    {
        var request = Wire.Read<ChatCompletionRequest>($"{{\"messages\":[],\"tool_choice\":{json}}}");

        Assert.Null(request.ToolChoice);
        Assert.Equal("", default(ChatToolChoice).ToString());
    }
}
