using System;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PriceCalculatorTests
{
    private const string Tokens = """{"unit":"1M tokens","input":2.5,"output":10}""";

    private const string Apart = """{"unit":"1M tokens","input":2.5,"output":10,"cached_input":0.25,"cache_write":3,"reasoning":20,"input_audio":40,"output_audio":80}""";

    private const string Tiers = """{"unit":"1M tokens","input":[{"max":1000,"price":1},{"price":2}],"output":[{"max":1000,"price":4},{"price":8}]}""";

    private const string Sizes = """{"image":{"1024x1024":{"standard":0.04,"hd":0.08},"1792x1024":{"standard":0.08,"hd":0.12}}}""";

    [Theory]
    [InlineData(2000, 500, "0.01")]
    [InlineData(0, 0, null)]
    [InlineData(1, 0, "0.0000025")]
    [InlineData(123_456_789, 987_654_321, "10185.1851825")]
    public void Quote_OfTokens_IsExact(long prompt, long completion, string? expected)
    {
        var quote = Price(Tokens).Quote(PricedUsage.ForTokens(prompt, completion));

        Assert.Equal(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), quote.Amount);
    }

    [Fact]
    public void Quote_OfPartsWithRates_ChargesEachApart()
    {
        var usage = PricedUsage.ForTokens(1000, 1000);
        (usage.CachedTokens, usage.CacheWriteTokens, usage.InputAudioTokens, usage.ReasoningTokens, usage.OutputAudioTokens) = (500, 100, 10, 300, 20);

        var quote = Price(Apart).Quote(usage);

        Assert.Equal(((390 * 2.5m) + (500 * 0.25m) + (100 * 3m) + (10 * 40m) + (680 * 10m) + (300 * 20m) + (20 * 80m)) / 1_000_000, quote.Amount);
        Assert.Equal("USD", quote.Currency);
        Assert.Null(quote.Reason);
    }

    [Fact]
    public void Quote_OfPartsWithoutRates_ChargesThemAsTheRest()
    {
        var usage = PricedUsage.ForTokens(1000, 1000);
        (usage.CachedTokens, usage.CacheWriteTokens, usage.InputAudioTokens, usage.ReasoningTokens, usage.OutputAudioTokens) = (500, 100, 10, 300, 20);

        Assert.Equal(0.0125m, Price(Tokens).Quote(usage).Amount);
    }

    [Theory]
    [InlineData(1000, "0.001004")]
    [InlineData(1001, "0.002010")]
    public void Quote_OfTiers_TakesTheOneOfThePromptForAllTokens(long prompt, string expected)
    {
        var quote = Price(Tiers).Quote(PricedUsage.ForTokens(prompt, 1));

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), quote.Amount);
    }

    [Theory]
    [InlineData("1024x1024", "hd", "0.16")]
    [InlineData("1024*1024", "HD", "0.16")]
    [InlineData("1792x1024", "standard", "0.16")]
    [InlineData("512x512", "standard", null)]
    [InlineData("1024x1024", null, null)]
    [InlineData(null, null, null)]
    public void Quote_OfImages_TakesTheirSizeAndQuality(string? size, string? quality, string? expected)
    {
        var quote = Price(Sizes, "image").Quote(PricedUsage.ForImages(2, size, quality));

        Assert.Equal(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), quote.Amount);
        Assert.Equal(expected is null ? "its price depends on the size or quality of the images, and there is none for these" : null, quote.Reason);
    }

    [Fact]
    public void Quote_OfASizeBesideADefault_TakesTheSize()
    {
        var price = Price("""[{"unit":"image","price":0.03},{"unit":"image","size":"4k","price":0.12}]""", "image");

        Assert.Equal(0.12m, price.Quote(PricedUsage.ForImages(1, "4K")).Amount);
        Assert.Equal(0.03m, price.Quote(PricedUsage.ForImages(1, "1k")).Amount);
        Assert.Equal(0.03m, price.Quote(PricedUsage.ForImages(1)).Amount);
    }

    [Theory]
    [InlineData("""{"unit":"1K characters","input":0.1}""", "audio", "0.05")]
    [InlineData("""{"per_second":0.34}""", "video", "1.36")]
    [InlineData("""{"per_minute":0.6}""", "video", "0.04")]
    [InlineData("""{"unit":"call","price":0.07}""", "video", "0.21")]
    [InlineData("""{"unit":"image","input":0.001,"output":0.04}""", "image", "0.202")]
    public void Quote_OfEachUnit_CountsIt(string pricing, string type, string expected)
    {
        var usage = new PricedUsage { Characters = 500, Seconds = 4, Calls = 3, Images = 5, InputImages = 2 };

        var quote = Price(pricing, type).Quote(usage);

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), quote.Amount);
    }

    [Fact]
    public void Quote_OfTokensAndACall_AddsThem()
    {
        var price = Price("""{"unit":"1M tokens","input":2.5,"output":10,"request":0.005}""");

        Assert.Equal(0.015m, price.Quote(PricedUsage.ForTokens(2000, 500)).Amount);
    }

    [Fact]
    public void Quote_OfACallAlone_DoesNotCountTokens()
    {
        var price = Price("""{"unit":"call","price":0.07}""");

        Assert.Equal(0.07m, price.Quote(PricedUsage.ForTokens(2000, 500)).Amount);
    }

    [Theory]
    [InlineData("""{"unit":"1M tokens","input":2.5}""", "the catalog has no price for completion tokens")]
    [InlineData("""{"unit":"1M tokens","output":2.5}""", "the catalog has no price for prompt tokens")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":"ask us"}""", "ccapi.pricing.output: 'ask us' is not a number")]
    [InlineData("""{"unit":"1M tokens","input":-1,"output":1}""", "ccapi.pricing.input: '-1' is negative")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":1,"cached_input":"?"}""", "ccapi.pricing.cached_input: '?' is not a number")]
    [InlineData("""{"unit":"1K characters","input":1}""", "it is priced by characters, and their number is not known")]
    [InlineData("""{"unit":"1M tokens","input":"1 USD","output":"1 EUR"}""", "its prices are in several currencies")]
    [InlineData("""{"unit":"1M tokens","input":[{"from":5000,"price":1}],"output":1}""", "the catalog has no price for so few prompt tokens")]
    [InlineData("""{"unit":"1M tokens","input":{"usd":1},"output":{"eur":1}}""", "its prices are in several currencies")]
    [InlineData("""{"unit":"1M tokens","input":79228162514264337593543950335,"output":1}""", "the amount is too large to compute")]
    [InlineData("null", "the catalog has no price for it")]
    public void Quote_OfWhatIsNotPriced_SaysWhy(string pricing, string expected)
    {
        var usage = PricedUsage.ForTokens(2000, 500);
        usage.CachedTokens = 5;

        var quote = Price(pricing).Quote(usage);

        Assert.Null(quote.Amount);
        Assert.Null(quote.Currency);
        Assert.Equal(expected, quote.Reason);
    }

    [Fact]
    public void Quote_OfAnImpossibleUsage_SaysWhy()
    {
        var cached = PricedUsage.ForTokens(10, 10);
        cached.CachedTokens = 11;
        var reasoning = PricedUsage.ForTokens(10, 10);
        reasoning.ReasoningTokens = 11;

        Assert.Equal("the usage has a negative number", Price(Tokens).Quote(PricedUsage.ForTokens(-1, 5)).Reason);
        Assert.Equal("the usage has more cached or audio tokens than prompt tokens", Price(Tokens).Quote(cached).Reason);
        Assert.Equal("the usage has more reasoning or audio tokens than completion tokens", Price(Tokens).Quote(reasoning).Reason);
        Assert.Equal("the catalog has no price for this kind of usage", Price(Tokens).Quote(PricedUsage.ForTokens(0, 0)).Reason);
        Assert.Equal("it is priced by prompt tokens, and their number is not known", Price(Tokens).Quote(PricedUsage.ForCharacters(5)).Reason);
    }

    [Fact]
    public void Quote_OfZeroPrices_IsZero()
    {
        var quote = Price("""{"prompt":"0","completion":"0"}""").Quote(PricedUsage.ForTokens(2000, 500));

        Assert.Equal(0m, quote.Amount);
        Assert.Equal("USD", quote.Currency);
    }

    [Fact]
    public void QuoteAtMost_OfPartsAndUnknownImages_TakesTheHighestRates()
    {
        var usage = PricedUsage.ForTokens(1000, 1000);
        (usage.CachedTokens, usage.ReasoningTokens) = (500, 10);

        Assert.Equal(0.023m, Price(Apart).QuoteAtMost(usage).Amount);
        Assert.Equal(0.24m, Price(Sizes, "image").QuoteAtMost(PricedUsage.ForImages(2)).Amount);
        Assert.Equal(0.16m, Price(Sizes, "image").QuoteAtMost(PricedUsage.ForImages(2, "1024x1024")).Amount);
        Assert.Equal(0.04m, Price(Sizes, "image").QuoteAtMost(PricedUsage.ForImages(1, "1024x1024", "standard")).Amount);
    }

    [Fact]
    public void QuoteAtMost_OfAnyUsageUpToIt_IsNotLess()
    {
        var random = new Random(5);
        foreach (var pricing in new[] { Tokens, Apart, Tiers })
        {
            var price = Price(pricing);
            var atMost = price.QuoteAtMost(PricedUsage.ForTokens(3000, 3000)).Amount;
            for (var i = 0; i < 200; i++)
            {
                var usage = PricedUsage.ForTokens(random.Next(3001), random.Next(3001));
                usage.CachedTokens = random.Next((int)usage.PromptTokens! + 1);
                usage.ReasoningTokens = random.Next((int)usage.CompletionTokens! + 1);

                Assert.True(price.Quote(usage).Amount is null or 0 || price.Quote(usage).Amount <= atMost);
            }
        }
    }

    private static ModelPrice Price(string pricing, string type = "text") => ModelPrice.Read(
        JsonSerializer.Deserialize<ModelSummary>($$$"""{"id":"m","ccapi":{"type":"{{{type}}}","pricing":{{{pricing}}}}}""")!);
}
