using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class PriceQuoteTests
{
    [Fact]
    public void Quotes_OfTheSameAmountAndCurrency_AreEqual()
    {
        var quote = PriceQuote.Of(1.5m, "USD");

        Assert.True(quote == PriceQuote.Of(1.50m, "USD"));
        Assert.True(quote.Equals((object)PriceQuote.Of(1.5m, "USD")));
        Assert.True(quote != PriceQuote.Of(1.5m, "credits"));
        Assert.False(quote.Equals("1.5 USD"));
        Assert.NotEqual(PriceQuote.Unknown("a"), PriceQuote.Unknown("b"));
        Assert.Equal(quote.GetHashCode(), PriceQuote.Of(1.50m, "USD").GetHashCode());
    }

    [Fact]
    public void ToString_OfAQuote_IsForPeople()
    {
        Assert.Equal("0.0125 USD", PriceQuote.Of(0.0125m, "USD").ToString());
        Assert.Equal("0.0003 USD", PriceQuote.Of(0.15m * 2000 / 1_000_000.00m, "USD").ToString());
        Assert.Equal("unknown: no price", PriceQuote.Unknown("no price").ToString());
    }
}
