using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class StopSequencesTests
{
    [Theory]
    [InlineData("\"END\"", "END", "\"END\"")]
    [InlineData("\"\"", "", "\"\"")]
    [InlineData("[\"a\",\"\\n\"]", "a, \n", "[\"a\",\"\\n\"]")]
    [InlineData("[]", "", "[]")]
    [InlineData("[null,\"a\",{}]", "a", "[\"a\"]")]
    [InlineData("7", "7", "\"7\"")]
    [InlineData("null", "", "[]")]
    [InlineData("{\"a\":1}", "", "[]")]
    public void Read_OfAnyJsonType_IsAStringOrAList(string json, string expectedText, string expectedJson)
    {
        var stop = Wire.Read<StopSequences>(json);

        Assert.Equal(expectedText, stop.ToString());
        Assert.Equal(expectedJson, Wire.Write(stop));
    }

    [Fact]
    public void Convert_FromText_IsSentAsAString()
    {
        var request = new ChatCompletionRequest { Messages = [], Stop = "END" };

        Assert.Equal(["END"], request.Stop?.Values);
        Assert.Equal("""{"messages":[],"stop":"END"}""", Wire.Write(request));
    }

    [Fact]
    public void Convert_FromAnArray_IsSentAsAnArray()
    {
        var request = new ChatCompletionRequest { Messages = [], Stop = new[] { "a" } };

        Assert.Equal(["a"], request.Stop?.Values);
        Assert.Equal("""{"messages":[],"stop":["a"]}""", Wire.Write(request));
    }

    [Theory]
    [InlineData("END")]
    [InlineData(null)]
    public void Convert_FromNullableText_KeepsNull(string? text)
    {
        var request = new ChatCompletionRequest { Messages = [], Stop = text };
        StopSequences plain = text;

        Assert.Equal(text is null, request.Stop is null);
        Assert.Equal(text ?? "", plain.ToString());
    }

    [Theory]
    [InlineData(true, """{"messages":[],"stop":["a","b"]}""")]
    [InlineData(false, """{"messages":[]}""")]
    public void Convert_FromANullableArray_KeepsNull(bool isSet, string expected)
    {
        string[]? texts = isSet ? ["a", "b"] : null;
        var request = new ChatCompletionRequest { Messages = [], Stop = texts };
        StopSequences plain = texts;

        Assert.Equal(isSet, request.Stop is not null);
        Assert.Equal(texts ?? [], plain.Values);
        Assert.Equal(expected, Wire.Write(request));
    }

    [Fact]
    public void Values_OfTheDefault_AreEmpty()
    {
        var stop = default(StopSequences);

        Assert.Empty(stop.Values);
        Assert.Equal("", stop.ToString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    public void Read_OfNoSequence_IsNull(string json)
    {
        var request = Wire.Read<ChatCompletionRequest>($"{{\"messages\":[],\"stop\":{json}}}");

        Assert.Null(request.Stop);
    }
}
