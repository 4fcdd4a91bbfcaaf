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
    [InlineData("""{"weight":"number"}""", "It weighs 3,5 kg", """{"weight":3.5}""")]
    [InlineData("""{"amount":"number"}""", "Pay 1.234,56 EUR", """{"amount":1234.56}""")]
    [InlineData("""{"lat":"number","lon":"number"}""", "lat -12,5 and lon 0,125", """{"lat":-12.5,"lon":0.125}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "Add 3,5", """{"a":3,"b":5}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "Add 1,250 and 2,500,000", """{"a":1250,"b":2500000}""")]
    [InlineData("""{"value":"number","from_unit":"string","to_unit":"string"}""", "Convert 5.5km to miles", """{"value":5.5,"from_unit":"km","to_unit":"miles"}""")]
    [InlineData("""{"temperature":"number","unit":"string"}""", "Set it to -4 °C", """{"temperature":-4,"unit":"°C"}""")]
    [InlineData("""{"date":"string","guests":"integer"}""", "Book a table for March 3rd, 2026 for 4", """{"date":"2026-03-03","guests":4}""")]
    [InlineData("""{"startDate":"string","endDate":"string"}""", "From 2026-07-04 to 14.07.2026", """{"startDate":"2026-07-04","endDate":"2026-07-14"}""")]
    [InlineData("""{"weight":"number"}""", "It weighs 3,5.", """{"weight":3.5}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "Add 1,250, then 2.", """{"a":1250,"b":2}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "\uFF13と\uFF14を足す", """{"a":3,"b":4}""")]
    [InlineData("""{"city":"string"}""", "東京の天気は?", """{"city":"東京"}""")]
    [InlineData("""{"city":"string","days":"integer"}""", "今天北京的天气怎么样? 3天", """{"city":"北京","days":3}""")]
    [InlineData("""{"city":"string"}""", "パリの天気", """{"city":"パリ"}""")]
    [InlineData("""{"city":"string"}""", "서울의 날씨", """{"city":"서울"}""")]
    [InlineData("""{"title":"string"}""", "「星の本」を探す", """{"title":"星の本"}""")]
    [InlineData("""{"time":"string","people":"integer"}""", "Meet at 19:30 with 5 people", """{"time":"19:30","people":5}""")]
    public void Fill_OfSeveralMembers_GivesEachItsOwnValue(string members, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(Object(members), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "Sum 4, 8 and 15", "[4,8,15]")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"maxItems":2}""", "Sum 4, 8 and 15", "[4,8]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "Sum 3,5,7", "[3,5,7]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "Sum 3,5,7, please.", "[3,5,7]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "Sum 3,5", "[3,5]")]
    [InlineData("""{"type":"array","items":{"type":"number"}}""", "Sum -3,-5,7.5 and [1,2]", "[-3,-5,7.5,1,2]")]
    [InlineData("""{"type":"array","items":{"type":"number"}}""", "Sum 1,5 and 2,25", "[1.5,2.25]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "Sum 1,000,000 and 2", "[1000000,2]")]
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
