using System;
using System.Linq;
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
    [InlineData("""[{"from":0,"to":300000,"price":1},{"from":200000,"to":400000,"price":2}]""", 250_000, "the catalog has several prices for prompt tokens")]
    [InlineData("""[{"from":0,"to":1000,"price":1},{"from":5000,"price":2}]""", 3000, "the catalog has no price for so many prompt tokens")]
    [InlineData("""[{"max":200000,"price":1}]""", 200_001, "the catalog has no price for so many prompt tokens")]
    public void Quote_OfTiersThatOverlapOrLeaveAGap_IsUnknownThere(string tiers, long prompt, string reason)
    {
        var price = Price($$"""{"unit":"1M tokens","input":{{tiers}}}""");

        Assert.Equal((null, reason), (price.Quote(PricedUsage.ForTokens(prompt, 0)).Amount, price.Quote(PricedUsage.ForTokens(prompt, 0)).Reason));
        Assert.NotNull(price.QuoteAtMost(PricedUsage.ForTokens(prompt, 0)).Amount);
    }

    [Fact]
    public void Quote_OfASizeWithAPriceInAnotherCurrency_IsInThatCurrency()
    {
        var price = Price("""[{"unit":"image","price":0.03},{"unit":"image","size":"4k","price":12,"currency":"credits"}]""", "image");

        Assert.Equal((12m, "credits"), (price.Quote(PricedUsage.ForImages(1, "4k")).Amount, price.Quote(PricedUsage.ForImages(1, "4k")).Currency));
        Assert.Equal((0.03m, "USD"), (price.Quote(PricedUsage.ForImages(1)).Amount, price.Quote(PricedUsage.ForImages(1)).Currency));
        Assert.Equal("its prices are in several currencies", price.QuoteAtMost(PricedUsage.ForImages(1)).Reason);
    }

    [Fact]
    public void Quote_OfATierWithAPriceInAnotherCurrency_IsInThatCurrency()
    {
        var price = Price("""{"unit":"1M tokens","input":[{"max":1000,"price":1},{"price":100,"currency":"credits"}]}""");

        Assert.Equal((0.2m, "credits"), (price.Quote(PricedUsage.ForTokens(2000, 0)).Amount, price.Quote(PricedUsage.ForTokens(2000, 0)).Currency));
        Assert.Equal("its prices are in several currencies", price.QuoteAtMost(PricedUsage.ForTokens(2000, 0)).Reason);
    }

    [Theory]
    [InlineData("""{"unit":"1M tokens","input":[1,2],"output":3}""", "the catalog has several prices for prompt tokens", "0.005")]
    [InlineData("""{"unit":"1M tokens","tiers":[{"range":"0-200k","input":1,"output":2},{"range":"200k+","input":2,"output":4}]}""", "the catalog has several prices for prompt tokens", "0.006")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":[{"price":2},{"price":3}]}""", "the catalog has several prices for completion tokens", "0.004")]
    [InlineData("""{"input_per_1k":0.001,"input_per_1m":1,"output_per_1m":3}""", null, "0.004")]
    [InlineData("""{"unit":"1M tokens","input":{"usd":1,"cny":7},"output":{"usd":3,"cny":21}}""", null, "0.004")]
    public void Quote_OfSeveralPricesForTheSame_IsUnknown(string pricing, string? reason, string? atMost)
    {
        var price = Price(pricing);
        var usage = PricedUsage.ForTokens(1000, 1000);

        Assert.Equal(reason, price.Quote(usage).Reason);
        Assert.Equal(atMost is null ? null : decimal.Parse(atMost, System.Globalization.CultureInfo.InvariantCulture), price.QuoteAtMost(usage).Amount);
    }

    [Theory]
    [InlineData("512x512", "standard")]
    [InlineData("1024x1024", null)]
    [InlineData(null, null)]
    public void Quote_OfImagesWhoseSizeOrQualityHasNoPrice_SaysWhy(string? size, string? quality)
    {
        var quote = Price(Sizes, "image").Quote(PricedUsage.ForImages(2, size, quality));

        Assert.Equal((null, "its price depends on the size or quality of the images, and there is none for these"), (quote.Amount, quote.Reason));
    }

    [Fact]
    public void Quote_OfWhatIsNotUsed_SaysWhy()
    {
        Assert.Equal("the catalog has no price for this kind of usage", Price(Tokens).Quote(PricedUsage.ForTokens(0, 0)).Reason);
        Assert.Equal("it is priced by prompt tokens, and their number is not known", Price(Tokens).Quote(PricedUsage.ForCharacters(5)).Reason);
        Assert.Equal("the usage has a negative number", Price(Tokens).Quote(PricedUsage.ForTokens(-1, 5)).Reason);
    }

    [Fact]
    public void QuoteAtMost_OfTooFewTokensForAnyTier_IsNotThePriceOfCachedOnes()
    {
        var price = Price("""{"unit":"1M tokens","input":[{"from":5000,"price":10}],"cached_input":1,"output":1}""");

        Assert.Equal("the catalog has no price for so few prompt tokens", price.QuoteAtMost(PricedUsage.ForTokens(2000, 500)).Reason);
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
    [InlineData("null", "the catalog lists no price for this model")]
    public void Quote_OfWhatIsNotPriced_SaysWhy(string pricing, string expected)
    {
        var usage = PricedUsage.ForTokens(2000, 500);
        usage.CachedTokens = 5;

        var quote = Price(pricing).Quote(usage);

        Assert.Null(quote.Amount);
        Assert.Null(quote.Currency);
        Assert.Equal(expected, quote.Reason);
    }

    [Theory]
    [InlineData("""{"prompt":"0.000001","completion":"0.000004","internal_reasoning":"0","input_cache_read":"0","input_cache_write":"0"}""")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":4,"reasoning":0}""")]
    [InlineData("""{"input_cost_per_token":1e-6,"output_cost_per_token":4e-6,"output_cost_per_reasoning_token":0,"cache_creation_input_token_cost":0.0}""")]
    public void Quote_OfPartsWithARateOfZero_ChargesThemAsTheRest(string pricing)
    {
        var usage = PricedUsage.ForTokens(1000, 1000);
        (usage.CachedTokens, usage.CacheWriteTokens, usage.ReasoningTokens) = (500, 100, 300);

        Assert.Equal(0.005m, Price(pricing).Quote(usage).Amount);
    }

    [Fact]
    public void Quote_OfCachedTokensThatAreFree_IsThatOfTheOthers()
    {
        var usage = PricedUsage.ForTokens(1000, 1000);
        usage.CachedTokens = 500;

        Assert.Equal(0.0045m, Price("""{"unit":"1M tokens","input":1,"output":4,"cached_input":0}""").Quote(usage).Amount);
    }

    [Theory]
    [InlineData("image_output", 0, 5, null)]
    [InlineData("image_output", 5, 0, "0.005")]
    [InlineData("image_input", 5, 0, null)]
    [InlineData("image_input", 0, 5, "0.005")]
    [InlineData("image_tokens", 5, 0, null)]
    [InlineData("image_tokens", 0, 0, "0.005")]
    [InlineData("input_cost_per_image_token", 0, 0, "0.005")]
    [InlineData("input_cost_per_image_token", 5, 0, null)]
    public void Quote_OfImageTokensWithAPriceOfTheirOwn_IsUnknown(string name, int input, int output, string? expected)
    {
        var price = Price($$"""{"unit":"1M tokens","input":1,"output":4,"{{name}}":40}""");
        var usage = PricedUsage.ForTokens(1000, 1000);
        (usage.InputImageTokens, usage.OutputImageTokens) = (input, output);

        Assert.Equal(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), price.Quote(usage).Amount);
    }

    [Theory]
    [InlineData("image_output", 0, false)]
    [InlineData("image_input", 0, true)]
    [InlineData("image_input", 1, false)]
    public void QuoteAtMost_OfImageTokensThatMayBeUsed_IsUnknown(string name, int images, bool isKnown)
    {
        var usage = PricedUsage.ForTokens(1000, 1000);
        usage.InputImages = images;

        var quote = Price($$"""{"unit":"1M tokens","input":1,"output":4,"{{name}}":40}""").QuoteAtMost(usage);

        Assert.Equal(isKnown, quote.Amount is not null);
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

        Assert.Equal(0.12m, Price(Apart).QuoteAtMost(usage).Amount);
        Assert.Equal(0.24m, Price(Sizes, "image").QuoteAtMost(PricedUsage.ForImages(2)).Amount);
        Assert.Equal(0.16m, Price(Sizes, "image").QuoteAtMost(PricedUsage.ForImages(2, "1024x1024")).Amount);
        Assert.Equal(0.04m, Price(Sizes, "image").QuoteAtMost(PricedUsage.ForImages(1, "1024x1024", "standard")).Amount);
    }

    [Theory]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"input_audio":40}""", "0.042")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"output_audio":80}""", "0.081")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"cached_input":5}""", "0.007")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"cache_write":5,"input_audio":3}""", "0.007")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"reasoning":5,"output_audio":3}""", "0.006")]
    [InlineData("""{"unit":"1M tokens","input":10,"output":20,"cached_input":1,"input_audio":2,"reasoning":3}""", "0.03")]
    public void QuoteAtMost_OfTokens_TakesEachForTheDearestOfItsSide(string pricing, string expected)
    {
        var quote = Price(pricing).QuoteAtMost(PricedUsage.ForTokens(1000, 1000));

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), quote.Amount);
    }

    [Theory]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"output_audio":"ask us"}""", "ccapi.pricing.output_audio: 'ask us' is not a number")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"cache_write":-1}""", "ccapi.pricing.cache_write: '-1' is negative")]
    [InlineData("""{"unit":"1M tokens","input":1,"output_audio":3}""", "the catalog has no price for completion tokens")]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"output_audio":{"eur":3}}""", "its prices are in several currencies")]
    public void QuoteAtMost_OfTokensWhoseDearestRateIsNotKnown_IsUnknown(string pricing, string reason)
    {
        var quote = Price(pricing).QuoteAtMost(PricedUsage.ForTokens(1000, 1000));

        Assert.Equal((null, reason), (quote.Amount, quote.Reason));
    }

    [Fact]
    public void QuoteAtMost_WithAnUnreadablePriceOfCachedTokens_TakesThemForOthers()
    {
        var price = Price("""{"unit":"1M tokens","input":1,"output":2,"cached_input":""}""");

        Assert.Equal(0.003m, price.QuoteAtMost(PricedUsage.ForTokens(1000, 1000)).Amount);
    }

    [Fact]
    public void QuoteAtMost_OfASpeechWhoseSoundIsPricedByTokens_IsUnknown()
    {
        var price = Price("""{"unit":"1M tokens","input":1,"output_audio":12}""", "audio");

        var quote = price.QuoteAtMost(new PricedUsage { PromptTokens = 100, Characters = 100 });

        Assert.Equal("it is priced by completion tokens, and their number is not known", quote.Reason);
    }

    [Fact]
    public void Quote_OfSoundTokensWithoutAPriceOfTheOthers_IsUnknown()
    {
        var price = Price("""{"call":0.01,"output_audio_per_million":80}""");
        var sound = PricedUsage.ForTokens(0, 1000);
        sound.OutputAudioTokens = 1000;
        var mixed = PricedUsage.ForTokens(0, 1000);
        mixed.OutputAudioTokens = 900;

        Assert.Equal(0.09m, price.Quote(sound).Amount);
        Assert.Equal("the catalog has no price for completion tokens", price.Quote(mixed).Reason);
    }

    [Theory]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"request":"-1"}""", "ccapi.pricing.request: '-1' is negative", false)]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"request":""}""", null, true)]
    [InlineData("""{"unit":"1M tokens","input":1,"output":2,"reasoning":""}""", null, true)]
    [InlineData("""{"prompt":"0.000001","completion":"0.000002","image":"-1"}""", null, true)]
    public void Quote_WithAPriceThatCannotBeRead_IsUnknownWhereItMatters(string pricing, string? reason, bool hasBound)
    {
        var price = Price(pricing);
        var usage = PricedUsage.ForTokens(1000, 1000);

        Assert.Equal(reason, price.Quote(usage).Reason);
        Assert.Equal(hasBound, price.QuoteAtMost(usage).Amount is not null);
    }

    [Fact]
    public void Quote_OfImagesWhosePriceCannotBeRead_IsUnknown()
    {
        var price = Price("""{"prompt":"0.000001","completion":"0.000002","image":"-1"}""");
        var usage = PricedUsage.ForTokens(1000, 1000);
        usage.InputImages = 1;

        Assert.Equal("ccapi.pricing.image: '-1' is negative", price.Quote(usage).Reason);
        Assert.Equal("ccapi.pricing.image: '-1' is negative", price.QuoteAtMost(usage).Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void QuoteAtMost_OfAnyUsageUpToIt_IsNotLess(int seed)
    {
        var random = new Random(seed);
        var known = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var price = Price(RandomPricing(random));
            var atMost = price.QuoteAtMost(PricedUsage.ForTokens(3000, 3000)).Amount;
            var usage = PricedUsage.ForTokens(random.Next(3001), random.Next(3001));
            usage.CachedTokens = Part(random, usage.PromptTokens!.Value);
            usage.CacheWriteTokens = Part(random, usage.PromptTokens.Value - (usage.CachedTokens ?? 0));
            usage.InputAudioTokens = Part(random, usage.PromptTokens.Value - (usage.CachedTokens ?? 0) - (usage.CacheWriteTokens ?? 0));
            usage.ReasoningTokens = Part(random, usage.CompletionTokens!.Value);
            usage.OutputAudioTokens = Part(random, usage.CompletionTokens.Value - (usage.ReasoningTokens ?? 0));

            var isComparable = atMost is not null && price.Quote(usage).Amount is not null;
            known += isComparable ? 1 : 0;
            Assert.True(!isComparable || price.Quote(usage).Amount <= atMost, $"{price}: {price.Quote(usage)} of {atMost}");
        }

        Assert.InRange(known, 200, 2_000);
    }

    private static long? Part(Random random, long of) => random.Next(3) == 0 ? random.Next((int)of + 1) : null;

    /// <summary>Some of all rates of tokens, some of them in tiers, and sometimes a price of the call.</summary>
    private static string RandomPricing(Random random)
    {
        string[] items = ["input", "output", "cached_input", "cache_write", "reasoning", "input_audio", "output_audio"];
        var members = items
            .Where((_, index) => random.Next(4) != 0 || (index < 2 && random.Next(4) != 0))
            .Select(item => random.Next(5) switch
            {
                0 => $$"""{{item}}":[{"max":{{random.Next(3000)}},"price":{{random.Next(100)}}},{"price":{{random.Next(100)}}}]""",
                1 => $$"""{{item}}":[{"from":{{random.Next(3000)}},"to":{{random.Next(4000)}},"price":{{random.Next(100)}}},{"from":0,"to":{{random.Next(4000)}},"price":{{random.Next(100)}}}]""",
                _ => $"{item}\":{random.Next(100)}",
            })
            .Select(member => $",\"{member}");
        var call = random.Next(4) == 0 ? ",\"per_call\":0.01" : string.Empty;

        return $"{{\"unit\":\"1M tokens\"{string.Concat(members)}{call}}}";
    }

    private static ModelPrice Price(string pricing, string type = "text") => ModelPrice.Read(
        JsonSerializer.Deserialize<ModelSummary>($$$"""{"id":"m","ccapi":{"type":"{{{type}}}","pricing":{{{pricing}}}}}""")!);
}
