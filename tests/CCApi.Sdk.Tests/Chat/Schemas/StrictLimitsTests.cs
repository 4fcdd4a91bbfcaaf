using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class StrictLimitsTests
{
    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Allow_OfNestedObjects_IsForTenLevels(int levels, bool expected)
    {
        var schema = Enumerable.Range(0, levels).Aggregate(JsonNode.Parse("""{"type":"string"}""")!, (inner, _) => Object("a", inner));

        Assert.Equal(expected, StrictLimits.Allow((JsonObject)schema));
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public void Allow_OfProperties_IsForFiveThousand(int count, bool expected)
    {
        var schema = new JsonObject { ["properties"] = new JsonObject(Enumerable.Range(0, count).Select(number => new System.Collections.Generic.KeyValuePair<string, JsonNode?>($"p{number}", new JsonObject()))) };

        Assert.Equal(expected, StrictLimits.Allow(schema));
    }

    [Theory]
    [InlineData(1_000, 1, true)]
    [InlineData(1_001, 1, false)]
    [InlineData(250, 100, true)]
    [InlineData(251, 60, false)]
    [InlineData(251, 59, true)]
    public void Allow_OfEnumValues_IsForTheirCountAndLength(int count, int length, bool expected)
    {
        var values = new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode)JsonValue.Create(new string('x', length)))]);

        Assert.Equal(expected, StrictLimits.Allow(Object("a", new JsonObject { ["enum"] = values })));
    }

    [Fact]
    public void Allow_OfNames_IsForTheirLengthTogether()
    {
        Assert.True(StrictLimits.Allow(Object(new string('n', 120_000), new JsonObject())));
        Assert.False(StrictLimits.Allow(Object(new string('n', 120_001), new JsonObject())));
    }

    private static JsonObject Object(string name, JsonNode property) => new() { ["type"] = "object", ["properties"] = new JsonObject { [name] = property } };
}
