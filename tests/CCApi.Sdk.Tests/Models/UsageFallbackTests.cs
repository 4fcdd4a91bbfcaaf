using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class UsageFallbackTests
{
    [Theory]
    [InlineData("""{"x_groq":{"usage":{"total_tokens":5}}}""", 5)]
    [InlineData("""{"x_groq":{"usage":null}}""", null)]
    [InlineData("""{"x_groq":{"id":"r"}}""", null)]
    [InlineData("""{"x_groq":7}""", null)]
    [InlineData("""{"x_other":{"usage":{"total_tokens":5}}}""", null)]
    [InlineData("{}", null)]
    public void Find_OfUnknownMembers_FindsTheUsage(string json, int? expected)
    {
        var members = Wire.Read<ChatMessage>(json).AdditionalProperties;

        var usage = UsageFallback.Find(members);

        Assert.Equal(expected, usage?.TotalTokens);
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("[{}]", null)]
    [InlineData("""[{"x":1},{"usage":{"total_tokens":5}},{"usage":{"total_tokens":6}},{"usage":null}]""", 6)]
    [InlineData("""[{"usage":7}]""", null)]
    public void Find_OfChoices_FindsTheLastUsage(string json, int? expected)
    {
        var choices = Wire.Read<ChatCompletionResponse>($$"""{"choices":{{json}}}""").Choices;

        var usage = UsageFallback.Find(choices);

        Assert.Equal(expected, usage?.TotalTokens);
    }
}
