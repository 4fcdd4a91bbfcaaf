using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaNullsTests
{
    [Theory]
    [InlineData("""{"city":"null","days":null,"unit":null}""", """{"city":"null"}""")]
    [InlineData("""{"city":null,"days":1,"other":null}""", """{"city":null,"days":1,"other":null}""")]
    [InlineData("""[null]""", """[null]""")]
    [InlineData("null", "null")]
    public void Remove_OfArguments_TakesAwayWhatWasNotGiven(string value, string expected) => Equal(expected, value, SampleJson.Default.WeatherArgs);

    [Fact]
    public void Remove_OfNullsThatMeanSomething_KeepsThem() => Equal(
        """{"name":"a","note":null,"unit":null,"id":null}""",
        """{"name":"a","note":null,"unit":null,"when":null,"id":null}""",
        SampleJson.Default.Everything);

    [Fact]
    public void Remove_InUnionsReferencesAndLists_FindsThem()
    {
        Equal("""{"main":{"kind":"box","width":1},"other":null}""", """{"main":{"kind":"box","width":1,"height":null},"other":null}""", SampleJson.Default.Drawing);
        Equal(
            """{"name":"a","branches":[{"name":"b","branches":[null],"twin":null}]}""",
            """{"name":"a","branches":[{"name":"b","branches":[null],"twin":null}]}""",
            SampleJson.Default.Branch);
    }

    private static void Equal(string expected, string value, JsonTypeInfo type)
    {
        var cleaned = SchemaNulls.Remove(JsonDocument.Parse(value).RootElement, SchemaExporter.Of(type));

        Assert.Equal(expected, cleaned.GetRawText());
    }
}
