using System.Text.Json;
using System.Text.Json.Nodes;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"city":"Oslo"}""", null)]
    [InlineData("""{"city":"Oslo","days":3,"unit":"fahrenheit","more":{}}""", null)]
    [InlineData("""{"city":"Oslo","days":"3"}""", null)]
    [InlineData("""{}""", "$.city is missing")]
    [InlineData("""{"city":null}""", "$.city must be string, but is null")]
    [InlineData("""{"city":"Oslo","days":true}""", "$.days must be string or integer, but is true")]
    [InlineData("""{"city":"Oslo","days":1.5}""", "$.days must be string or integer, but is 1.5")]
    [InlineData("""{"city":"Oslo","days":3.0}""", null)]
    [InlineData("""{"city":"Oslo","unit":"Kelvin"}""", "$.unit must be one of \"Celsius\", \"Fahrenheit\", but is \"Kelvin\"")]
    [InlineData("""["Oslo"]""", "$ must be object, but is [\"Oslo\"]")]
    [InlineData("\"The weather of Oslo, please, for the next three days\"", "$ must be object, but is \"The weather of Oslo, please, for the ne...")]
    public void Problem_OfArguments_SaysWhatAndWhere(string value, string? expected)
    {
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.WeatherArgs)));
    }

    [Theory]
    [InlineData("""{"main":{"kind":"circle","radius":2}}""", null)]
    [InlineData("""{"main":{"kind":"circle","radius":2},"other":null}""", null)]
    [InlineData("""{"main":{"kind":"box","radius":2}}""", "$.main.width is missing")]
    [InlineData("""{"main":{"kind":"box","width":"2"},"other":{"kind":"circle","radius":[]}}""", "$.other.radius must be string or number, but is []")]
    [InlineData("""{"main":{"kind":"cone","radius":2}}""", "$.main.kind must be one of \"circle\", \"box\", but is \"cone\"")]
    [InlineData("""{"main":{"radius":2}}""", "$.main.kind must be one of \"circle\", \"box\", but is missing")]
    [InlineData("""{"main":null}""", "$.main must be object, but is null")]
    public void Problem_OfAUnion_IsThatOfTheBranchThatIsMeant(string value, string? expected)
    {
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.Drawing)));
    }

    [Theory]
    [InlineData("""{"name":"a","branches":[{"name":"b","branches":[]}]}""", null)]
    [InlineData("""{"name":"a","branches":[{"name":"b","branches":[]},{"name":"c"}]}""", "$.branches[1].branches is missing")]
    [InlineData("""{"name":"a","branches":[],"twin":{"name":"b","branches":[{"name":1}]}}""", "$.twin.branches[0].branches is missing")]
    public void Problem_BehindAReference_IsFound(string value, string? expected)
    {
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.Branch)));
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1", null)]
    [InlineData("""{"$ref":"other.json"}""", "1", null)]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":1,"b":"x"}""", "$.b must be integer, but is \"x\"")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1}""", null)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""", null)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[2]}""", "$ must be {\"a\":[1]}, but is {\"a\":[2]}")]
    [InlineData("""{"const":null}""", "1", "$ must be null, but is 1")]
    [InlineData("""{"anyOf":[]}""", "1", null)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "$ must be string, but is 1")]
    [InlineData("""{"anyOf":[{"properties":{"kind":{"const":"a"}}},{"required":["name"]}]}""", "{}", "$.name is missing")]
    [InlineData("""{"anyOf":[{"properties":{"kind":{"const":"a"}}}]}""", "1", null)]
    [InlineData("""{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"}}}]}""", "1", "$ must be object, but is 1")]
    [InlineData("""{"properties":{"a":{"const":"x"}}}""", """{"a":"\ud83d"}""", "$ holds text that is no valid Unicode")]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"kind":{"const":"a"}}}]}""", "1", "$ must be object, but is 1")]
    [InlineData("""{"type":"boolean"}""", "false", null)]
    [InlineData("""{"type":"integer"}""", "1e2", null)]
    [InlineData("""{"type":"integer"}""", "99999999999999999999", null)]
    [InlineData("true", "1", null)]
    public void Problem_OfAnySchema_IsFoundByTheKeywordsOfShape(string schema, string value, string? expected)
    {
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), JsonNode.Parse(schema)!));
    }

    [Theory]
    [InlineData("""{"kind":"box"}""", "width")]
    [InlineData("""{"kind":"cone"}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("1", null)]
    public void Branch_OfAUnion_IsTheOneWithTheConstants(string value, string? member)
    {
        var branches = JsonNode.Parse("""[{"properties":{"a":{}}},{"properties":{"kind":{"const":"circle"}}},{"properties":{"kind":{"const":"box"},"width":{}}}]""")!.AsArray();

        var branch = SchemaValidator.Branch(Parse(value), branches);

        Assert.Equal(member is not null, branch?["properties"]?.AsObject().ContainsKey(member ?? "") == true);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
