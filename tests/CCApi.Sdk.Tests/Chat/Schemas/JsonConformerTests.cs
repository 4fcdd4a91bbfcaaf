using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class JsonConformerTests
{
    [Theory]
    [InlineData("""{"city":"null","days":null,"unit":null}""", """{"city":"null"}""")]
    [InlineData("""{"city":null,"days":1,"other":null}""", """{"city":null,"days":1,"other":null}""")]
    [InlineData("""[null]""", """[null]""")]
    [InlineData("null", "null")]
    public void Conform_OfArguments_LeavesOutWhatWasNotGiven(string value, string expected) => Equal(expected, value, SampleJson.Default.WeatherArgs);

    [Fact]
    public void Conform_OfNullsThatMeanSomething_KeepsThem() => Equal(
        """{"name":"a","note":null,"unit":null,"id":null}""",
        """{"name":"a","note":null,"unit":null,"when":null,"id":null}""",
        SampleJson.Default.Everything);

    [Fact]
    public void Conform_InUnionsReferencesAndLists_LeavesThemOut()
    {
        Equal("""{"main":{"kind":"box","width":1},"other":null}""", """{"main":{"kind":"box","width":1,"height":null},"other":null}""", SampleJson.Default.Drawing);
        Equal(
            """{"name":"a","branches":[{"name":"b","branches":[null],"twin":null}]}""",
            """{"name":"a","branches":[{"name":"b","branches":[null],"twin":null}]}""",
            SampleJson.Default.Branch);
    }

    [Theory]
    [InlineData("""{"main":{"radius":2,"kind":"circle"}}""", """{"main":{"kind":"circle","radius":2}}""")]
    [InlineData("""{"main":{"height":null,"width":2,"kind":"box"},"other":{"radius":1,"kind":"circle"}}""", """{"main":{"kind":"box","width":2},"other":{"kind":"circle","radius":1}}""")]
    [InlineData("""{"main":{"radius":2,"kind":"cone"}}""", """{"main":{"radius":2,"kind":"cone"}}""")]
    public void Conform_OfADerivedType_PutsItsKindFirst(string value, string expected) => Equal(expected, value, SampleJson.Default.Drawing);

    [Theory]
    [InlineData("""{"city":"Oslo","days":3.0}""", """{"city":"Oslo","days":3}""")]
    [InlineData("""{"City":"Oslo","DAYS":null}""", """{"City":"Oslo"}""")]
    public void Conform_OfNumbersThatMayBeTexts_FollowsTheSchema(string value, string expected) => Equal(expected, value, SampleJson.Default.WeatherArgs);

    [Theory]
    [InlineData("3.0", "3")]
    [InlineData("-1e2", "-100")]
    [InlineData("3.5", "3.5")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("1e300", "1e300")]
    public void Conform_OfAWholeNumber_WritesItAsOne(string value, string expected) =>
        Assert.Equal(expected, JsonConformer.Conform(JsonDocument.Parse(value).RootElement, JsonNode.Parse("""{"type":["integer","null"]}""")!, ignoreCase: false).GetRawText());

    private static void Equal(string expected, string value, JsonTypeInfo type)
    {
        var cleaned = JsonConformer.Conform(JsonDocument.Parse(value).RootElement, SchemaExporter.Of(type), ignoreCase: true);

        Assert.Equal(expected, cleaned.GetRawText());
    }
}
