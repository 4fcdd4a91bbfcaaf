using System.Linq;
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PriceTiersTests
{
    [Theory]
    [InlineData("[]", "")]
    [InlineData("[1]", "0")]
    [InlineData("[2,1]", "0 1")]
    [InlineData("""[{"max":3},{"max":1},{"price":5},{"up_to":2}]""", "1 3 0 2")]
    [InlineData("""[{"price":5},{"max":1}]""", "1 0")]
    [InlineData("""[{"max":3},{"max":1},{"from":2}]""", "0 1 2")]
    [InlineData("""[{"max":3},{"max":1},7]""", "0 1 2")]
    [InlineData("""[{"type":"output"},{"type":"input"}]""", "0 1")]
    public void InOrder_OfAList_IsByTheEndsOfTiersThatStateNoBeginning(string json, string expected)
    {
        var items = PriceTiers.InOrder(JsonDocument.Parse(json).RootElement);

        Assert.Equal(expected, string.Join(" ", items.Select(entry => entry.Index)));
    }

    [Fact]
    public void InOrder_OfALongList_LeavesItAsItIs()
    {
        var json = $"[{string.Join(",", Enumerable.Range(0, 101).Select(i => $$"""{"max":{{1000 - i}}}"""))}]";

        Assert.Equal(Enumerable.Range(0, 101), PriceTiers.InOrder(JsonDocument.Parse(json).RootElement).Select(entry => entry.Index));
    }
}
