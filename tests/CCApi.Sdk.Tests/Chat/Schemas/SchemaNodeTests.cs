using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaNodeTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "string")]
    [InlineData("""{"type":["string","null"]}""", "string null")]
    [InlineData("""{"enum":["a","b"]}""", "string")]
    [InlineData("""{"enum":["a",null,1,true]}""", "string null number boolean")]
    [InlineData("""{"const":"a"}""", "string")]
    [InlineData("""{"const":null}""", "null")]
    [InlineData("""{"const":{}}""", "object")]
    [InlineData("""{"const":[]}""", "array")]
    [InlineData("""{"description":"anything"}""", "")]
    public void Types_OfASchema_AreThoseThatFit(string schema, string expected)
    {
        var types = SchemaNode.Types(JsonNode.Parse(schema)!.AsObject());

        Assert.Equal(expected, string.Join(" ", types));
    }

    [Theory]
    [InlineData("#", """{"a":{"b~/c":[1,2]}}""")]
    [InlineData("#/a/b~0~1c/1", "2")]
    [InlineData("#/a/b~0~1c/2", null)]
    [InlineData("#/a/b~0~1c/x", null)]
    [InlineData("#/%61/b~0~1c/1", "2")]
    [InlineData("#/x/y", null)]
    [InlineData("other.json#/a", null)]
    [InlineData("", null)]
    public void Resolve_OfAReference_FindsItsNode(string reference, string? expected)
    {
        var root = JsonNode.Parse("""{"a":{"b~/c":[1,2]}}""")!;

        Assert.Equal(expected, SchemaNode.Resolve(root, reference)?.ToJsonString());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("{}", true)]
    [InlineData("""{"type":"string"}""", false)]
    [InlineData("""{"type":["string","null"]}""", true)]
    [InlineData("""{"enum":["a",null]}""", true)]
    [InlineData("""{"enum":["a"]}""", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", true)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"number"}]}""", false)]
    [InlineData("""{"type":["object","null"],"anyOf":[{"properties":{}}]}""", true)]
    [InlineData("""{"type":"object","anyOf":[{"properties":{}}]}""", false)]
    [InlineData("""{"$ref":"#/$defs/text"}""", false)]
    [InlineData("""{"$ref":"#/$defs/maybe"}""", true)]
    public void AllowsNull_OfASchema_IsWhetherNullFits(string schema, bool expected)
    {
        var root = JsonNode.Parse("""{"$defs":{"text":{"type":"string"},"maybe":{"type":"null"}}}""")!;

        Assert.Equal(expected, SchemaNode.AllowsNull(JsonNode.Parse(schema), root));
    }

    [Fact]
    public void ToElement_CharactersOfAnyScript_WritesThemUnescaped()
    {
        var element = SchemaNode.ToElement(new JsonObject { ["a"] = "Größe <世界> \"+\"" });

        Assert.Equal("""{"a":"Größe <世界> \"+\""}""", element.GetRawText());
    }
}
