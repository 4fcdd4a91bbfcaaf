using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class StrictSchemaTests
{
    [Fact]
    public void Make_OfOptionalMembers_MakesThemRequiredAndNullable() => Equal(
        """
        {"description":"Where and when","type":"object","properties":{"city":{"description":"The city, in English","type":"string"},
        "days":{"description":"How many days ahead (default: 1)","type":["integer","null"]},
        "unit":{"description":"default: Celsius","type":["string","null"],"enum":["Celsius","Fahrenheit",null]}},
        "required":["city","days","unit"],"additionalProperties":false}
        """,
        SampleJson.Default.WeatherArgs);

    [Fact]
    public void Make_OfEveryKindOfMember_KeepsWhatStrictModeKnows() => Equal(
        """
        {"type":"object","properties":{"name":{"type":"string"},"note":{"type":["string","null"]},"unit":{"type":["string","null"],"enum":["Celsius","Fahrenheit",null]},
        "when":{"type":["string","null"],"format":"date-time"},"length":{"description":"pattern: ^-?(\\d+\\.)?\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?$","type":["string","null"]},
        "link":{"description":"format: uri","type":["string","null"]},"id":{"type":["string","null"],"format":"uuid"},"price":{"type":["number","null"]}},
        "required":["name","note","unit","when","length","link","id","price"],"additionalProperties":false}
        """,
        SampleJson.Default.Everything);

    [Fact]
    public void Make_OfATypeWithoutMembers_IsAClosedObject() =>
        Equal("""{"type":"object","properties":{},"required":[],"additionalProperties":false}""", SampleJson.Default.NoArgs);

    [Fact]
    public void Make_OfDerivedTypes_ClosesEachBranch() => Equal(
        """
        {"type":"object","properties":{"main":{"anyOf":[
        {"type":"object","properties":{"kind":{"type":"string","const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"],"additionalProperties":false},
        {"type":"object","properties":{"kind":{"type":"string","const":"box"},"width":{"type":"number"},"height":{"description":"default: 1","type":["number","null"]}},
        "required":["kind","width","height"],"additionalProperties":false}]},
        "other":{"anyOf":[
        {"type":"object","properties":{"kind":{"type":"string","const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"],"additionalProperties":false},
        {"type":"object","properties":{"kind":{"type":"string","const":"box"},"width":{"type":"number"},"height":{"description":"default: 1","type":["number","null"]}},
        "required":["kind","width","height"],"additionalProperties":false},{"type":"null"}]}},
        "required":["main","other"],"additionalProperties":false}
        """,
        SampleJson.Default.Drawing);

    [Fact]
    public void Make_OfATypeThatHoldsItself_RefersToIt() => Equal(
        """
        {"type":"object","properties":{"name":{"type":"string"},"branches":{"$ref":"#/$defs/branches"},"twin":{"anyOf":[{"$ref":"#/$defs/twin"},{"type":"null"}]}},
        "required":["name","branches","twin"],"additionalProperties":false,"$defs":{
        "branches":{"description":"What grows on it","type":"array","items":{"$ref":"#"}},
        "twin":{"type":["object","null"],"properties":{"name":{"type":"string"},"branches":{"$ref":"#/$defs/branches"},
        "twin":{"anyOf":[{"$ref":"#/$defs/twin"},{"type":"null"}]}},"required":["name","branches","twin"],"additionalProperties":false}}}
        """,
        SampleJson.Default.Branch);

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","additionalProperties":true}}}""")]
    [InlineData("""{"type":"object","properties":{"a":true}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{}}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},true]}}}""")]
    [InlineData("""{"type":"object","anyOf":[{"properties":{}}]}""")]
    [InlineData("""{"type":["object","null"],"properties":{}}""")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""")]
    [InlineData("true")]
    public void Make_OfASchemaWithoutAStrictForm_IsNothing(string schema)
    {
        Assert.Null(StrictSchema.Make(JsonNode.Parse(schema)!));
    }

    [Theory]
    [InlineData("""{"const":"x"}""", """{"type":"string","const":"x"}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"anyOf":[{"type":"string"},{"type":"null"}]}""")]
    [InlineData("""{"type":["string","null"],"title":"T","$comment":"c"}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":"string","minLength":1,"maxLength":3,"description":"d"}""", """{"description":"d (minLength: 1, maxLength: 3)","type":["string","null"]}""")]
    [InlineData("""{"type":"string","default":null}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":false}""", """{"type":["object","null"],"properties":{},"required":[],"additionalProperties":false}""")]
    public void Make_OfAnOptionalMember_MakesItNullableInItsWay(string member, string expected)
    {
        var schema = JsonNode.Parse("""{"type":"object","properties":{"a":MEMBER}}""".Replace("MEMBER", member))!;

        var strict = SchemaNode.ToElement(StrictSchema.Make(schema)!).GetRawText();

        Assert.Equal("""{"type":"object","properties":{"a":MEMBER},"required":["a"],"additionalProperties":false}""".Replace("MEMBER", expected), strict);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/d"}},"$defs":{"d":{"type":"object","additionalProperties":true}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/d"}},"$defs":{"d":{}}}""")]
    public void Make_OfADefinitionWithoutAStrictForm_IsNothing(string schema) => Assert.Null(StrictSchema.Make(JsonNode.Parse(schema)!));

    [Fact]
    public void Make_OfASchema_LeavesItAlone()
    {
        var schema = SchemaExporter.Of(SampleJson.Default.Drawing);
        var before = schema.ToJsonString();

        StrictSchema.Make(schema);

        Assert.Equal(before, schema.ToJsonString());
    }

    private static void Equal(string expected, JsonTypeInfo type) =>
        Assert.Equal(expected.Replace("\r", "").Replace("\n", ""), SchemaNode.ToElement(StrictSchema.Make(SchemaExporter.Of(type))!).GetRawText());
}
