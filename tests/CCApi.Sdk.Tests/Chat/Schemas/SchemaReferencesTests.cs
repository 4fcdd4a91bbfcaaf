using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaReferencesTests
{
    [Theory]
    [InlineData("""{"properties":{"next":{"$ref":"#"}}}""", """{"properties":{"next":{"$ref":"#"}}}""")]
    [InlineData("""{"properties":{"next":{"type":"object","properties":{"next":{"$ref":"#/properties/next"}}}}}""",
        """{"properties":{"next":{"$ref":"#/$defs/next"}},"$defs":{"next":{"type":"object","properties":{"next":{"$ref":"#/$defs/next"}}}}}""")]
    [InlineData("""{"properties":{"x":{"items":{"n":1}},"y":{"items":{"$ref":"#/properties/x/items"}}}}""",
        """{"properties":{"x":{"items":{"$ref":"#/$defs/x_items"}},"y":{"items":{"$ref":"#/$defs/x_items"}}},"$defs":{"x_items":{"n":1}}}""")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"n":1},"c":{"$ref":"#/properties/a/properties/b"},"d":{"$ref":"#/properties/a"}}}}}""",
        """{"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a_b":{"n":1},"a":{"properties":{"b":{"$ref":"#/$defs/a_b"},"c":{"$ref":"#/$defs/a_b"},"d":{"$ref":"#/$defs/a"}}}}}""")]
    public void MoveTargets_OfReferences_PointsToTheRootOrADefinition(string schema, string expected)
    {
        var root = (JsonObject)JsonNode.Parse(schema)!;

        SchemaReferences.MoveTargets(root);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), root), root.ToJsonString());
    }

    [Theory]
    [InlineData("""{"type":"string"}""", """{"type":"object","properties":{"value":{"type":"string"}},"required":["value"]}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/a"},"$defs":{"a":{"n":1}}}""",
        """{"type":"object","properties":{"value":{"items":{"$ref":"#/$defs/a"}}},"required":["value"],"$defs":{"a":{"n":1}}}""")]
    [InlineData("""{"items":{"$ref":"#"}}""",
        """{"type":"object","properties":{"value":{"$ref":"#/$defs/value"}},"required":["value"],"$defs":{"value":{"items":{"$ref":"#/$defs/value"}}}}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/value"},"$defs":{"value":{"items":{"$ref":"#"}}}}""",
        """{"type":"object","properties":{"value":{"$ref":"#/$defs/value_2"}},"required":["value"],"$defs":{"value":{"items":{"$ref":"#/$defs/value_2"}},"value_2":{"items":{"$ref":"#/$defs/value"}}}}""")]
    public void Wrap_OfASchema_MovesItsReferences(string schema, string expected)
    {
        var root = (JsonObject)JsonNode.Parse(schema)!;

        var wrapped = SchemaReferences.Wrap(root, "value");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), wrapped), wrapped.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema), root), root.ToJsonString());
    }
}
