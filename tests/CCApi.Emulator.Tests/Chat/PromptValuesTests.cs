using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptValuesTests
{
    [Theory]
    [InlineData("""{"a":"integer","b":"integer"}""", "What is SecretComputation on 42 and 84?", """{"a":42,"b":84}""")]
    [InlineData("""{"a":"number","b":"number","c":"number"}""", "Add 1.5, -2 and 3", """{"a":1.5,"b":-2,"c":3}""")]
    [InlineData("""{"a":"integer","b":"integer","c":"integer"}""", "Only 7 and 8", """{"a":7,"b":8,"c":7}""")]
    [InlineData("""{"quantity":"integer","id":"integer"}""", "Order id 7, quantity 3", """{"quantity":3,"id":7}""")]
    [InlineData("""{"first":"integer","days":"integer"}""", "Plan 5 days for 2", """{"first":2,"days":5}""")]
    [InlineData("""{"ageInYears":"integer"}""", "Jim, room 12, is a 35-year-old cook", """{"ageInYears":35}""")]
    [InlineData("""{"Price":"number","Count":"integer"}""", "A count of 3 at a price of 1,299.50", """{"Price":1299.5,"Count":3}""")]
    [InlineData("""{"from":"string","to":"string"}""", "A train from Paris to New York", """{"from":"Paris","to":"New York"}""")]
    [InlineData("""{"title":"string","body":"string"}""", "Post 'Hello' with the text \"It's fine\"", """{"title":"Hello","body":"It's fine"}""")]
    [InlineData("""{"personName":"string"}""", "How old is Elsa today?", """{"personName":"Elsa"}""")]
    [InlineData("""{"id":"string"}""", "What is the number for id foo?", """{"id":"foo"}""")]
    [InlineData("""{"orderId":"string"}""", "Cancel order ID: A-17.", """{"orderId":"A-17"}""")]
    [InlineData("""{"home_town":"string","name":"string"}""", "Jimbo Smith moved from Cardiff.", """{"home_town":"Cardiff","name":"Jimbo Smith"}""")]
    [InlineData("""{"days":"integer"}""", "Go on 2026-03-01 for 4 days", """{"days":4}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add -3 and \u22124", """{"a":-3,"b":-4}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add 1e3 and 2.5E-2", """{"a":1000,"b":0.025}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add .5 and -.25", """{"a":0.5,"b":-0.25}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add 1\u00A0000 and 7.", """{"a":1000,"b":7}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "What is three plus Twenty-one?", """{"a":3,"b":21}""")]
    [InlineData("""{"from":"string","to":"string"}""", "A flight to Tokyo from Paris", """{"from":"Paris","to":"Tokyo"}""")]
    [InlineData("""{"origin":"string","destination":"string"}""", "A flight to Tokyo", """{"origin":"Tokyo","destination":"Tokyo"}""")]
    [InlineData("""{"amount":"number","from":"string","to":"string"}""", "convert 100 USD to EUR", """{"amount":100,"from":"USD","to":"EUR"}""")]
    [InlineData("""{"text":"string","targetLanguage":"string"}""", "Translate 'hello' to French", """{"text":"hello","targetLanguage":"French"}""")]
    [InlineData("""{"recipient":"string"}""", "Send a mail to ann@mail.test", """{"recipient":"ann@mail.test"}""")]
    [InlineData("""{"on":"boolean"}""", "Turn off the light", """{"on":false}""")]
    [InlineData("""{"on":"boolean","off":"boolean"}""", "Turn off the light", """{"on":false,"off":true}""")]
    [InlineData("""{"on":"boolean"}""", "Turn on the light", """{"on":true}""")]
    public void Fill_OfSeveralMembers_GivesEachItsOwnValue(string members, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(Object(members), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "Sum 4, 8 and 15", "[4,8,15]")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"maxItems":2}""", "Sum 4, 8 and 15", "[4,8]")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "Add bacon, lettuce, and tomatoes to the cart", """["bacon","lettuce","tomatoes"]""")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "Add bacon, lettuce and tomatoes", """["bacon","lettuce","tomatoes"]""")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"age":{"type":"integer"}},"required":["age"]},"minItems":2}""", "Jim is 35 and Josh is 25", """[{"age":35},{"age":25}]""")]
    public void Fill_OfAList_TakesTheItemsOfThePrompt(string schema, string prompt, string expected)
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
    [InlineData("1 2 ", """{"a":"integer","b":"integer","t":"string"}""")]
    [InlineData("word 1 ", """{"a":"integer","b":"integer"}""")]
    [InlineData("x", """{"a":"string"}""")]
    [InlineData("x, ", """{"a":"string"}""")]
    [InlineData("1,", """{"a":"integer"}""")]
    [InlineData("-", """{"a":"integer"}""")]
    [InlineData("Abc ", """{"name":"string"}""")]
    public void Fill_OfALongPrompt_TakesTimeByItsLength(string text, string members)
    {
        var prompt = string.Concat(Enumerable.Repeat(text, 100_000 / text.Length));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        SchemaFiller.Fill(Object(members), prompt);

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    [Fact]
    public void Fill_OfALongTextForAFormat_TakesTimeByItsLength()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        SchemaFiller.Fill(JsonNode.Parse("""{"type":"string","format":"email"}"""), new string('a', 400_000));

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    private static JsonObject Object(string members)
    {
        var properties = JsonNode.Parse(members)!.AsObject();
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(properties.Select(member => new System.Collections.Generic.KeyValuePair<string, JsonNode?>(member.Key, new JsonObject { ["type"] = member.Value!.DeepClone() }))),
        };
    }
}
