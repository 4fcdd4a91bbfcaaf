using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaTreeTests
{
    [Fact]
    public void All_OfASchema_FindsSchemasAndNotData()
    {
        var schema = JsonNode.Parse("""{"properties":{"a":{"items":{"n":1}},"enum":{"n":2}},"anyOf":[{"n":3}],"$defs":{"d":{"additionalProperties":{"n":4}}},"default":{"properties":{"x":{"n":5}}}}""");

        Assert.Equal([1, 2, 4, 3], SchemaTree.All(schema).Select(one => (int?)one["n"]).Where(number => number is not null));
    }

    [Theory]
    [InlineData("true", "{}")]
    [InlineData("""{"enum":["a",null]}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("""{"const":"a"}""", """{"type":"string","const":"a"}""")]
    [InlineData("""{"type":["array","null"]}""", """{"type":["array","null"],"items":{}}""")]
    [InlineData("""{"type":"array","items":true}""", """{"type":"array","items":{}}""")]
    [InlineData("""{"properties":{"a":true,"b":{"type":"string"}}}""", """{"properties":{"a":{},"b":{"type":"string"}}}""")]
    [InlineData("""{"type":"object","additionalProperties":true}""", """{"type":"object","additionalProperties":true}""")]
    public void Complete_OfASchema_AddsWhatBackEndsRequire(string schema, string expected) =>
        Assert.Equal(expected, SchemaTree.Complete(JsonNode.Parse(schema)!).ToJsonString());
}
