using System.Globalization;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class RateSelectorTests
{
    private const string Tiers = """{"unit":"1M tokens","input":[{"max":1000,"price":1},{"price":2}],"output":[{"max":1000,"price":4},{"price":8}]}""";

    private const string Sizes = """{"image":{"1024x1024":{"standard":0.04,"hd":0.08},"1792x1024":{"standard":0.08,"hd":0.12}}}""";

    [Fact]
    public void Has_OfAnItemAndAUnit_CountsRatesThatDoNotApply()
    {
        var selector = Selector("""{"unit":"1M tokens","input":[{"from":5000,"price":1}]}""", PricedUsage.ForTokens(1, 1));

        Assert.True(selector.Has(PriceItem.Input, PriceUnit.Token));
        Assert.True(selector.Has(PriceUnit.Token));
        Assert.False(selector.Has(PriceItem.Output, PriceUnit.Token));
        Assert.False(selector.Has(PriceItem.Input, PriceUnit.Image));
        Assert.False(selector.Has(PriceUnit.Image));
    }

    [Theory]
    [InlineData(1000, "1")]
    [InlineData(1001, "2")]
    public void Choose_OfTiers_IsThatOfThePrompt(long prompt, string expected) =>
        AssertInput(expected, Selector(Tiers, PricedUsage.ForTokens(prompt, 1)));

    [Theory]
    [InlineData("""[{"max":2000000,"price":3},{"max":200000,"price":1},{"max":1000000,"price":2}]""", 100_000, "1")]
    [InlineData("""[{"max":2000000,"price":3},{"max":200000,"price":1},{"max":1000000,"price":2}]""", 200_001, "2")]
    [InlineData("""[{"max":2000000,"price":3},{"max":200000,"price":1},{"max":1000000,"price":2}]""", 2_000_000, "3")]
    [InlineData("""[{"price":2.5},{"max":200000,"price":1.25}]""", 100_000, "1.25")]
    [InlineData("""[{"price":2.5},{"max":200000,"price":1.25}]""", 200_001, "2.5")]
    [InlineData("""[{"from":200001,"price":2.5},{"from":0,"price":1.25}]""", 100_000, "1.25")]
    [InlineData("""[{"from":200001,"price":2.5},{"from":0,"to":200000,"price":1.25}]""", 300_000, "2.5")]
    [InlineData("""[{"from":0,"below":200000,"price":1.25},{"from":200000,"price":2.5}]""", 200_000, "2.5")]
    public void Choose_OfTiersInAnyOrder_IsThatOfThePrompt(string tiers, long prompt, string expected) =>
        AssertInput(expected, Selector($$"""{"unit":"1M tokens","input":{{tiers}}}""", PricedUsage.ForTokens(prompt, 0)));

    [Theory]
    [InlineData("""[{"from":0,"to":1000,"price":1},{"from":5000,"price":2}]""", 3000, "1")]
    [InlineData("""[{"max":200000,"price":1}]""", 200_001, "1")]
    [InlineData("""[{"from":5000,"price":1}]""", 4999, null)]
    public void Choose_OfAPromptInNoTier_IsNull(string tiers, long prompt, string? atMost)
    {
        var pricing = $$"""{"unit":"1M tokens","input":{{tiers}}}""";
        var usage = PricedUsage.ForTokens(prompt, 0);

        AssertInput(null, Selector(pricing, usage));
        AssertInput(atMost, Selector(pricing, usage, isAtMost: true));
    }

    [Fact]
    public void Choose_WithoutThePromptTokens_IsTheDearestTierAtMost()
    {
        var usage = new PricedUsage { CompletionTokens = 1000 };

        Assert.Equal(8, Selector(Tiers, usage, isAtMost: true).Choose(PriceItem.Output, PriceUnit.Token)?.Amount);
        Assert.Null(Selector(Tiers, usage).Choose(PriceItem.Output, PriceUnit.Token));
    }

    [Theory]
    [InlineData("1024x1024", "hd", "0.08", "0.08")]
    [InlineData("1024*1024", "HD", "0.08", "0.08")]
    [InlineData("1792x1024", "standard", "0.08", "0.08")]
    [InlineData("512x512", "standard", null, null)]
    [InlineData("1024x1024", null, null, "0.08")]
    [InlineData(null, "standard", null, "0.08")]
    [InlineData(null, null, null, "0.12")]
    public void Choose_OfImages_IsThatOfTheirSizeAndQuality(string? size, string? quality, string? expected, string? atMost)
    {
        var usage = PricedUsage.ForImages(2, size, quality);

        AssertImage(expected, Selector(Sizes, usage, type: "image"));
        AssertImage(atMost, Selector(Sizes, usage, isAtMost: true, type: "image"));
    }

    [Theory]
    [InlineData("4K", "0.12")]
    [InlineData("1k", "0.03")]
    [InlineData(null, "0.03")]
    public void Choose_OfASizeBesideADefault_IsTheMoreSpecific(string? size, string expected) => AssertImage(
        expected,
        Selector("""[{"unit":"image","price":0.03},{"unit":"image","size":"4k","price":0.12}]""", PricedUsage.ForImages(1, size), type: "image"));

    [Fact]
    public void Choose_OfSizeAndQualityApart_IsThatOfTheSize() => AssertImage(
        "0.1",
        Selector(
            """[{"unit":"image","quality":"hd","price":0.2},{"unit":"image","size":"4k","price":0.1}]""",
            PricedUsage.ForImages(1, "4k", "hd"),
            type: "image"));

    [Theory]
    [InlineData("[1,2]", 1000, true)]
    [InlineData("[1,1]", 1000, false)]
    [InlineData("""[{"from":0,"to":300000,"price":1},{"from":200000,"to":400000,"price":2}]""", 250_000, true)]
    [InlineData("""[{"from":0,"to":300000,"price":1},{"from":200000,"to":400000,"price":2}]""", 350_000, false)]
    [InlineData("""[{"from":0,"price":1},{"from":200000,"price":2}]""", 350_000, false)]
    [InlineData("""{"usd":1,"cny":7}""", 1000, false)]
    public void HasAnother_OfRates_IsWhetherAnotherAppliesAsWell(string input, long prompt, bool expected)
    {
        var selector = Selector($$"""{"unit":"1M tokens","input":{{input}}}""", PricedUsage.ForTokens(prompt, 0));

        Assert.Equal(expected, selector.HasAnother(selector.Choose(PriceItem.Input, PriceUnit.Token)!));
    }

    [Theory]
    [InlineData("""{"usd":1,"cny":7}""", false)]
    [InlineData("""[{"max":1000,"price":1},{"price":100,"currency":"credits"}]""", true)]
    [InlineData("[1,2]", false)]
    public void HasAnotherCurrency_OfRates_IsWhetherOneHasNoCounterpart(string input, bool expected)
    {
        var selector = Selector($$"""{"unit":"1M tokens","input":{{input}}}""", PricedUsage.ForTokens(2000, 0), isAtMost: true);

        Assert.Equal(expected, selector.HasAnotherCurrency(selector.Choose(PriceItem.Input, PriceUnit.Token)!));
    }

    private static void AssertInput(string? expected, RateSelector selector) =>
        Assert.Equal(Number(expected), selector.Choose(PriceItem.Input, PriceUnit.Token)?.Amount);

    private static void AssertImage(string? expected, RateSelector selector) =>
        Assert.Equal(Number(expected), selector.Choose(PriceItem.Output, PriceUnit.Image)?.Amount);

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static RateSelector Selector(string pricing, PricedUsage usage, bool isAtMost = false, string type = "text")
    {
        var model = $$$"""{"id":"m","ccapi":{"type":"{{{type}}}","pricing":{{{pricing}}}}}""";
        var price = ModelPrice.Read(JsonSerializer.Deserialize<ModelSummary>(model)!);

        return new RateSelector(price.Rates, usage, isAtMost);
    }
}
