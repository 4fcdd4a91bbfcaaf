using System.Text;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonRepairTests
{
    [Theory]
    [InlineData("{\"a\":\"one\ntwo\"}", @"{""a"":""one\u000atwo""}")]
    [InlineData("{\n\"a\":\t\"\t\"}", "{\n\"a\":\t\"\\u0009\"}")]
    [InlineData("\"\u001f\u0010\u000f\u0000\"", @"""\u001f\u0010\u000f\u0000""")]
    [InlineData("\"a\\\"\nb\"\n", "\"a\\\"\\u000ab\"\n")]
    [InlineData("\"a\\\\\"\n\"\n\"", "\"a\\\\\"\n\"\\u000a\"")]
    public void EscapeControlCharacters_OfRawOnes_EscapesThemInStrings(string json, string expected) => Assert.Equal(expected, Repair(json));

    [Theory]
    [InlineData("{\n\"a\": 1\n}")]
    [InlineData("\"\\n\"")]
    [InlineData("")]
    public void EscapeControlCharacters_OfNone_IsNothing(string json) => Assert.Null(Repair(json));

    private static string? Repair(string json) => JsonRepair.EscapeControlCharacters(Encoding.UTF8.GetBytes(json)) is { } repaired ? Encoding.UTF8.GetString(repaired) : null;
}
