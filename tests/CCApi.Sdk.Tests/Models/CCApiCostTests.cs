using System.Globalization;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class CCApiCostTests
{
    private static readonly CCApiCost _reported = new(0.25m, "USD", CostSource.Reported, "a");
    private static readonly CCApiCost _computed = new(0.5m, "USD", CostSource.Computed, "b");
    private static readonly CCApiCost _unknown = new() { Model = "c" };

    [Fact]
    public void Cost_OfAFake_IsUnknown()
    {
        var cost = new CCApiCost();

        Assert.Equal((null, "USD", CostSource.Unknown, null, false), (cost.Amount, cost.Currency, cost.Source, cost.Model, cost.IsPartial));
    }

    [Theory]
    [InlineData(CostSource.Reported, "0.25 USD (reported)")]
    [InlineData(CostSource.Computed, "0.25 USD (computed)")]
    [InlineData(CostSource.Cache, "0.25 USD (from a cache)")]
    [InlineData(CostSource.Unknown, "0.25 USD (unknown source)")]
    public void ToString_OfAnAmount_NamesItsSource(CostSource source, string expected)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Cultures.CommaDecimal;

            Assert.Equal(expected, new CCApiCost(0.25m, "USD", source).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ToString_OfAPart_SaysThatItIsOne()
    {
        Assert.Equal("at least 3 credits (reported)", new CCApiCost(3, "credits", CostSource.Reported) { IsPartial = true }.ToString());
        Assert.Equal("unknown", _unknown.ToString());
    }

    [Fact]
    public void Sum_OfTwoAmounts_AddsThem()
    {
        var sum = CCApiCost.Sum(_reported, _reported)!;

        Assert.Equal((0.5m, CostSource.Reported, "a", false), (sum.Amount, sum.Source, sum.Model, sum.IsPartial));
    }

    [Fact]
    public void Sum_WithAComputedPart_IsComputed()
    {
        Assert.Equal((0.75m, CostSource.Computed), (CCApiCost.Sum(_reported, _computed)!.Amount, CCApiCost.Sum(_reported, _computed)!.Source));
        Assert.Equal(CostSource.Computed, CCApiCost.Sum(_computed, _reported)!.Source);
    }

    [Fact]
    public void Sum_WithAnUnknownPart_IsPartial()
    {
        var before = CCApiCost.Sum(_unknown, _reported)!;
        var after = CCApiCost.Sum(_reported, _unknown)!;

        Assert.Equal((0.25m, CostSource.Reported, true), (before.Amount, before.Source, before.IsPartial));
        Assert.Equal((0.25m, CostSource.Reported, true), (after.Amount, after.Source, after.IsPartial));
        Assert.True(CCApiCost.Sum(before, _reported)!.IsPartial);
    }

    [Fact]
    public void Sum_OfUnknownParts_IsUnknown()
    {
        var sum = CCApiCost.Sum(_unknown, _unknown)!;

        Assert.Equal((null, CostSource.Unknown, false), (sum.Amount, sum.Source, sum.IsPartial));
    }

    [Fact]
    public void Sum_OfTwoUnits_KeepsTheLaterAsAPart()
    {
        var sum = CCApiCost.Sum(_reported, new CCApiCost(3, "credits", CostSource.Reported))!;

        Assert.Equal((3m, "credits", true), (sum.Amount, sum.Currency, sum.IsPartial));
    }

    [Fact]
    public void Sum_OfACachedPart_IsOfTheOther() =>
        Assert.Equal(CostSource.Reported, CCApiCost.Sum(new CCApiCost(0, "USD", CostSource.Cache), _reported)!.Source);

    [Fact]
    public void Sum_OfNothing_IsNull()
    {
        Assert.Null(CCApiCost.Sum(null, null));
        Assert.Same(_reported, CCApiCost.Sum(null, _reported));
        Assert.Same(CCApiCost.Unknown, CCApiCost.Sum([null]));
    }

    [Fact]
    public void Sum_OfResponses_AddsTheirCosts()
    {
        var sum = CCApiCost.Sum([new CCApiResponseInfo { Cost = _reported }, null, new CCApiResponseInfo { Cost = _computed }]);

        Assert.Equal("0.75", sum.Amount!.Value.ToString(CultureInfo.InvariantCulture));
    }
}
