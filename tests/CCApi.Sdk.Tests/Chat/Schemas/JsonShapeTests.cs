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
        Assert.Equal(new WeatherArgs("Oslo", 1, Unit.Celsius), Read(JsonShape<WeatherArgs>.OfArguments(SampleJson.Default.WeatherArgs), """{"city":"Oslo","days":null,"unit":null}"""));
    }

    [Theory]
    [InlineData("""{"days":1}""", "$.city is missing")]
    [InlineData("""{"city":"Oslo","days":"three"}""", "$.days is not of the form that the schema asks for")]
    [InlineData("""{"city":"Oslo","days":99999999999}""", "$.days is not of the form that the schema asks for")]
    public void TryRead_OfWhatDoesNotFit_SaysWhatAndWhere(string json, string expected) =>
        Assert.Equal(expected, Problem(JsonShape<WeatherArgs>.OfArguments(SampleJson.Default.WeatherArgs), json));

    [Fact]
    public void TryRead_OfWhatTheTypeDoesNotTake_SaysWhatItSays() =>
        Assert.Contains("The size must be below 10.", Problem(JsonShape<Picky>.OfArguments(SampleJson.Default.Picky), """{"size":11}"""), System.StringComparison.Ordinal);

    [Fact]
    public void TryRead_OfHalfACharacter_IsAProblem() =>
        Assert.NotNull(Problem(JsonShape<CityArgs>.OfArguments(SampleJson.Default.CityArgs), """{"city":"\ud83d"}"""));

    [Fact]
    public void OfAnswer_OfAnObject_IsNotWrapped()
    {
        var shape = JsonShape<CityArgs>.OfAnswer(SampleJson.Default.CityArgs);

        Assert.Equal(
            ("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""", true),
            (shape.Schema.GetRawText(), shape.IsStrict));
    }

    [Fact]
    public void OfAnswer_OfAList_IsWrappedAndUnwrapped()
    {
        var shape = JsonShape<string[]>.OfAnswer(SampleJson.Default.StringArray);

        Assert.Equal(
            """{"type":"object","properties":{"value":{"type":"array","items":{"type":"string"}}},"required":["value"],"additionalProperties":false}""",
            shape.Schema.GetRawText());
        Assert.Equal(["a", "b"], Read(shape, """{"value":["a","b"]}""")!);
        Assert.Equal(["a"], Read(shape, """["a"]""")!);
        Assert.Equal("$ must be array, but is {\"value\":[\"a\"],\"more\":1}", Problem(shape, """{"value":["a"],"more":1}"""));
    }

    [Fact]
    public void OfAnswer_OfPrimitives_IsWrappedAndUnwrapped()
    {
        Assert.Equal(42, Read(JsonShape<int>.OfAnswer(SampleJson.Default.Int32), """{"value":42}"""));
        Assert.Null(Read(JsonShape<int?>.OfAnswer(SampleJson.Default.NullableInt32), """{"value":null}"""));
        Assert.Equal("x", Read(JsonShape<string>.OfAnswer(SampleJson.Default.String), """{"value":"x"}"""));
        Assert.Equal(Unit.Fahrenheit, Read(JsonShape<Unit>.OfAnswer(SampleJson.Default.Unit), """{"value":"Fahrenheit"}"""));
        Assert.Equal(
            """{"type":"object","properties":{"value":{"type":["integer","null"]}},"required":["value"],"additionalProperties":false}""",
            JsonShape<int?>.OfAnswer(SampleJson.Default.NullableInt32).Schema.GetRawText());
    }

    [Fact]
    public void OfAnswer_OfDerivedTypes_IsWrapped()
    {
        var shape = JsonShape<Shape>.OfAnswer(SampleJson.Default.Shape);

        Assert.True(shape.IsStrict);
        Assert.Equal(new Box(2), Read(shape, """{"value":{"kind":"box","width":2,"height":null}}"""));
    }

    [Fact]
    public void OfAnswer_OfAListOfWhatHoldsItself_MovesItsReferences()
    {
        var shape = JsonShape<List<Branch>>.OfAnswer(SampleJson.Default.ListBranch);

        Assert.Contains("\"$ref\":\"#/properties/value/items\"", shape.Schema.GetRawText().Replace("/properties/branches", ""), System.StringComparison.Ordinal);
        Assert.Equal("$[0].branches[0].name must be string, but is 1", Problem(shape, """{"value":[{"name":"a","branches":[{"name":1,"branches":[]}]}]}"""));
    }

    [Fact]
    public void OfAnswer_OfADictionary_IsNotStrict()
    {
        var shape = JsonShape<Dictionary<string, int>>.OfAnswer(SampleJson.Default.DictionaryStringInt32);

        Assert.False(shape.IsStrict);
        Assert.Equal(1, Read(shape, """{"value":1}""")!["value"]);
    }

    [Fact]
    public void OfAnswer_OfTheSameType_IsMadeOnce() =>
        Assert.Same(JsonShape<CityArgs>.OfAnswer(SampleJson.Default.CityArgs), JsonShape<CityArgs>.OfAnswer(SampleJson.Default.CityArgs));

    [Fact]
    public void IsObject_IsWhetherTheTypeIsWrittenAsOne()
    {
        Assert.True(JsonShape<Shape>.OfArguments(SampleJson.Default.Shape).IsObject);
        Assert.False(JsonShape<string[]>.OfArguments(SampleJson.Default.StringArray).IsObject);
    }

    private static T? Read<T>(JsonShape<T> shape, string json)
    {
        Assert.True(shape.TryRead(JsonDocument.Parse(json).RootElement, out var value, out var problem), problem);
        return value;
    }

    private static string? Problem<T>(JsonShape<T> shape, string json) => shape.TryRead(JsonDocument.Parse(json).RootElement, out _, out var problem) ? null : problem;
}
