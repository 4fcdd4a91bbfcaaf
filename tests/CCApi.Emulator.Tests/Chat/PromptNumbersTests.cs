using System.Linq;
using System.Text.Json.Nodes;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptNumbersTests
{
    [Theory]
    [InlineData("""{"a":"integer","b":"integer"}""", "What is SecretComputation on 42 and 84?", """{"a":42,"b":84}""")]
    [InlineData("""{"a":"number","b":"number","c":"number"}""", "Add 1.5, -2 and 3", """{"a":1.5,"b":-2,"c":3}""")]
    [InlineData("""{"a":"integer","b":"integer","c":"integer"}""", "Only 7 and 8", """{"a":7,"b":8,"c":7}""")]
    [InlineData("""{"quantity":"integer","id":"integer"}""", "Order id 7, quantity 3", """{"quantity":3,"id":7}""")]
    [InlineData("""{"first":"integer","days":"integer"}""", "Plan 5 days for 2", """{"first":2,"days":5}""")]
    [InlineData("""{"ageInYears":"integer"}""", "Jim, room 12, is a 35-year-old cook", """{"ageInYears":35}""")]
    [InlineData("""{"Price":"number","Count":"integer"}""", "A count of 3 at a price of 1,299.50", """{"Price":1299.5,"Count":3}""")]
    [InlineData("""{"days":"integer"}""", "Go on 2026-03-01 for 4 days", """{"days":4}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add -3 and \u22124", """{"a":-3,"b":-4}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add 1e3 and 2.5E-2", """{"a":1000,"b":0.025}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add .5 and -.25", """{"a":0.5,"b":-0.25}""")]
    [InlineData("""{"a":"number","b":"number"}""", "add 1\u00A0000 and 7.", """{"a":1000,"b":7}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "What is three plus Twenty-one?", """{"a":3,"b":21}""")]
    [InlineData("""{"weight":"number"}""", "It weighs 3,5 kg", """{"weight":3.5}""")]
    [InlineData("""{"amount":"number"}""", "Pay 1.234,56 EUR", """{"amount":1234.56}""")]
    [InlineData("""{"lat":"number","lon":"number"}""", "lat -12,5 and lon 0,125", """{"lat":-12.5,"lon":0.125}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "Add 3,5", """{"a":3,"b":5}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "Add 1,250 and 2,500,000", """{"a":1250,"b":2500000}""")]
    [InlineData("""{"weight":"number"}""", "It weighs 3,5.", """{"weight":3.5}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "Add 1,250, then 2.", """{"a":1250,"b":2}""")]
    [InlineData("""{"a":"integer","b":"integer"}""", "\uFF13と\uFF14を足す", """{"a":3,"b":4}""")]
    public void Fill_OfNumbers_GivesEachTheNumberBesideItsName(string members, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(Members.Schema(members), prompt);

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
    public void Fill_OfAListOfNumbers_TakesTheNumbersOfThePrompt(string schema, string prompt, string expected)
    {
        var filled = SchemaFiller.Fill(JsonNode.Parse(schema), prompt);

        Assert.Equal(expected, GatewayResponse.Text(filled!));
    }

    [Theory]
    [InlineData("1 2 ", """{"a":"integer","b":"integer","t":"string"}""")]
    [InlineData("word 1 ", """{"a":"integer","b":"integer"}""")]
    [InlineData("1,", """{"a":"integer"}""")]
    [InlineData("-", """{"a":"integer"}""")]
    public void Fill_OfALongPrompt_TakesTimeByItsLength(string text, string members)
    {
        var prompt = string.Concat(Enumerable.Repeat(text, 100_000 / text.Length));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        SchemaFiller.Fill(Members.Schema(members), prompt);

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }
}
