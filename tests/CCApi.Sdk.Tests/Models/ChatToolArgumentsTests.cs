using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatToolArgumentsTests
{
    [Theory]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\":1}", "\"{\\\"a\\\":1}\"")]
    [InlineData("{\"a\":1.50}", "{\"a\":1.50}", "{\"a\":1.50}")]
    [InlineData("[1, 2]", "[1, 2]", "[1, 2]")]
    [InlineData("{}", "{}", "{}")]
    [InlineData("\"\"", "", "\"\"")]
    [InlineData("\"{\\\"a\"", "{\"a", "\"{\\\"a\"")]
    [InlineData("null", "", "\"\"")]
    [InlineData("7", "7", "\"7\"")]
    [InlineData("{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ud83d\"}")]
    public void Read_OfAnyJsonType_IsJsonText(string json, string expectedText, string expectedJson)
    {
        var arguments = Wire.Read<ChatToolArguments>(json);

        Assert.Equal(expectedText, arguments.ToString());
        Assert.Equal(expectedJson, Wire.Write(arguments));
    }

    [Fact]
    public void Convert_FromText_IsSentAsAString()
    {
        var function = new ChatToolCallFunction { Name = "f", Arguments = """{"a":1}""" };

        Assert.Equal("""{"name":"f","arguments":"{\"a\":1}"}""", Wire.Write(function));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public void Convert_FromNullableText_KeepsNull(string? json)
    {
        var function = new ChatToolCallFunction { Name = "f", Arguments = json };
        ChatToolArguments plain = json;

        Assert.Equal(json is null, function.Arguments is null);
        Assert.Equal(json ?? "", plain.ToString());
    }

    [Fact]
    public void Read_OfNull_IsNull()
    {
        var function = Wire.Read<ChatToolCallFunction>("""{"arguments":null}""");

        Assert.Null(function.Arguments);
        Assert.Equal("", default(ChatToolArguments).ToString());
    }
}
