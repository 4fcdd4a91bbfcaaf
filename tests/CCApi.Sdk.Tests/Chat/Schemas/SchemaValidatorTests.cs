using System.Linq;
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
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.WeatherArgs), ignoreCase: true));
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
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.Drawing), ignoreCase: true));
    }

    [Theory]
    [InlineData("""{"name":"a","branches":[{"name":"b","branches":[]}]}""", null)]
    [InlineData("""{"name":"a","branches":[{"name":"b","branches":[]},{"name":"c"}]}""", "$.branches[1].branches is missing")]
    [InlineData("""{"name":"a","branches":[],"twin":{"name":"b","branches":[{"name":1}]}}""", "$.twin.branches[0].branches is missing")]
    public void Problem_BehindAReference_IsFound(string value, string? expected)
    {
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), SchemaExporter.Of(SampleJson.Default.Branch), ignoreCase: true));
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1", null)]
    [InlineData("""{"$ref":"other.json"}""", "1", null)]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":1,"b":"x"}""", "$.b must be integer, but is \"x\"")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1}""", "$.a is not allowed")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1}""", null)]
    [InlineData("""{"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}""", """{"x-a":1,"b":2}""", "$.b is not allowed")]
    [InlineData("""{"patternProperties":{"^x-":{"type":"integer"}}}""", """{"x-a":"1"}""", "$.x-a must be integer, but is \"1\"")]
    [InlineData("""{"propertyNames":{"pattern":"^[a-z]+$"}}""", """{"A":1}""", "$.A has a name that must match the pattern ^[a-z]+$")]
    [InlineData("""{"minProperties":1}""", "{}", "$ must have at least 1 members, but has 0")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "$.b is missing, which a requires")]
    [InlineData("""{"enum":["celsius"]}""", "\"Celsius\"", "$ must be one of \"celsius\", but is \"Celsius\"")]
    [InlineData("""{"properties":{"city":{}},"required":["city"]}""", """{"City":1}""", "$.city is missing")]
    [InlineData("""{"minItems":2}""", "[1]", "$ must have at least 2 items, but has 1")]
    [InlineData("""{"maxItems":0}""", "[1]", "$ must have at most 0 items, but has 1")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1.0}]""", "$ must not contain an item twice, but contains {\"b\":2,\"a\":1.0} twice")]
    [InlineData("""{"uniqueItems":true}""", "[1,true,\"1\",null,[1],[2]]", null)]
    [InlineData("""{"contains":{"type":"string"}}""", "[1]", "$ has a wrong number of items that match {\"type\":\"string\"}")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", "[\"a\",1,\"b\"]", "$[2] must be integer, but is \"b\"")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", "[\"a\",1]", "$[1] is not allowed")]
    [InlineData("""{"allOf":[{"type":"integer"},{"minimum":2}]}""", "1", "$ must be at least 2, but is 1")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "3", "$ must match exactly one of the forms of oneOf, but matches several")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "true", "$ must be integer, but is true")]
    [InlineData("""{"not":{"const":1}}""", "1", "$ must not match {\"const\":1}")]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":2},"else":{"type":"string"}}""", "1", "$ must be at least 2, but is 1")]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":2},"else":{"type":"string"}}""", "true", "$ must be string, but is true")]
    [InlineData("""{"$defs":{"a b":{"type":"string"}},"properties":{"x":{"$ref":"#/$defs/a%20b","minLength":2}}}""", """{"x":"y"}""", "$.x must have at least 2 characters, but has 1")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}""", "1", null)]
    [InlineData("false", "1", "$ is not allowed")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""", null)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[2]}""", "$ must be {\"a\":[1]}, but is {\"a\":[2]}")]
    [InlineData("""{"const":null}""", "1", "$ must be null, but is 1")]
    [InlineData("""{"anyOf":[]}""", "1", null)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "$ must be string, but is 1")]
    [InlineData("""{"anyOf":[{"properties":{"kind":{"const":"a"}}},{"required":["name"]}]}""", "{}", null)]
    [InlineData("""{"anyOf":[{"properties":{"kind":{"const":"a"}}}]}""", "1", null)]
    [InlineData("""{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"}}}]}""", "1", "$ must be object, but is 1")]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"kind":{"const":"a"}}}]}""", "1", "$ must be object, but is 1")]
    [InlineData("""{"type":"boolean"}""", "false", null)]
    [InlineData("""{"type":"integer"}""", "1e2", null)]
    [InlineData("""{"type":"integer"}""", "99999999999999999999", null)]
    [InlineData("true", "1", null)]
    public void Problem_OfAHandWrittenSchema_IsCheckedAsWritten(string schema, string value, string? expected)
    {
        Assert.Equal(expected, SchemaValidator.Problem(Parse(value), JsonNode.Parse(schema)!));
    }

    [Fact]
    public void Problem_OfATreeOfUnions_CostsLinearTime()
    {
        var schema = JsonNode.Parse("""{"anyOf":[{"type":"object","required":["x"],"properties":{"l":{"$ref":"#"}}},{"type":"object","properties":{"l":{"$ref":"#"}}},{"type":"integer"}]}""")!;
        var value = string.Concat(Enumerable.Repeat("{\"l\":", 60)) + "\"no\"" + new string('}', 60);

        Assert.NotNull(SchemaValidator.Problem(Parse(value), schema));
    }

    [Fact]
    public void Problem_OfALongNameAboveManyItems_CostsLinearTime()
    {
        var value = $$"""{"{{new string('n', 1_000_000)}}":[{{string.Join(",", Enumerable.Repeat("1", 100_000))}}]}""";

        Assert.Null(SchemaValidator.Problem(Parse(value), JsonNode.Parse("""{"additionalProperties":{"items":{"type":"integer"}}}""")!));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
