using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Json.Schema;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

/// <summary>Schemas of the kinds that the test suite of draft 2020-12 has, keyword by keyword, judged by another validator.</summary>
public class SchemaSuiteTests
{
    private const string Prompt = "Describe 42 things about the green house in Lisbon.";

    public static TheoryData<string> Schemas =>
    [
        // type
        """{"type":"integer"}""",
        """{"type":"number"}""",
        """{"type":"string"}""",
        """{"type":"object"}""",
        """{"type":"array"}""",
        """{"type":"boolean"}""",
        """{"type":"null"}""",
        """{"type":["integer","string"]}""",
        """{"type":["string"]}""",
        """{"type":["array","object","null"]}""",

        // enum, const
        """{"enum":[6,"foo",[],true,{"foo":12}]}""",
        """{"enum":["hello\u0000there"]}""",
        """{"enum":[[false]]}""",
        """{"type":"string","enum":[1,"a"]}""",
        """{"const":{"a":[1,null,{"b":false}]}}""",
        """{"const":-2.0}""",
        """{"const":9007199254740992}""",

        // anyOf, oneOf, allOf, not
        """{"anyOf":[{"type":"integer"},{"minimum":2}]}""",
        """{"type":"string","anyOf":[{"maxLength":2},{"minLength":4}]}""",
        """{"anyOf":[true,false]}""",
        """{"anyOf":[{"type":"number"},{}]}""",
        """{"anyOf":[{"anyOf":[{"type":"null"}]}]}""",
        """{"oneOf":[{"type":"integer"},{"minimum":2}]}""",
        """{"oneOf":[{"type":"integer"},{"type":"number"}]}""",
        """{"type":"string","oneOf":[{"minLength":2},{"maxLength":4}]}""",
        """{"type":"string","oneOf":[{"minLength":12},{"maxLength":40}]}""",
        """{"oneOf":[true,false,false]}""",
        """{"oneOf":[{"type":"number"},{}]}""",
        """{"type":"object","oneOf":[{"required":["foo","bar"]},{"required":["foo","baz"]}]}""",
        """{"type":"object","properties":{"foo":{"type":"string"},"bar":{"type":"integer"}},"oneOf":[{"required":["foo"]},{"required":["bar"]}]}""",
        """{"oneOf":[{"properties":{"bar":true,"baz":true},"required":["bar"]},{"properties":{"foo":true},"required":["foo"]}]}""",
        """{"type":"integer","oneOf":[{"minimum":5},{"maximum":10},{"multipleOf":7}]}""",
        """{"type":"array","items":{"oneOf":[{"type":"integer"},{"minimum":2}]},"minItems":3,"uniqueItems":true}""",
        """{"allOf":[{"maximum":30},{"minimum":20}]}""",
        """{"allOf":[{"multipleOf":2}],"anyOf":[{"multipleOf":3}],"oneOf":[{"multipleOf":5}]}""",
        """{"allOf":[{"properties":{"bar":{"type":"integer"}},"required":["bar"]},{"properties":{"foo":{"type":"string"}},"required":["foo"]}]}""",
        """{"not":{"type":"string"}}""",
        """{"not":{"type":["string","object"]}}""",
        """{"properties":{"foo":{"not":{}}}}""",
        """{"not":{"type":"object","properties":{"foo":{"type":"string"}}}}""",

        // if, then, else
        """{"if":{"exclusiveMaximum":0},"then":{"minimum":-10},"else":{"multipleOf":2}}""",
        """{"if":{"type":"string"},"then":{"maxLength":3},"else":false}""",
        """{"type":"object","properties":{"kind":{"enum":["a","b"]}},"required":["kind"],"if":{"properties":{"kind":{"const":"a"}}},"then":{"required":["x"]}}""",

        // numbers
        """{"minimum":1.1}""",
        """{"minimum":-2}""",
        """{"maximum":3.0}""",
        """{"exclusiveMinimum":1.1}""",
        """{"exclusiveMaximum":3.0}""",
        """{"type":"integer","exclusiveMinimum":41,"exclusiveMaximum":43}""",
        """{"multipleOf":2}""",
        """{"multipleOf":1.5}""",
        """{"type":"number","multipleOf":0.0001,"minimum":0.00751}""",
        """{"type":"number","multipleOf":0.1,"minimum":0.25,"maximum":0.35}""",
        """{"type":"integer","multipleOf":0.123456789}""",
        """{"type":"integer","multipleOf":1e-8}""",
        """{"type":"number","minimum":1e30}""",

        // strings
        """{"minLength":2}""",
        """{"type":"string","maxLength":2}""",
        """{"type":"string","maxLength":0}""",
        """{"type":"string","minLength":80,"maxLength":80}""",
        """{"pattern":"^a*$"}""",
        """{"type":"string","pattern":"a+"}""",
        """{"type":"string","pattern":"^[A-Z]{2}-\\d{4}$"}""",
        """{"type":"string","pattern":"^(red|green|blue)(,(red|green|blue))*$","minLength":20}""",
        """{"type":"string","pattern":"^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$"}""",
        """{"type":"string","pattern":"^(?:\\+\\d{1,3} )?\\(?\\d{3}\\)?[ -]\\d{3}-\\d{4}$"}""",
        """{"type":"string","pattern":"^(?=.*\\d)(?=.*[a-z]).{8,12}$"}""",
        """{"type":"string","pattern":"^([ab])x\\1$"}""",
        """{"type":"string","pattern":"\\bfoo\\b","minLength":10}""",
        """{"type":"string","pattern":"^[\\w.-]{3,8}$","minLength":5}""",
        """{"type":"string","pattern":"^\\p{Lu}\\p{Ll}+$"}""",
        """{"type":"array","items":{"type":"string","pattern":"^[a-c]$"},"minItems":3,"uniqueItems":true}""",

        // arrays
        """{"items":{"type":"integer"}}""",
        """{"items":true}""",
        """{"items":false}""",
        """{"type":"array","items":false}""",
        """{"prefixItems":[{"type":"integer"},{"type":"string"}]}""",
        """{"prefixItems":[true,false]}""",
        """{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"integer"},"minItems":3}""",
        """{"type":"array","prefixItems":[{},{},{}],"items":false}""",
        """{"minItems":1}""",
        """{"maxItems":2}""",
        """{"type":"array","items":{"type":"string"},"minItems":2,"maxItems":2}""",
        """{"uniqueItems":true}""",
        """{"type":"array","items":{"type":"boolean"},"uniqueItems":true,"minItems":2}""",
        """{"type":"array","items":{"type":["boolean","null"]},"uniqueItems":true,"minItems":3}""",
        """{"prefixItems":[{"type":"boolean"},{"type":"boolean"}],"uniqueItems":true}""",
        """{"type":"array","prefixItems":[{"type":"boolean"},{"type":"boolean"}],"uniqueItems":true,"items":false,"minItems":2}""",
        """{"type":"array","items":{"type":"integer","minimum":1,"maximum":5},"uniqueItems":true,"minItems":5}""",
        """{"type":"array","items":{"type":"object","properties":{"on":{"type":"boolean"}},"required":["on"],"additionalProperties":false},"uniqueItems":true,"minItems":2}""",
        """{"contains":{"minimum":5}}""",
        """{"type":"array","items":{"multipleOf":2},"contains":{"multipleOf":3},"minContains":2}""",
        """{"type":"array","contains":{"const":1},"minContains":2,"maxContains":3}""",

        // objects
        """{"properties":{"foo":{"type":"integer"},"bar":{"type":"string"}}}""",
        """{"properties":{"foo":true,"bar":false}}""",
        """{"properties":{"foo\nbar":{"type":"number"},"foo\"bar":{"type":"number"},"foo\\bar":{"type":"number"}}}""",
        """{"properties":{"__proto__":{"type":"number"},"constructor":{"type":"number"}},"required":["__proto__","constructor"]}""",
        """{"required":["foo\nbar","foo\"bar"]}""",
        """{"type":"object","properties":{"foo":{},"bar":{}},"additionalProperties":false}""",
        """{"type":"object","properties":{"foo":{},"bar":{}},"additionalProperties":{"type":"boolean"},"required":["quux"]}""",
        """{"type":"object","patternProperties":{"f.*o":{"type":"integer"}},"required":["foo"]}""",
        """{"type":"object","patternProperties":{"a*":{"type":"integer"},"aaa*":{"maximum":20}},"required":["aaaa"]}""",
        """{"type":"object","patternProperties":{"f.*":true,"b.*":false},"minProperties":2}""",
        """{"type":"object","patternProperties":{"^v":{"type":"array"}},"additionalProperties":false,"minProperties":2}""",
        """{"type":"object","properties":{"foo":{"type":"array","maxItems":3}},"patternProperties":{"f.o":{"minItems":2}},"additionalProperties":{"type":"integer"}}""",
        """{"minProperties":2,"type":"object"}""",
        """{"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["b"],"maxProperties":2}""",
        """{"type":"object","maxProperties":0,"properties":{"a":{}}}""",
        """{"type":"object","propertyNames":{"maxLength":3},"minProperties":2}""",
        """{"type":"object","propertyNames":{"enum":["foo","bar"]},"minProperties":2}""",
        """{"type":"object","properties":{"long_name":{}},"propertyNames":{"pattern":"^x"}}""",
        """{"properties":{"bar":{}},"dependentRequired":{"bar":["foo"]}}""",
        """{"properties":{"bar":{}},"required":["bar"],"dependentSchemas":{"bar":{"properties":{"foo":{"type":"integer"}},"required":["foo"]}}}""",

        // $ref
        """{"properties":{"foo":{"$ref":"#"}},"additionalProperties":false}""",
        """{"properties":{"foo":{"type":"integer"},"bar":{"$ref":"#/properties/foo"}}}""",
        """{"prefixItems":[{"type":"integer"},{"$ref":"#/prefixItems/0"}]}""",
        """{"$defs":{"tilde~field":{"type":"integer"},"slash/field":{"type":"integer"},"percent%field":{"type":"integer"}},"type":"object","properties":{"tilde":{"$ref":"#/$defs/tilde~0field"},"slash":{"$ref":"#/$defs/slash~1field"},"percent":{"$ref":"#/$defs/percent%25field"}},"required":["tilde","slash","percent"]}""",
        """{"$defs":{"foo\"bar":{"type":"number"}},"type":"object","properties":{"a":{"$ref":"#/$defs/foo%22bar"}},"required":["a"]}""",
        """{"$defs":{"a b":{"type":"boolean"}},"$ref":"#/$defs/a%20b"}""",
        """{"$defs":{"a":{"type":"integer"},"b":{"$ref":"#/$defs/a"},"c":{"$ref":"#/$defs/b"}},"$ref":"#/$defs/c"}""",
        """{"$defs":{"list":{"type":"array"}},"properties":{"foo":{"$ref":"#/$defs/list","maxItems":2}},"required":["foo"]}""",
        """{"properties":{"$ref":{"type":"string"}}}""",
        """{"$ref":"#/$defs/bool","$defs":{"bool":true}}""",
        """{"$defs":{"":{"$defs":{"":{"type":"number"}}}},"allOf":[{"$ref":"#/$defs//$defs/"}]}""",
        """{"$ref":"#foo","$defs":{"a":{"$anchor":"foo","type":"integer"}}}""",
        """{"$defs":{"int":{"type":"integer"}},"allOf":[{"properties":{"foo":{"$ref":"#/$defs/int"}}},{"additionalProperties":{"$ref":"#/$defs/int"}}],"required":["foo","x"]}""",
        """{"type":"object","properties":{"left":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"value":{"type":"integer"}},"required":["left","value"],"additionalProperties":false}""",

        // false where something else is possible
        """{"type":"object","properties":{"a":{"anyOf":[false,{"type":"integer"}]}},"required":["a"]}""",
        """{"type":["object","null"],"required":["a"],"additionalProperties":false}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Fill_OfEveryKindOfSchema_IsValid(string schema)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), Prompt);

        Assert.True(IsValid(schema, filled), $"{schema} is broken by {Text(filled)}");
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Problem_OfWhatWasFilled_AgreesWithTheOtherValidator(string schema)
    {
        // Values that were made for other schemas: each validator must have the same opinion of each.
        var parsed = JsonNode.Parse(schema)!.AsObject();
        JsonNode?[] values =
        [
            null, true, false, 0, 1, -2, 3.5, 42, 1.0, "", "a", "aaaa", "foo", new JsonArray(), new JsonArray(1, 1.0), new JsonArray(true, false, null),
            new JsonArray("a", 7, new JsonObject()), new JsonObject(), new JsonObject { ["foo"] = 1 }, new JsonObject { ["bar"] = "x", ["foo"] = new JsonArray(1, 2, 3, 4) },
            new JsonObject { ["a"] = null, ["aaaa"] = 31 },
        ];

        foreach (var value in values)
        {
            Assert.True(IsValid(schema, value) == SchemaFiller.IsValid(value, parsed), $"The validators differ about {Text(value)} for {schema}");
        }
    }

    [Theory]
    [InlineData("date")]
    [InlineData("date-time")]
    [InlineData("time")]
    [InlineData("duration")]
    [InlineData("email")]
    [InlineData("idn-email")]
    [InlineData("hostname")]
    [InlineData("idn-hostname")]
    [InlineData("ipv4")]
    [InlineData("ipv6")]
    [InlineData("uri")]
    [InlineData("uri-reference")]
    [InlineData("iri")]
    [InlineData("iri-reference")]
    [InlineData("uri-template")]
    [InlineData("uuid")]
    [InlineData("json-pointer")]
    [InlineData("relative-json-pointer")]
    [InlineData("regex")]
    public void Fill_OfAFormat_FollowsIt(string format)
    {
        var schema = $$"""{"type":"array","items":{"type":"string","format":"{{format}}"},"minItems":3,"uniqueItems":true}""";

        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), Prompt);

        Assert.True(IsValid(schema, filled), $"{format} is broken by {Text(filled)}");
    }

    [Theory]
    [InlineData("""{"unevaluatedProperties":false}""", "unevaluatedProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","unevaluatedItems":false}},"required":["a"]}""", "unevaluatedItems")]
    [InlineData("""{"$dynamicRef":"#node"}""", "$dynamicRef")]
    [InlineData("""{"$ref":"https://example.test/schema"}""", "$ref")]
    [InlineData("""{"$ref":"#/$defs/absent"}""", "$ref")]
    [InlineData("""{"$ref":"#","type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""", "$ref")]
    [InlineData("""{"items":{"$id":"https://example.test/item"},"type":"array","minItems":1}""", "$id")]
    [InlineData("""{"type":"string","const":1}""", "type")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "minimum")]
    [InlineData("""{"type":"integer","oneOf":[{"minimum":1},{"minimum":1}],"minimum":2}""", "oneOf")]
    [InlineData("""{"oneOf":[true,true,false]}""", "oneOf")]
    [InlineData("""{"not":{}}""", "not")]
    [InlineData("""{"enum":[]}""", "enum")]
    [InlineData("""{"allOf":[true,false]}""", "false")]
    [InlineData("""{"type":"string","minLength":1000000000}""", "minLength")]
    [InlineData("""{"type":"array","minItems":1000000000}""", "minItems")]
    [InlineData("""{"type":"string","pattern":"^a$","minLength":2}""", "minLength")]
    [InlineData("""{"type":"string","pattern":"a(?!.*)b"}""", "pattern")]
    [InlineData("""{"type":"string","pattern":"["}""", "pattern")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"uniqueItems":true,"minItems":3}""", "uniqueItems")]
    [InlineData("""{"type":"object","required":["a"],"additionalProperties":false}""", "false")]
    public void Fill_OfWhatNothingFits_NamesTheKeyword(string schema, string keyword)
    {
        var exception = Assert.Throws<UnfilledSchemaException>(() => SchemaFiller.Fill(JsonNode.Parse(schema), Prompt));

        Assert.Equal(keyword, exception.Keyword);
    }

    [Theory]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"unevaluatedProperties\":false}}}", "response_format")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"describe\",\"parameters\":{\"unevaluatedProperties\":false}}}]", "tools")]
    public async Task Fill_OverHttp_OfWhatNothingFits_Is400AndNamesTheKeyword(string member, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Describe a house.", member);

        Assert.Equal((400, param), (response.Status, response.Error["param"]!.GetValue<string>()));
        Assert.Contains("'unevaluatedProperties'", response.Error["message"]!.GetValue<string>(), System.StringComparison.Ordinal);
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    private static bool IsValid(string schema, JsonNode? value)
    {
        using var document = JsonDocument.Parse(Text(value));
        return JsonSchema.FromText(schema).Evaluate(document.RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid;
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
