using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class JsonShapeTests
{
    [Fact]
    public void TryRead_OfNullForADefault_GivesTheDefault()
    {
        Assert.Equal(new WeatherArgs("Oslo", 1, Unit.Celsius), Read(JsonShape<WeatherArgs>.Of(SampleJson.Default.WeatherArgs), """{"city":"Oslo","days":null,"unit":null}"""));
    }

    [Theory]
    [InlineData("""{"days":1}""", "$.city is missing")]
    [InlineData("""{"city":"Oslo","days":"three"}""", "$.days must match the pattern ^-?(?:0|[1-9]\\d*)$")]
    [InlineData("""{"city":"Oslo","days":99999999999}""", "$.days is not of the form that the schema requires")]
    public void TryRead_OfWhatDoesNotFit_SaysWhatAndWhere(string json, string expected) =>
        Assert.Equal(expected, Problem(JsonShape<WeatherArgs>.Of(SampleJson.Default.WeatherArgs), json));

    [Fact]
    public void TryRead_OfWhatTheTypeDoesNotTake_SaysWhatItSays() =>
        Assert.Contains("The size must be below 10.", Problem(JsonShape<Picky>.Of(SampleJson.Default.Picky), """{"size":11}"""), System.StringComparison.Ordinal);

    [Fact]
    public void TryRead_OfHalfACharacter_IsAProblem() =>
        Assert.Equal("$ contains half of a character (an incomplete surrogate pair)", Problem(JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs), """{"city":"\ud83d"}"""));

    [Fact]
    public void Of_OfAnObject_IsNotWrapped()
    {
        var shape = JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs);

        Assert.Equal(
            ("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""", true),
            (shape.Schema.GetRawText(), shape.IsStrict));
    }

    [Fact]
    public void Of_OfAList_IsWrappedAndUnwrapped()
    {
        var shape = JsonShape<string[]>.Of(SampleJson.Default.StringArray);

        Assert.Equal(
            """{"type":"object","properties":{"value":{"type":"array","items":{"type":"string"}}},"required":["value"],"additionalProperties":false}""",
            shape.Schema.GetRawText());
        Assert.Equal(["a", "b"], Read(shape, """{"value":["a","b"]}""")!);
        Assert.Equal(["a"], Read(shape, """["a"]""")!);
        Assert.Equal("$ must be array, but is {\"value\":[\"a\"],\"more\":1}", Problem(shape, """{"value":["a"],"more":1}"""));
    }

    [Fact]
    public void Of_OfPrimitives_IsWrappedAndUnwrapped()
    {
        Assert.Equal(42, Read(JsonShape<int>.Of(SampleJson.Default.Int32), """{"value":42}"""));
        Assert.Null(Read(JsonShape<int?>.Of(SampleJson.Default.NullableInt32), """{"value":null}"""));
        Assert.Equal("x", Read(JsonShape<string>.Of(SampleJson.Default.String), """{"value":"x"}"""));
        Assert.Equal(Unit.Fahrenheit, Read(JsonShape<Unit>.Of(SampleJson.Default.Unit), """{"value":"Fahrenheit"}"""));
        Assert.Equal(
            """{"type":"object","properties":{"value":{"type":["integer","null"]}},"required":["value"],"additionalProperties":false}""",
            JsonShape<int?>.Of(SampleJson.Default.NullableInt32).Schema.GetRawText());
    }

    [Fact]
    public void Of_OfDerivedTypes_IsWrapped()
    {
        var shape = JsonShape<Shape>.Of(SampleJson.Default.Shape);

        Assert.True(shape.IsStrict);
        Assert.Equal(new Box(2), Read(shape, """{"value":{"kind":"box","width":2,"height":null}}"""));
    }

    [Fact]
    public void Of_OfAListOfWhatHoldsItself_MovesItsReferences()
    {
        var shape = JsonShape<List<Branch>>.Of(SampleJson.Default.ListBranch);

        Assert.DoesNotMatch("\"\\$ref\":\"(?!#/\\$defs/[A-Za-z_0-9]+\")", shape.Schema.GetRawText());
        Assert.Equal("$[0].branches[0].name must be string, but is 1", Problem(shape, """{"value":[{"name":"a","branches":[{"name":1,"branches":[]}]}]}"""));
    }

    [Fact]
    public void Of_OfADictionary_IsNotStrict()
    {
        var shape = JsonShape<Dictionary<string, int>>.Of(SampleJson.Default.DictionaryStringInt32);

        Assert.False(shape.IsStrict);
        Assert.Equal(1, Read(shape, """{"value":1}""")!["value"]);
    }

    [Fact]
    public void Of_OfTheSameType_IsMadeOnce() =>
        Assert.Same(JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs), JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs));

    [Theory]
    [InlineData("""{"value":1,"next":{"value":2.0,"next":null}}""")]
    [InlineData("""{"VALUE":1,"Next":{"Value":2,"next":null}}""")]
    public void TryRead_OfARecursiveType_ReadsIt(string json)
    {
        var shape = JsonShape<Linked>.Of(SampleJson.Default.Linked);

        Assert.True(shape.IsStrict);
        Assert.Equal(new Linked(1, new Linked(2, null)), Read(shape, json));
    }

    [Fact]
    public void Of_RecursiveTypes_RefersToDefinitionsOnly()
    {
        foreach (var schema in new[]
        {
            JsonShape<Linked>.Of(SampleJson.Default.Linked).Schema,
            JsonShape<Expression>.Of(SampleJson.Default.Expression).Schema,
            JsonShape<List<Linked>>.Of(SampleJson.Default.ListLinked).Schema,
            JsonShape<Branch>.Of(SampleJson.Default.Branch).Schema,
        })
        {
            var root = System.Text.Json.Nodes.JsonNode.Parse(schema.GetRawText())!;
            foreach (System.Text.RegularExpressions.Match reference in System.Text.RegularExpressions.Regex.Matches(schema.GetRawText(), "\"\\$ref\":\"([^\"]*)\""))
            {
                Assert.Matches("^#(/\\$defs/[A-Za-z0-9_-]+)?$", reference.Groups[1].Value);
                Assert.NotNull(SchemaNode.Resolve(root, reference.Groups[1].Value));
            }

            Assert.Contains("$ref", schema.GetRawText(), System.StringComparison.Ordinal);
            Assert.Equal("object", root["type"]!.ToString());
        }
    }

    [Fact]
    public void TryRead_OfPolymorphicRecursion_ReadsItInLinearTime()
    {
        var json = """{"value":1,"op":"literal"}""";
        for (var depth = 0; depth < 50; depth++)
        {
            json = $$"""{"left":{{json}},"right":{"value":2.5,"op":"literal"},"op":"sum"}""";
        }

        Assert.IsType<Sum>(Read(JsonShape<Expression>.Of(SampleJson.Default.Expression), json));
        Assert.NotNull(Problem(JsonShape<Expression>.Of(SampleJson.Default.Expression), json.Replace("{\"value\":1,", "{\"value\":\"x\",")));
    }

    [Theory]
    [InlineData("""{"name":"Rex","loud":true,"$type":"dog","age":3.0}""", "Dog { Name = Rex, Age = 3, Loud = True }")]
    [InlineData("""{"value":{"name":"Tom","age":null}}""", "Pet { Name = Tom, Age = 1 }")]
    public void TryRead_OfAConcreteBase_ReadsBaseAndDerived(string json, string expected) =>
        Assert.Equal(expected, $"{Read(JsonShape<Pet>.Of(SampleJson.Default.Pet), json)}");

    [Theory]
    [InlineData("""{"named":"NaN","price":"2.5","count":3.0,"names":["a",null],"notes":{"x":null}}""")]
    [InlineData("""{"Named":null,"Price":2.5,"COUNT":"7"}""")]
    [InlineData("""{"named":1e2,"count":1e2}""")]
    public void TryRead_OfWhatTheTypeReads_AcceptsIt(string json) => Assert.NotNull(Read(JsonShape<Numbers>.Of(SampleJson.Default.Numbers), json));

    [Theory]
    [InlineData("""{"name":"a"}""", null)]
    [InlineData("""{"name":"a","other":{"deep":[1]}}""", null)]
    [InlineData("""{"other":1}""", "$.name is missing")]
    public void TryRead_OfExtensionData_IsOpen(string json, string? expected)
    {
        var shape = JsonShape<Open>.Of(SampleJson.Default.Open);

        Assert.False(shape.IsStrict);
        Assert.Equal(expected, Problem(shape, json));
    }

    [Fact]
    public void TryRead_OfMembersThatArePopulated_KeepsThem()
    {
        var shape = JsonShape<Populated>.Of(SampleJson.Default.Populated);

        Assert.Equal(
            """{"type":"object","properties":{"tags":{"type":["array","null"],"items":{"type":"string"}}},"required":["tags"],"additionalProperties":false}""",
            shape.Schema.GetRawText());
        Assert.Equal(["a"], Read(shape, """{"tags":["a"]}""")!.Tags);
    }

    [Fact]
    public void IsObject_IsWhetherTheTypeIsWrittenAsOne()
    {
        Assert.True(JsonShape<Shape>.Of(SampleJson.Default.Shape).IsObject);
        Assert.False(JsonShape<string[]>.Of(SampleJson.Default.StringArray).IsObject);
    }

    private static T? Read<T>(JsonShape<T> shape, string json)
    {
        Assert.True(shape.TryRead(JsonDocument.Parse(json).RootElement, out var value, out var problem), problem);
        return value;
    }

    private static string? Problem<T>(JsonShape<T> shape, string json) => shape.TryRead(JsonDocument.Parse(json).RootElement, out _, out var problem) ? null : problem;
}
