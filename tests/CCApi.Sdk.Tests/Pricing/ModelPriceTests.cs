using System;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class ModelPriceTests
{
    private static readonly JsonSerializerOptions _deep = new() { MaxDepth = 1000 };

    [Fact]
    public void Read_OfARate_HasEachMember()
    {
        var price = Read("""{"id":"m","pricing":{"unit":"1K tokens","input":"0.0005"}}""");

        var rate = Assert.Single(price.Rates);
        Assert.Equal(
            (PriceItem.Input, PriceUnit.Token, 0.0005m, 1000L, "USD", 0L, null, null, "pricing.input", 0.0000005m),
            (rate.Item, rate.Unit, rate.Amount, rate.Per, rate.Currency, rate.MinInputTokens, rate.Size, rate.Quality, rate.Member, rate.PerUnit));
        Assert.Equal("""{"unit":"1K tokens","input":"0.0005"}""", price.Raw!.Value.GetRawText());
        Assert.True(price.IsKnown);
        Assert.Null(price.UnknownReason);
    }

    [Fact]
    public void Read_OfAnIssue_HasEachMember()
    {
        var price = Read("""{"id":"m","pricing":{"unit":"1M tokens","output":"soon"}}""");

        var issue = Assert.Single(price.Issues);
        Assert.Equal(("pricing.output", "'soon' is not a number", PriceItem.Output), (issue.Member, issue.Reason, issue.Item));
        Assert.False(price.IsKnown);
        Assert.NotNull(price.Raw);
    }

    [Fact]
    public void Read_WithOptions_FillsInWhatIsNotStated()
    {
        var options = new ModelPriceOptions { Currency = "credits", UnstatedTokens = 1_000_000 };

        var price = Read("""{"id":"m","pricing":{"input":0.15,"output":0.6,"request":0.01}}""", options);

        Assert.Equal("Input 0.15 credits per 1M tokens, Output 0.6 credits per 1M tokens, Call 0.01 credits per call", price.ToString());
    }

    [Fact]
    public void Read_WithOptions_LeavesWhatIsStated()
    {
        var options = new ModelPriceOptions { Currency = "credits", UnstatedTokens = 1 };

        var price = Read("""{"id":"m","pricing":{"unit":"1M","currency":"usd","input":0.15,"output":0.6}}""", options);

        Assert.Equal("Input 0.15 USD per 1M tokens, Output 0.6 USD per 1M tokens", price.ToString());
    }

    [Fact]
    public void Read_OfRatios_HasThoseOfCachesAndSound()
    {
        var price = Read("""{"id":"m","model_ratio":1,"completion_ratio":4,"cache_ratio":0.5,"create_cache_ratio":1.25,"audio_ratio":10,"audio_completion_ratio":2}""");

        Assert.Equal(
            "Input 2 USD per 1M tokens, Output 8 USD per 1M tokens, CachedInput 1.0 USD per 1M tokens, CacheWrite 2.50 USD per 1M tokens, InputAudio 20 USD per 1M tokens, OutputAudio 40 USD per 1M tokens",
            price.ToString());
    }

    [Theory]
    [InlineData("cache_ratio", PriceItem.CachedInput)]
    [InlineData("create_cache_ratio", PriceItem.CacheWrite)]
    [InlineData("audio_ratio", PriceItem.InputAudio)]
    [InlineData("audio_completion_ratio", PriceItem.OutputAudio)]
    public void Read_OfARatioThatIsNotANumber_IsAnIssue(string name, PriceItem item)
    {
        var price = Read($$"""{"id":"m","model_ratio":1,"completion_ratio":4,"audio_ratio":2,"{{name}}":"dear"}""");

        Assert.Equal(item, Assert.Single(price.Issues, issue => issue.Member == $"model.{name}").Item);
    }

    [Fact]
    public void Read_OfDeepOrManyPrices_EndsWithAnIssue()
    {
        var deep = Read($$$"""{"id":"m","pricing":{{{new string('[', 500)}}}1{{{new string(']', 500)}}} }""");
        var many = Read($$$"""{"id":"m","pricing":[{{{string.Join(",", System.Linq.Enumerable.Repeat("1", 100_000))}}}]}""");

        Assert.False(deep.IsKnown);
        Assert.False(many.IsKnown);
        Assert.InRange(many.Issues.Count, 1, 20);
        Assert.InRange(many.UnknownReason!.Length, 1, 5000);
    }

    [Fact]
    public void Read_OfAnyMutation_NeverThrows()
    {
        var random = new Random(11);
        const string Json = """{"id":"m","ccapi":{"type":"image","pricing":{"unit":"1M tokens","currency":"USD","input":[{"max":2000,"price":"$1.25"},{"price":2.5}],"image":{"1024x1024":{"hd":0.08}}}},"model_ratio":1}""";
        string[] values = ["null", "true", "-1", "1e400", "\"NaN\"", "\"\"", "[]", "{}", "\"\\ud800\"", "{\"\\ud800\":1}", "[[1]]", "99999999999999999999999999999999"];
        for (var i = 0; i < 5000; i++)
        {
            var mutated = Mutate(Json, random, values);
            if (mutated is null)
            {
                continue;
            }

            var price = ModelPrice.Read(mutated);
            _ = price.ToString();
            _ = price.Quote(PricedUsage.ForTokens(random.Next(), random.Next()));
            _ = price.QuoteAtMost(PricedUsage.ForImages(3));
        }
    }

    [Fact]
    public void Read_WithoutAModel_Throws() => Assert.Throws<ArgumentNullException>(() => ModelPrice.Read(null!));

    /// <summary>The model with one value replaced; null when that is not JSON.</summary>
    private static ModelSummary? Mutate(string json, Random random, string[] values)
    {
        string[] parts = ["\"1M tokens\"", "\"USD\"", "\"image\"", "2000", "\"$1.25\"", "2.5", "0.08", "1}", "\"hd\"", "\"1024x1024\"", "\"unit\"", "\"price\""];
        var part = parts[random.Next(parts.Length)];
        var value = part is [.., '}'] ? values[random.Next(values.Length)] + "}" : values[random.Next(values.Length)];
        try
        {
            return JsonSerializer.Deserialize<ModelSummary>(json.Replace(part, value));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ModelPrice Read(string json, ModelPriceOptions? options = null) =>
        ModelPrice.Read(JsonSerializer.Deserialize<ModelSummary>(json, _deep)!, options);
}
