using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

public sealed class ReportedCostsTests
{
    private readonly ReportedCosts _costs = new();

    [Fact]
    public void AmountIn_OfMessagesOfOneCall_IsTheCostOfTheOneThatHasIt()
    {
        _costs.Add(Properties(0.25m, "USD"));
        _costs.Add(null);
        _costs.Add(new AdditionalPropertiesDictionary { ["index"] = 1 });

        Assert.Equal(0.25m, _costs.AmountIn("USD"));
    }

    [Fact]
    public void AmountIn_OfSeveralCalls_IsTheirSum()
    {
        _costs.Add(Properties(0.25m, "credits"));
        _costs.Add(Properties(0m, "credits"));
        _costs.Add(Properties(2m, "credits"));

        Assert.Equal(2.25m, _costs.AmountIn("credits"));
        Assert.Null(_costs.AmountIn("USD"));
    }

    [Theory]
    [InlineData(null, "USD", 1)]
    [InlineData("0.25", "USD", 1)]
    [InlineData(0.25, "USD", 1)]
    [InlineData(1, null, 1)]
    [InlineData(1, "USD", 2)]
    [InlineData(1, "USD", "1")]
    public void AmountIn_WithACallWhoseCostIsNotCertain_IsNull(object? amount, string? currency, object attempts)
    {
        _costs.Add(Properties(0.25m, "USD"));
        _costs.Add(new AdditionalPropertiesDictionary
        {
            [CCApiAIProperties.Attempts] = attempts,
            [CCApiAIProperties.Cost] = amount is int whole ? (decimal)whole : amount,
            [CCApiAIProperties.CostCurrency] = currency,
        });

        Assert.Null(_costs.AmountIn("USD"));
    }

    [Fact]
    public void AmountIn_OfNoCall_IsNull() => Assert.Null(_costs.AmountIn("USD"));

    private static AdditionalPropertiesDictionary Properties(decimal amount, string currency) => new()
    {
        [CCApiAIProperties.Attempts] = 1,
        [CCApiAIProperties.Cost] = amount,
        [CCApiAIProperties.CostCurrency] = currency,
    };
}
