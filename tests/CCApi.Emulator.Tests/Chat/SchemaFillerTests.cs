using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using NJsonSchema;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class SchemaFillerTests
{
    public static TheoryData<string> Schemas =>
    [
        """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"ok":{"type":"boolean"}},"required":["name","age","ok"],"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"object","properties":{"c":{"type":"object","properties":{"d":{"type":"object","properties":{"e":{"type":"number"}},"required":["e"]}},"required":["d"]}},"required":["c"]}},"required":["b"]}},"required":["a"]}""",
        """{"type":"object","properties":{"color":{"type":"string","enum":["red","green"]},"level":{"enum":[1,2]},"none":{"enum":[null,"x"]}},"required":["color","level","none"]}""",
        """{"type":"object","properties":{"home":{"$ref":"#/definitions/place"},"work":{"$ref":"#/definitions/place"}},"required":["home","work"],"definitions":{"place":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}}""",
        """{"type":"object","properties":{"list":{"type":"array","items":{"type":"string","minLength":3,"maxLength":5},"minItems":2,"maxItems":4}},"required":["list"]}""",
        """{"type":"object","properties":{"many":{"type":"array","items":{"type":"integer"},"minItems":20}},"required":["many"]}""",
        """{"type":"object","properties":{"none":{"type":"array","items":{"type":"integer"},"maxItems":0}},"required":["none"]}""",
        """{"type":"object","properties":{"set":{"type":"array","items":{"type":"string"},"minItems":3,"uniqueItems":true},"numbers":{"type":"array","items":{"type":"integer","minimum":5},"minItems":3,"uniqueItems":true},"words":{"type":"array","items":{"enum":["a","b","c"]},"minItems":3,"uniqueItems":true}},"required":["set","numbers","words"]}""",
        """{"type":"object","properties":{"share":{"type":"number","minimum":0.25,"maximum":0.75},"whole":{"type":"integer","minimum":0.5,"maximum":1.5},"low":{"type":"integer","maximum":-3},"high":{"type":"integer","minimum":100}},"required":["share","whole","low","high"]}""",
        """{"type":"object","properties":{"between":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1},"above":{"type":"integer","exclusiveMinimum":7},"below":{"type":"number","exclusiveMaximum":-2}},"required":["between","above","below"]}""",
        """{"type":"object","properties":{"even":{"type":"integer","multipleOf":4,"minimum":10},"half":{"type":"number","multipleOf":0.5,"minimum":0.7}},"required":["even","half"]}""",
        """{"type":"object","properties":{"huge":{"type":"number","minimum":1000000000000000000000}},"required":["huge"]}""",
        """{"type":"object","properties":{"maybe":{"type":["string","null"]},"either":{"anyOf":[{"type":"null"},{"type":"integer"}]}},"required":["maybe","either"]}""",
        """{"type":"object","allOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{"type":"string"}},"required":["b"]}]}""",
        """{"type":"object","properties":{"kind":{"type":"string"}},"required":["kind"],"anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{"type":"integer"}},"required":["b"]}]}""",
        """{"type":"object","properties":{"when":{"type":"string","format":"date-time"},"day":{"type":"string","format":"date"},"mail":{"type":"string","format":"email"},"link":{"type":"string","format":"uri"},"id":{"type":"string","format":"uuid"},"ip":{"type":"string","format":"ipv4"},"six":{"type":"string","format":"ipv6"},"host":{"type":"string","format":"hostname"}},"required":["when","day","mail","link","id","ip","six","host"]}""",
        """{"type":"object","required":["free","typed"],"additionalProperties":{"type":"integer"}}""",
        """{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]},"minItems":1}""",
        """{"type":"string","minLength":60}""",
        """{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["value","next"]}""",
        """{"type":"object","properties":{"left":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"right":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"children":{"type":"array","items":{"$ref":"#"}}},"required":["left","right","children"]}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Fill_OfASchema_FollowsIt(string schema)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Describe 42 things about the green house in Lisbon.", Body.Format(schema));
        var errors = (await JsonSchema.FromJsonAsync(schema, World.Token)).Validate(response.Content!).Select(error => error.ToString());

        Assert.Equal((200, "stop"), (response.Status, response.FinishReason));
        Assert.True(!errors.Any(), $"{string.Join("; ", errors)}: {response.Content}");
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", "What is 99999999999999999999999999999999999999?")]
    [InlineData("""{"type":"integer"}""", "What is 9999999999999999999?")]
    [InlineData("""{"type":"number"}""", "What is -3.25 in words?")]
    public async Task Fill_OfANumberFromThePrompt_FollowsTheSchema(string schema, string prompt)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), prompt);

        var errors = (await JsonSchema.FromJsonAsync(schema, World.Token)).Validate(filled!.ToJsonString());

        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("""{"const":"fixed"}""", "\"fixed\"")]
    [InlineData("""{"const":null}""", "null")]
    [InlineData("""{"type":"null"}""", "null")]
    [InlineData("""{"enum":["red","green"]}""", "\"green\"")]
    [InlineData("""{"enum":["red","blue"]}""", "\"red\"")]
    [InlineData("""{"enum":[null,"blue"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "42")]
    [InlineData("""{"type":"integer","maximum":40}""", "40")]
    [InlineData("""{"type":"string"}""", "\"green house\"")]
    [InlineData("""{"properties":{"city":{}}}""", """{"city":"Lisbon"}""")]
    [InlineData("""{"items":{"type":"boolean"}}""", "[true]")]
    [InlineData("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"const":1}}}""", "1")]
    [InlineData("""{"properties":{"a":true}}""", """{"a":"green house"}""")]
    [InlineData("""{"oneOf":[{"type":"null"},{"type":"boolean"}]}""", "true")]
    [InlineData("true", "{}")]
    public void Fill_OfASmallSchema_IsThat(string schema, string json)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), "Which green house has 42 rooms in Lisbon?");

        Assert.Equal(json, filled?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Fill_OfASchemaThatRefersToItselfManyTimes_StaysSmall()
    {
        const string schema = """{"type":"object","properties":{"a":{"$ref":"#"},"b":{"$ref":"#"},"c":{"$ref":"#"}}}""";

        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), "Hello");

        Assert.InRange(filled!.ToJsonString().Length, 1, 100_000);
    }

    [Theory]
    [InlineData("""{"type":7,"properties":[],"required":{},"enum":{},"anyOf":7,"items":7}""")]
    [InlineData("""{"type":"object","properties":{"a":7,"b":{"type":"array","minItems":-1,"items":[1]}}}""")]
    public void Fill_OfABrokenSchema_DoesNotThrow(string schema)
    {
        var exception = Record.Exception(() => SchemaFiller.Fill(JsonNode.Parse(schema), "Hello"));

        Assert.Null(exception);
    }
}
