using System.Text.Json;
using System.Text.Json.Nodes;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaReadingTests
{
    [Theory]
    [InlineData("""{"city":"Oslo"}""", null)]
    [InlineData("""{"CITY":"Oslo","Days":"3","unit":"FAHRENHEIT"}""", null)]
    [InlineData("""{"city":"Oslo","days":2.5}""", null)]
    [InlineData("{}", "$.city is missing")]
    [InlineData("""{"city":null}""", "$.city must be string, but is null")]
    [InlineData("""{"city":"Oslo","unit":7}""", "$.unit must be one of \"Celsius\", \"Fahrenheit\", but is 7")]
    public void Problem_OfArguments_IsWhatReadingDoesNotNotice(string value, string? expected) =>
        Assert.Equal(expected, SchemaReading.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.WeatherArgs), ignoreCase: true));

    [Theory]
    [InlineData("""{"name":"a","branches":[null,{"name":"b","branches":[]}]}""", null)]
    [InlineData("""{"name":"a","branches":[{"name":"b"}]}""", "$.branches[0].branches is missing")]
    [InlineData("""{"name":"a","branches":[],"twin":{"name":null,"branches":[]}}""", "$.twin.name must be string, but is null")]
    public void Problem_BehindReferencesAndItems_IsFound(string value, string? expected) =>
        Assert.Equal(expected, SchemaReading.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.Branch), ignoreCase: false));

    [Fact]
    public void Problem_OfEntries_MayBeNull()
    {
        var schema = JsonNode.Parse("""{"type":"object","additionalProperties":{"type":"string"}}""")!;

        Assert.Null(SchemaReading.Problem(Parse("""{"a":null}"""), schema, ignoreCase: false));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
