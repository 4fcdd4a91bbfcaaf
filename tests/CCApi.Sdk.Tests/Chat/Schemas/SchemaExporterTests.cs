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
            "unit":{"type":"string","enum":["Celsius","Fahrenheit"],"default":"Celsius"}},"required":["city"]}
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

#if !NETFRAMEWORK
    [Fact]
    public void Of_FormsOfMembers_DescribesThemAsTheyAreRead() => Equal(
        """
        {"type":"object","properties":{"time":{"type":"string","pattern":"^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,7})?$"},"bytes":{"type":"string","contentEncoding":"base64"},
        "anything":{},"unit":{"type":"string","enum":["Celsius","Fahrenheit"]},"things":{"type":["array","null"],"items":{}},
        "map":{"type":["object","null"],"additionalProperties":{"type":"string"}}}}
        """,
        SampleJson.Default.Forms);
#endif

    [Fact]
    public void Of_ExtensionData_IsOpen() =>
        Equal("""{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":true}""", SampleJson.Default.Open);

    [Fact]
    public void Of_ADictionary_IsOpen() => Equal(
        """{"type":"object","additionalProperties":{"type":["string","integer"],"pattern":"^-?(?:0|[1-9]\\d*)$"}}""", SampleJson.Default.DictionaryStringInt32);

    private static void Equal(string expected, JsonTypeInfo type) =>
        Assert.Equal(expected.Replace("\r", "").Replace("\n", ""), SchemaNode.ToElement(SchemaExporter.Of(type)).GetRawText());
}
