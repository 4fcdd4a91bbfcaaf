using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PriceWordsTests
{
    [Theory]
    [InlineData("input_cost_per_token", "input cost per token")]
    [InlineData("inputCostPerToken", "input cost per token")]
    [InlineData("input-per-1M", "input per 1m")]
    [InlineData("outputPer1MTokens", "output per 1mtokens")]
    [InlineData("$/MTok", "$ mtok")]
    [InlineData("0.5k images", "0.5k images")]
    [InlineData("¥/1M tokens", "¥ 1m tokens")]
    [InlineData("15¢, ~5%", "15¢ ~5%")]
    [InlineData("input (per 1M)", "input per 1m")]
    [InlineData("1M\u00a0tokens", "1m tokens")]
    [InlineData("...", "")]
    [InlineData("", "")]
    public void Split_OfAName_IsItsWords(string name, string expected) => Assert.Equal(expected, string.Join(" ", PriceWords.Split(name)));

    [Fact]
    public void Split_OfALongName_HasNoWords() => Assert.Empty(PriceWords.Split(new string('a', 100)));

    [Theory]
    [InlineData("200k", 200_000L)]
    [InlineData("1m", 1_000_000L)]
    [InlineData("128000", 128_000L)]
    [InlineData("1hr", null)]
    [InlineData("k", null)]
    [InlineData("99999999999999999999", null)]
    public void Count_OfAWord_IsItsNumber(string word, long? expected) => Assert.Equal(expected, PriceWords.Count(word));

    [Theory]
    [InlineData("1024x1024", "1024x1024")]
    [InlineData("1024*1792", "1024x1792")]
    [InlineData("1024 x 1024", "1024x1024")]
    [InlineData("4K", "4K")]
    [InlineData("x", null)]
    [InlineData("1024x", null)]
    [InlineData("axb", null)]
    public void Size_OfAName_IsWidthAndHeight(string name, string? expected) => Assert.Equal(expected, PriceWords.Size(name));

    [Theory]
    [InlineData("usd", "USD")]
    [InlineData("US dollars", null)]
    [InlineData("$", "USD")]
    [InlineData("Credits", "credits")]
    [InlineData("SEK", "SEK")]
    [InlineData("sek", null)]
    [InlineData("", null)]
    public void StatedCurrency_OfAText_IsItsCode(string text, string? expected) => Assert.Equal(expected, Currencies.Stated(text));
}
