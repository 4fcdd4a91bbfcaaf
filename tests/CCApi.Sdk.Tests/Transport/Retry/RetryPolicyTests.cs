using System;
using System.Linq;
using System.Net;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Retry;

[Properties(Replay = "20261103,7")]
public class RetryPolicyTests
{
    private const string PossiblyCharged = "it may have been charged, and RetryPossiblyCharged is off";
    private const string Useless = "trying again would not change it";

    private static readonly RetryCase _failed = new(
        Attempt: 1,
        MaxRetries: 2,
        AttemptFault.Status,
        HttpStatusCode.ServiceUnavailable,
        IsModelUnavailable: false,
        MayChargeTwice: true,
        HasNewKey: null,
        Wish: null,
        RetryAfter: null,
        Remaining: TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(521)]
    [InlineData(522)]
    [InlineData(523)]
    [InlineData(529)]
    public void Decide_OfARefundedStatus_RetriesEvenWhatCosts(int status)
    {
        var decision = Decide(_failed with { Status = (HttpStatusCode)status });

        Assert.True(decision.Retry);
        Assert.Equal("transient", decision.Reason);
        Assert.True(RetryPolicy.IsTransient(status));
    }

    [Theory]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    public void Decide_OfAPossiblyChargedStatus_RetriesOnlyWhatMayBePaidTwice(int status)
    {
        var paid = _failed with { Status = (HttpStatusCode)status };

        Assert.Equal(RetryDecision.No(PossiblyCharged), Decide(paid));
        Assert.True(Decide(paid with { MayChargeTwice = false }).Retry);
        Assert.True(RetryPolicy.IsTransient(status));
    }

    [Fact]
    public void Decide_OfEveryOtherStatus_DoesNotRetry()
    {
        int[] retried = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];
        var others = Enumerable.Range(100, 900).Except(retried).ToArray();

        var decisions = others.Select(status => Decide(_failed with { Status = (HttpStatusCode)status, MayChargeTwice = false })).Distinct();

        Assert.Equal(RetryDecision.No(Useless), Assert.Single(decisions));
        Assert.DoesNotContain(others, RetryPolicy.IsTransient);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public void Decide_OfAModelThatNobodyServes_DoesNotRetry(int status)
    {
        var decision = Decide(_failed with { Status = (HttpStatusCode)status, IsModelUnavailable = true, MayChargeTwice = false });

        Assert.Equal(RetryDecision.No("no provider serves the model, which waiting does not change"), decision);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(400)]
    public void Decide_OfAGatewayThatSaysNo_NeverRetries(int status)
    {
        var decision = Decide(_failed with { Status = (HttpStatusCode)status, Wish = false, MayChargeTwice = false });

        Assert.Equal(RetryDecision.No("the gateway says not to try again (x-should-retry: false)"), decision);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(503)]
    public void Decide_OfAGatewayThatSaysYes_RetriesWhatItRefused(int status)
    {
        var decision = Decide(_failed with { Status = (HttpStatusCode)status, Wish = true });

        Assert.Equal(new RetryDecision(Retry: true, TimeSpan.FromSeconds(0.25), "the gateway says to try again (x-should-retry: true)"), decision);
    }

    [Fact]
    public void Decide_OfAGatewayThatSaysYes_RetriesAModelThatNobodyServes()
    {
        var decision = Decide(_failed with { Wish = true, IsModelUnavailable = true });

        Assert.True(decision.Retry);
    }

    /// <summary>That trying again may succeed does not say who pays for the first time.</summary>
    [Theory]
    [InlineData(501)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    [InlineData(599)]
    public void Decide_OfAGatewayThatSaysYes_RetriesAPossiblyChargedPostOnlyWhenAllowed(int status)
    {
        var paid = _failed with { Status = (HttpStatusCode)status, Wish = true };

        Assert.Equal(RetryDecision.No(PossiblyCharged), Decide(paid));
        Assert.True(Decide(paid with { MayChargeTwice = false }).Retry);
    }

    [Fact]
    public void Decide_OfAGatewayThatSaysYes_KeepsEveryLimit()
    {
        var asked = _failed with { Status = HttpStatusCode.Conflict, Wish = true };

        Assert.Equal("2 retries were made", Decide(asked with { Attempt = 3 }).Reason);
        Assert.Equal("retries are off", Decide(asked with { MaxRetries = 0 }).Reason);
        Assert.False(Decide(asked with { RetryAfter = TimeSpan.FromSeconds(411000) }).Retry);
        Assert.False(Decide(asked with { Remaining = TimeSpan.FromSeconds(0.1) }).Retry);
        Assert.False(Decide(asked with { Fault = AttemptFault.Final, Status = HttpStatusCode.OK }).Retry);
    }

    [Fact]
    public void Decide_OfAGatewayThatSaysYesAndWhen_WaitsThatLong()
    {
        var decision = Decide(_failed with { Status = HttpStatusCode.Conflict, Wish = true, RetryAfter = TimeSpan.FromSeconds(3) });

        Assert.Equal(
            new RetryDecision(Retry: true, TimeSpan.FromSeconds(3), "the gateway says to try again (x-should-retry: true) and when to come back"), decision);
    }

    [Fact]
    public void Decide_OfARefusedKeyAndAnother_TriesAtOnceWhateverTheOtherLimits()
    {
        var refused = _failed with
        {
            Status = HttpStatusCode.Unauthorized,
            HasNewKey = true,
            MaxRetries = 0,
            Wish = false,
            RetryAfter = TimeSpan.FromSeconds(411000),
            Remaining = TimeSpan.FromTicks(1),
        };

        Assert.Equal(new RetryDecision(Retry: true, TimeSpan.Zero, "ApiKeyProvider gave another key"), Decide(refused));
    }

    [Fact]
    public void Decide_OfARefusedKeyAndAnotherWithoutTime_DoesNotRetry()
    {
        var decision = Decide(_failed with { Status = HttpStatusCode.Unauthorized, HasNewKey = true, Remaining = TimeSpan.Zero });

        Assert.Equal(RetryDecision.No("the total budget is used up"), decision);
    }

    [Fact]
    public void Decide_OfARefusedKeyAndTheSame_DoesNotRetry()
    {
        var decision = Decide(_failed with { Status = HttpStatusCode.Unauthorized, HasNewKey = false, Wish = true });

        Assert.Equal(RetryDecision.No("ApiKeyProvider gave the same key again"), decision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_OfARequestThatWasNotSent_Retries(bool mayChargeTwice)
    {
        var decision = Decide(_failed with { Fault = AttemptFault.NotSent, Status = null, MayChargeTwice = mayChargeTwice });

        Assert.True(decision.Retry);
    }

    [Fact]
    public void Decide_OfARequestThatMayHaveBeenSent_RetriesOnlyWhatMayBePaidTwice()
    {
        var broken = _failed with { Fault = AttemptFault.PossiblySent, Status = null };

        Assert.Equal(RetryDecision.No(PossiblyCharged), Decide(broken));
        Assert.True(Decide(broken with { MayChargeTwice = false }).Retry);
    }

    [Fact]
    public void Decide_OfAFinalFault_DoesNotRetry()
    {
        var decision = Decide(_failed with { Fault = AttemptFault.Final, MayChargeTwice = false });

        Assert.Equal(RetryDecision.No(Useless), decision);
    }

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(2, 2, true)]
    [InlineData(3, 2, false)]
    [InlineData(3, 5, true)]
    public void Decide_OfAttempts_StopsAfterMaxRetries(int attempt, int maxRetries, bool expected)
    {
        var decision = Decide(_failed with { Attempt = attempt, MaxRetries = maxRetries });

        Assert.Equal(expected, decision.Retry);
    }

    [Fact]
    public void Decide_OfTooManyAttempts_SaysHowMany()
    {
        Assert.Equal("retries are off", Decide(_failed with { MaxRetries = 0 }).Reason);
        Assert.Equal("2 retries were made", Decide(_failed with { Attempt = 3 }).Reason);
    }

    [Fact]
    public void Decide_OfARefusalAndTooManyAttempts_SaysTheRefusal()
    {
        var decision = Decide(_failed with { Attempt = 3, Status = HttpStatusCode.BadRequest });

        Assert.Equal(Useless, decision.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(60)]
    public void Decide_OfRetryAfter_WaitsExactlyThatLong(double seconds)
    {
        var asked = TimeSpan.FromSeconds(seconds);

        var decision = Decide(_failed with { RetryAfter = asked });

        Assert.Equal(new RetryDecision(Retry: true, asked, "transient; the gateway said when to come back"), decision);
    }

    [Theory]
    [InlineData(411000)]
    [InlineData(922337203685)]
    public void Decide_OfAnAbsurdRetryAfter_DoesNotRetryWhateverTheBudget(double seconds)
    {
        var decision = Decide(_failed with { RetryAfter = TimeSpan.FromSeconds(seconds), Remaining = TimeSpan.MaxValue });

        Assert.Equal(RetryDecision.No(FormattableString.Invariant($"the gateway asks to wait {seconds} s, more than MaxRetryAfter (60 s)")), decision);
    }

    [Fact]
    public void Decide_OfRetryAfterAboveItsCeiling_DoesNotRetry()
    {
        var decision = Decide(_failed with { RetryAfter = TimeSpan.FromSeconds(60.5) });

        Assert.Equal(RetryDecision.No("the gateway asks to wait 60.5 s, more than MaxRetryAfter (60 s)"), decision);
    }

    [Theory]
    [InlineData(5, 5.001, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(0, 0, false)]
    public void Decide_OfAWaitAndABudget_RetriesOnlyWithinTheBudget(double wait, double remaining, bool expected)
    {
        var decision = Decide(_failed with { RetryAfter = TimeSpan.FromSeconds(wait), Remaining = TimeSpan.FromSeconds(remaining) });

        Assert.Equal(expected, decision.Retry);
    }

    [Fact]
    public void Decide_OfAWaitLongerThanTheBudget_SaysSo()
    {
        var decision = Decide(_failed with { Remaining = TimeSpan.FromSeconds(0.2) });

        Assert.Equal(RetryDecision.No("the wait of 0.25 s would outlast the total budget"), decision);
    }

    [Theory]
    [InlineData(1, 0.5, 0.25)]
    [InlineData(2, 0.5, 0.5)]
    [InlineData(3, 0.5, 1)]
    [InlineData(5, 0.5, 4)]
    [InlineData(6, 0.5, 4)]
    [InlineData(50, 0.5, 4)]
    [InlineData(1, 0, 0)]
    [InlineData(5, 0.25, 2)]
    public void Decide_OfAnAttempt_DoublesTheBoundOfTheWait(int attempt, double random, double expected)
    {
        var decision = RetryPolicy.Decide(_failed with { Attempt = attempt, MaxRetries = 100 }, new CCApiRetryOptions(), random);

        Assert.Equal(TimeSpan.FromSeconds(expected), decision.Delay);
    }

    [Property]
    public void Decide_OfAnyDice_WaitsWithinTheBounds(int attempt, uint dice, uint baseMilliseconds, uint maxMilliseconds)
    {
        var options = new CCApiRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(baseMilliseconds), MaxDelay = TimeSpan.FromMilliseconds(maxMilliseconds) };
        var random = dice / ((double)uint.MaxValue + 1);

        var decision = RetryPolicy.Decide(
            _failed with { Attempt = Math.Abs(attempt % 5000) + 1, MaxRetries = int.MaxValue, Remaining = TimeSpan.MaxValue }, options, random);

        Assert.True(decision.Retry);
        Assert.InRange(decision.Delay, TimeSpan.Zero, options.MaxDelay);
        Assert.True(attempt != 0 || decision.Delay <= options.BaseDelay);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(int.MaxValue)]
    public void Decide_WithoutABaseDelay_NeverWaits(int attempt)
    {
        var options = new CCApiRetryOptions { BaseDelay = TimeSpan.Zero };

        var decision = RetryPolicy.Decide(_failed with { Attempt = attempt, MaxRetries = int.MaxValue }, options, random: 0.5);

        Assert.Equal(new RetryDecision(Retry: true, TimeSpan.Zero, "transient"), decision);
    }

    [Fact]
    public void Decide_OfTheLongestDelays_DoesNotOverflow()
    {
        var options = new CCApiRetryOptions { BaseDelay = TimeSpan.MaxValue, MaxDelay = TimeSpan.MaxValue };

        var decision = RetryPolicy.Decide(_failed with { Remaining = TimeSpan.MaxValue }, options, random: 0.5);

        Assert.True(decision.Delay > TimeSpan.FromDays(1000));
    }

    private static RetryDecision Decide(RetryCase failed) => RetryPolicy.Decide(failed, new CCApiRetryOptions(), random: 0.5);
}
