using System.Text.Json.Nodes;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptValuesTests
{
    [Theory]
    [InlineData("""{"from":"string","to":"string"}""", "A train from Paris to New York", """{"from":"Paris","to":"New York"}""")]
    [InlineData("""{"from":"string","to":"string"}""", "A flight to Tokyo from Paris", """{"from":"Paris","to":"Tokyo"}""")]
    [InlineData("""{"origin":"string","destination":"string"}""", "A flight to Tokyo", """{"origin":"Tokyo","destination":"Tokyo"}""")]
    [InlineData("""{"amount":"number","from":"string","to":"string"}""", "convert 100 USD to EUR", """{"amount":100,"from":"USD","to":"EUR"}""")]
    [InlineData("""{"text":"string","targetLanguage":"string"}""", "Translate 'hello' to French", """{"text":"hello","targetLanguage":"French"}""")]
    [InlineData("""{"recipient":"string"}""", "Send a mail to ann@mail.test", """{"recipient":"ann@mail.test"}""")]
    [InlineData("""{"on":"boolean"}""", "Turn off the light", """{"on":false}""")]
    [InlineData("""{"on":"boolean","off":"boolean"}""", "Turn off the light", """{"on":false,"off":true}""")]
    [InlineData("""{"on":"boolean"}""", "Turn on the light", """{"on":true}""")]
    [InlineData("""{"value":"number","from_unit":"string","to_unit":"string"}""", "Convert 5.5km to miles", """{"value":5.5,"from_unit":"km","to_unit":"miles"}""")]
    [InlineData("""{"temperature":"number","unit":"string"}""", "Set it to -4 °C", """{"temperature":-4,"unit":"°C"}""")]
    [InlineData("""{"date":"string","guests":"integer"}""", "Book a table for March 3rd, 2026 for 4", """{"date":"2026-03-03","guests":4}""")]
    [InlineData("""{"startDate":"string","endDate":"string"}""", "From 2026-07-04 to 14.07.2026", """{"startDate":"2026-07-04","endDate":"2026-07-14"}""")]
    [InlineData("""{"city":"string","days":"integer"}""", "今天北京的天气怎么样? 3天", """{"city":"北京","days":3}""")]
    [InlineData("""{"time":"string","people":"integer"}""", "Meet at 19:30 with 5 people", """{"time":"19:30","people":5}""")]
    public void Fill_OfSeveralMembers_GivesEachItsOwnValue(string members, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(Members.Schema(members), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"age":{"type":"integer"}},"required":["age"]},"minItems":2}""", "Jim is 35 and Josh is 25", """[{"age":35},{"age":25}]""")]
    public void Fill_OfAListOfObjects_GivesEachTheNextValue(string schema, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }
}
