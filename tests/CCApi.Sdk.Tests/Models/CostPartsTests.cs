using System.Globalization;
using System.Linq;
using System.Text;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class CostPartsTests
{
    [Theory]
    [InlineData("""{"total":{"amount":{"usd":3}}}""", "3 USD")]
    [InlineData("""{"total":{"amount":12,"currency":"EUR"},"currency":"credits"}""", "12 EUR")]
    [InlineData("""{"total":{"amount":12},"currency":"credits"}""", "12 credits")]
    [InlineData("""{"input":{"currency":"EUR"},"output":1}""", null)]
    [InlineData("""{"currency":"credits","total":{"amount":12,"currency":"EUR"}}""", "12 EUR")]
    [InlineData("""{"total":[1],"input":2}""", null)]
    [InlineData("""{"total":null,"input":2}""", "2 USD")]
    [InlineData("""{"total":"n/a","total_cost":3}""", "3 USD")]
    [InlineData("""{"eur":-1}""", null)]
    [InlineData("""{"details":{"input":2},"input":1}""", "1 USD")]
    [InlineData("[]", null)]
    public void Read_OfAnObject_IsItsTotalOrSum(string json, string? expected) => Assert.Equal(expected, Read(json));

    [Fact]
    public void Read_OfAnObjectThatIsNestedDeeply_IsNull()
    {
        var json = string.Concat(Enumerable.Repeat("{\"total\":", 500)) + "1" + new string('}', 500);

        Assert.Null(Read(json));
    }

    private static string? Read(string json)
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes(json));
        reader.Read();

        return CostParts.Read(ref reader, "USD") is { } cost ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", cost.Amount, cost.Currency) : null;
    }
}
