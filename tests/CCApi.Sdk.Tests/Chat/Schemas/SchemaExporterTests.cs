using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaExporterTests
{
    [Fact]
    public void Of_Descriptions_TakesThemFromTypesPropertiesAndParameters()
    {
        Equal(
            """
            {"description":"Where and when","type":"object","properties":{"city":{"description":"The city, in English","type":"string"},
            "days":{"description":"How many days ahead","type":["string","integer"],"pattern":"^-?(?:0|[1-9]\\d*)$","default":1},
            "unit":{"enum":["Celsius","Fahrenheit"],"default":"Celsius"}},"required":["city"]}
            """,
            SampleJson.Default.WeatherArgs);
    }

    [Fact]
    public void Of_WhatCannotBeSet_LeavesItOut()
    {
        var schema = SchemaExporter.Of(SampleJson.Default.Everything);

        Assert.DoesNotContain("shout", schema.ToJsonString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ATypeWithoutMembers_IsAnObject() => Equal("""{"type":"object"}""", SampleJson.Default.NoArgs);

    [Fact]
    public void Of_AnyJson_IsOpenAndDescribed() =>
        Equal("""{"type":"object","properties":{"value":{"description":"Whatever you like"}},"required":["value"]}""", SampleJson.Default.AnythingArgs);

    [Fact]
    public void Of_ADictionary_IsOpen() => Equal(
        """{"type":"object","additionalProperties":{"type":["string","integer"],"pattern":"^-?(?:0|[1-9]\\d*)$"}}""", SampleJson.Default.DictionaryStringInt32);

    private static void Equal(string expected, JsonTypeInfo type) =>
        Assert.Equal(expected.Replace("\r", "").Replace("\n", ""), SchemaNode.ToElement(SchemaExporter.Of(type)).GetRawText());
}
