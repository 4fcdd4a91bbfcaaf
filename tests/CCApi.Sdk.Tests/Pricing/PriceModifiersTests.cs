using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PriceModifiersTests
{
    [Theory]
    [InlineData("multiplier", "1.5")]
    [InlineData("group_ratio", "2")]
    [InlineData("markup", "\"20%\"")]
    [InlineData("tax_rate", "0.19")]
    [InlineData("minimum_charge", "0.01")]
    [InlineData("peak", "{\"input\":2,\"output\":8}")]
    [InlineData("priceMultiplier", "\"x2\"")]
    public void IssueOf_WhatMayRaisePrices_MakesCostAndBoundUnknown(string name, string value)
    {
        var price = Price($"\"{name}\":{value}");
        var usage = PricedUsage.ForTokens(1000, 1000);

        var reason = $"pricing.{name}: it changes the other prices, and how exactly is not known";
        Assert.Equal((null, reason), (price.Quote(usage).Amount, price.Quote(usage).Reason));
        Assert.Equal((null, reason), (price.QuoteAtMost(usage).Amount, price.QuoteAtMost(usage).Reason));
    }

    [Theory]
    [InlineData("discount", "0.5")]
    [InlineData("discount", "\"10%\"")]
    [InlineData("off_peak", "{\"input\":0.5,\"output\":2}")]
    [InlineData("offPeak", "[{\"input\":0.5}]")]
    public void IssueOf_WhatLowersPrices_LeavesTheBound(string name, string value)
    {
        var price = Price($"\"{name}\":{value}");
        var usage = PricedUsage.ForTokens(1000, 1000);

        Assert.Equal($"pricing.{name}: it changes the other prices, and how exactly is not known", price.Quote(usage).Reason);
        Assert.Equal(0.005m, price.QuoteAtMost(usage).Amount);
    }

    [Theory]
    [InlineData("discount", "0")]
    [InlineData("discount", "\"0%\"")]
    [InlineData("discount", "null")]
    [InlineData("discount", "false")]
    [InlineData("discount", "\"none\"")]
    [InlineData("multiplier", "1")]
    [InlineData("group_ratio", "\"1.0\"")]
    [InlineData("batch_discount", "0.5")]
    [InlineData("cache_ratio", "0.1")]
    [InlineData("version", "2")]
    public void IssueOf_WhatChangesNothing_LeavesThePrices(string name, string value) =>
        Assert.Equal(0.005m, Price($"\"{name}\":{value}").Quote(PricedUsage.ForTokens(1000, 1000)).Amount);

    [Fact]
    public void IssueOf_AModifierAfterManyIssues_IsNotLost()
    {
        var others = string.Concat(Enumerable.Range(0, 50).Select(index => $"\"thing{index}\":5,"));

        Assert.Null(Price($"{others}\"markup\":2").Quote(PricedUsage.ForTokens(1000, 1000)).Amount);
    }

    private static ModelPrice Price(string member) => ModelPrice.Read(
        JsonSerializer.Deserialize<ModelSummary>($$$"""{"id":"m","pricing":{"unit":"1M tokens","input":1,"output":4,{{{member}}}}}""")!);
}
