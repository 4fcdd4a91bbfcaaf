using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class RunTotalsTests
{
    private readonly RunTotals _totals = new();

    [Fact]
    public void Add_SeveralResponses_SumsUsageAndCost()
    {
        _totals.Add(Response(tokens: 10, cost: 0.5m));
        _totals.Add(Response(tokens: 7, cost: 0.25m));

        Assert.Equal((17L, 17L, 0.75m), (_totals.Usage!.TotalTokens, _totals.Tokens, _totals.Cost.Amount));
    }

    [Fact]
    public void Totals_BeforeTheFirstResponse_AreUnknown()
    {
        Assert.Null(_totals.Usage);
        Assert.Null(_totals.CostWith(failed: null));
        Assert.Equal((0L, CostSource.Unknown), (_totals.Tokens, _totals.Cost.Source));
    }

    [Fact]
    public void CostWith_ACallThatFailed_AddsItsCostAndKeepsTheTotal()
    {
        _totals.Add(Response(tokens: 1, cost: 0.5m));

        Assert.Equal(0.75m, _totals.CostWith(Cost(0.25m))!.Amount);
        Assert.Equal(0.5m, _totals.Cost.Amount);
    }

    private static ChatCompletionResponse Response(long tokens, decimal cost) => new()
    {
        Usage = new Usage { TotalTokens = tokens },
        Info = new CCApiResponseInfo { Cost = Cost(cost) },
    };

    private static CCApiCost Cost(decimal amount) => new() { Amount = amount, Currency = "USD", Source = CostSource.Reported };
}
