using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaBranchesTests
{
    [Theory]
    [InlineData("""{"kind":"box"}""", "width")]
    [InlineData("""{"kind":"cone"}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("1", null)]
    public void ByConstants_OfAUnion_IsTheOneWithTheConstants(string value, string? member)
    {
        var branches = JsonNode.Parse("""[{"properties":{"a":{}}},{"properties":{"kind":{"const":"circle"}}},{"properties":{"kind":{"const":"box"},"width":{}}}]""")!.AsArray();

        var branch = SchemaBranches.ByConstants(Parse(value), branches);

        Assert.Equal(member is not null, branch?["properties"]?.AsObject().ContainsKey(member ?? "") == true);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"type":"object","properties":{"a":{}}}""")]
    [InlineData("null", """{"type":"null"}""")]
    [InlineData("1", null)]
    public void Follow_OfReferencesAndUnions_FindsTheSchemaOfTheValue(string value, string? expected)
    {
        var root = JsonNode.Parse("""{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}],"$defs":{"a":{"type":"object","properties":{"a":{}}}}}""")!;

        Assert.Equal(expected, SchemaBranches.Follow(Parse(value), root, root)?.ToJsonString());
    }

    [Fact]
    public void Follow_OfALoop_Ends()
    {
        var root = JsonNode.Parse("""{"$ref":"#"}""")!;

        Assert.Null(SchemaBranches.Follow(Parse("1"), root, root));
    }

    [Theory]
    [InlineData("a", true, "1")]
    [InlineData("A", true, "2")]
    [InlineData("B", true, "3")]
    [InlineData("B", false, null)]
    public void Member_OfAName_PrefersTheExactOne(string name, bool ignoreCase, string? expected) =>
        Assert.Equal(expected, SchemaBranches.Member(Parse("""{"a":1,"A":2,"b":3}"""), name, ignoreCase)?.GetRawText());

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
