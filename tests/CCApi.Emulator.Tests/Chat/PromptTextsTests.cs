using System.Linq;
using System.Text.Json.Nodes;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptTextsTests
{
    [Theory]
    [InlineData("""{"title":"string","body":"string"}""", "Post 'Hello' with the text \"It's fine\"", """{"title":"Hello","body":"It's fine"}""")]
    [InlineData("""{"personName":"string"}""", "How old is Elsa today?", """{"personName":"Elsa"}""")]
    [InlineData("""{"id":"string"}""", "What is the number for id foo?", """{"id":"foo"}""")]
    [InlineData("""{"orderId":"string"}""", "Cancel order ID: A-17.", """{"orderId":"A-17"}""")]
    [InlineData("""{"home_town":"string","name":"string"}""", "Jimbo Smith moved from Cardiff.", """{"home_town":"Cardiff","name":"Jimbo Smith"}""")]
    [InlineData("""{"city":"string"}""", "東京の天気は?", """{"city":"東京"}""")]
    [InlineData("""{"city":"string"}""", "パリの天気", """{"city":"パリ"}""")]
    [InlineData("""{"city":"string"}""", "서울의 날씨", """{"city":"서울"}""")]
    [InlineData("""{"title":"string"}""", "「星の本」を探す", """{"title":"星の本"}""")]
    public void Fill_OfTexts_TakesThoseOfThePrompt(string members, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(Members.Schema(members), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "Add bacon, lettuce, and tomatoes to the cart", """["bacon","lettuce","tomatoes"]""")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "Add bacon, lettuce and tomatoes", """["bacon","lettuce","tomatoes"]""")]
    public void Fill_OfAListOfTexts_TakesTheItemsOfThePrompt(string schema, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }

    [Theory]
    [InlineData("email", "Write to ann.lee@example.test, please.", "ann.lee@example.test")]
    [InlineData("date", "Book it for 2026-07-04.", "2026-07-04")]
    [InlineData("uri", "Read https://example.test/a?b=1 first.", "https://example.test/a?b=1")]
    [InlineData("uuid", "Find 3f2504e0-4f89-41d3-9a0c-0305e82c3301 now", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    public void Fill_OfAFormat_TakesTheTextOfThePrompt(string format, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse($$"""{"type":"string","format":"{{format}}"}"""), prompt);

        Assert.Equal(expected, filled!.GetValue<string>());
    }

    [Theory]
    [InlineData("x", """{"a":"string"}""")]
    [InlineData("x, ", """{"a":"string"}""")]
    [InlineData("Abc ", """{"name":"string"}""")]
    public void Fill_OfALongPrompt_TakesTimeByItsLength(string text, string members)
    {
        var prompt = string.Concat(Enumerable.Repeat(text, 100_000 / text.Length));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        SchemaFiller.Fill(Members.Schema(members), prompt);

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    [Fact]
    public void Fill_OfALongTextForAFormat_TakesTimeByItsLength()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        SchemaFiller.Fill(JsonNode.Parse("""{"type":"string","format":"email"}"""), new string('a', 400_000));

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }
}
