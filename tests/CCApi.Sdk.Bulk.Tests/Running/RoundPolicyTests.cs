using System;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Running;

public class RoundPolicyTests
{
    [Fact]
    public void Decide_OfEachFailure_IsWhatItAllows()
    {
        Assert.Equal(RoundAction.Wait, Decide(new CCApiRateLimitException { IsTransient = true }));
        Assert.Equal(RoundAction.Fail, Decide(new CCApiRateLimitException { IsTransient = true }, rateLimits: 30));
        Assert.Equal(RoundAction.Repeat, Decide(new CCApiServerException { IsTransient = true }));
        Assert.Equal(RoundAction.Fail, Decide(new CCApiServerException { IsTransient = true }, rounds: 3));
        Assert.Equal(RoundAction.Doubt, Decide(new CCApiTimeoutException { IsTransient = true, Cost = new CCApiCost() }));
        Assert.Equal(RoundAction.Fail, Decide(new CCApiServerException { IsTransient = true, Cost = new CCApiCost { Amount = 1 } }));
        Assert.Equal(RoundAction.Doubt, Decide(new CCApiProtocolException()));
        Assert.Equal(RoundAction.Fail, Decide(new CCApiBadRequestException()));
        Assert.Equal(RoundAction.Fail, Decide(new ArgumentException("x")));
        Assert.Equal(RoundAction.OutOfBudget, Decide(new CCApiBudgetExceededException()));
        Assert.Equal(RoundAction.NotSent, Decide(new BulkLedgerException("x"), isSent: false));
        Assert.Equal(RoundAction.Doubt, Decide(new OperationCanceledException()));
        Assert.Equal(RoundAction.Fail, Decide(new OperationCanceledException(), isSent: false));
        Assert.Equal(RoundAction.Doubt, Decide(new InvalidOperationException("of a handler")));
    }

    [Theory]
    [InlineData(10, 4, 5, 6, true)]
    [InlineData(10, 4, 5, 7, false)]
    [InlineData(10, 10, 0, 1, false)]
    [InlineData(10, 4, 5, null, false)]
    public void MayFitLater_OfABudget_IsWhetherItFitsWithoutReservations(int limit, int spent, int reserved, int? requested, bool expected)
    {
        var exceeded = new CCApiBudgetExceededException { Limit = limit, Spent = spent, Reserved = reserved, Requested = requested };

        Assert.Equal(expected, RoundPolicy.MayFitLater(exceeded));
    }

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 4)]
    public void Delay_OfARound_Doubles(int rounds, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RoundPolicy.Delay(rounds, TimeSpan.FromSeconds(1), random));

    private static RoundAction Decide(Exception exception, bool isSent = true, int rounds = 1, int rateLimits = 1) =>
        Decide(exception, new RoundState { IsSent = isSent, Rounds = rounds, RateLimits = rateLimits });

    private static RoundAction Decide(Exception exception, RoundState state) => RoundPolicy.Decide(exception, state, maxRounds: 3);
}
