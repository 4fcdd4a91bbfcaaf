using System;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Retry;

[Properties(Replay = "20261103,7")]
public class RetryPolicyTests
{
    private static readonly CCApiFailoverOptions _failover = new();

    private const string PossiblyCharged = "it may have been charged, and RetryPossiblyCharged is off";
    private const string Useless = "a retry would not change it";

    private static readonly RetryCase _failed = new(
        FailureSamples.OfGateway(503), Attempt: 1, MaxRetries: 2, MayRepeatCharged: false, HasNewKey: null, Remaining: TimeSpan.FromMinutes(10), NextModel: null);

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
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(status) });

        Assert.True(decision.GoesOn);
        Assert.Equal("transient", decision.Reason);
        Assert.True(StatusPolicy.IsTransient(status));
    }

    [Theory]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    public void Decide_PossiblyChargedStatus_RetriesOnlyWhatMayBeChargedTwice(int status)
    {
        var paid = _failed with { Failure = FailureSamples.OfGateway(status) };

        Assert.Equal(RetryDecision.GiveUp(PossiblyCharged), Decide(paid));
        Assert.True(Decide(paid with { MayRepeatCharged = true }).GoesOn);
        Assert.True(StatusPolicy.IsTransient(status));
    }

    [Fact]
    public void Decide_OfEveryOtherStatus_DoesNotRetry()
    {
        int[] retried = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];
        var others = Enumerable.Range(100, 900).Except(retried).ToArray();

        var decisions = others.Select(status => Decide(_failed with { Failure = FailureSamples.OfGateway(status, "c"), MayRepeatCharged = true })).Distinct();

        Assert.Equal(RetryDecision.GiveUp(Useless), Assert.Single(decisions));
        Assert.DoesNotContain(others, StatusPolicy.IsTransient);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public void Decide_OfAModelThatNobodyServes_DoesNotRetry(int status)
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(status, "model_not_found"), MayRepeatCharged = true });

        Assert.Equal(RetryDecision.GiveUp("no provider serves the model, which waiting does not change"), decision);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(400)]
    public void Decide_OfAGatewayThatSaysNo_NeverRetries(int status)
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(status, "c", "x-should-retry: false"), MayRepeatCharged = true });

        Assert.Equal(RetryDecision.GiveUp("x-should-retry is false"), decision);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(503)]
    public void Decide_ShouldRetryIsTrue_RetriesARejection(int status)
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(status, "c", "x-should-retry: true") });

        Assert.Equal(new RetryDecision(RetryAction.Retry, TimeSpan.FromSeconds(0.25), "x-should-retry is true"), decision);
    }

    [Fact]
    public void Decide_OfAGatewayThatSaysYes_RetriesAModelThatNobodyServes()
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(503, "model_not_found", "x-should-retry: true") });

        Assert.True(decision.GoesOn);
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
        var paid = _failed with { Failure = FailureSamples.OfGateway(status, "c", "x-should-retry: true") };

        Assert.Equal(RetryDecision.GiveUp(PossiblyCharged), Decide(paid));
        Assert.True(Decide(paid with { MayRepeatCharged = true }).GoesOn);
    }

    /// <summary>An error in a 200 whose meaning is unknown may follow work that was done; one that is a rejection does not.</summary>
    [Theory]
    [InlineData("""{"error":{"message":"m"}}""", false)]
    [InlineData("""{"error":{"message":"m","code":"odd"}}""", false)]
    [InlineData("""{"error":{"message":"m","code":400}}""", true)]
    [InlineData("""{"error":{"message":"m","code":"overloaded"}}""", true)]
    public void Decide_ShouldRetryOnErrorInASuccess_RetriesOnlyWhatIsARejection(string body, bool isRetried)
    {
        var failed = _failed with { Failure = FailureSamples.OfSuccess(body, "x-should-retry: true") };

        Assert.Equal(isRetried, Decide(failed).GoesOn);
        Assert.True(Decide(failed with { MayRepeatCharged = true }).GoesOn);
    }

    [Fact]
    public void Decide_OfAGatewayThatSaysYes_KeepsEveryLimit()
    {
        var asked = _failed with { Failure = FailureSamples.OfGateway(409, "c", "x-should-retry: true") };

        Assert.Equal("2 retries were made", Decide(asked with { Attempt = 3 }).Reason);
        Assert.Equal("retries are off", Decide(asked with { MaxRetries = 0 }).Reason);
        Assert.False(Decide(asked with { Failure = asked.Failure with { RetryAfter = TimeSpan.FromSeconds(411000) } }).GoesOn);
        Assert.False(Decide(asked with { Remaining = TimeSpan.FromSeconds(0.1) }).GoesOn);
    }

    [Fact]
    public void Decide_OfAGatewayThatSaysYesAndWhen_WaitsThatLong()
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(409, "c", "x-should-retry: true", "Retry-After: 3") });

        Assert.Equal(
            new RetryDecision(RetryAction.Retry, TimeSpan.FromSeconds(3.25), "x-should-retry is true; the gateway sent Retry-After"), decision);
    }

    [Fact]
    public void Decide_OfARefusedKeyAndAnother_TriesAtOnceWhateverTheOtherLimits()
    {
        var rejected = _failed with
        {
            Failure = FailureSamples.OfGateway(401, "c", "x-should-retry: false", "Retry-After: 411000"),
            HasNewKey = true,
            MaxRetries = 0,
            Remaining = TimeSpan.FromTicks(1),
        };

        Assert.Equal(new RetryDecision(RetryAction.RenewKey, TimeSpan.Zero, "ApiKeyProvider returned another key"), Decide(rejected));
    }

    [Fact]
    public void Decide_OfARefusedKeyAndAnotherWithoutTime_DoesNotRetry()
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(401), HasNewKey = true, Remaining = TimeSpan.Zero });

        Assert.Equal(RetryDecision.GiveUp("the total budget is used up"), decision);
    }

    [Fact]
    public void Decide_OfARefusedKeyAndTheSame_DoesNotRetry()
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfGateway(401, "c", "x-should-retry: true"), HasNewKey = false });

        Assert.Equal(RetryDecision.GiveUp("ApiKeyProvider returned the same key again"), decision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_OfARequestThatWasNotSent_Retries(bool mayChargeTwice)
    {
        var decision = Decide(_failed with { Failure = FailureSamples.NotSent, MayRepeatCharged = !mayChargeTwice });

        Assert.True(decision.GoesOn);
    }

    [Fact]
    public void Decide_RequestThatMayHaveBeenSent_RetriesOnlyWhatMayBeChargedTwice()
    {
        var broken = _failed with { Failure = FailureSamples.Lost };

        Assert.Equal(RetryDecision.GiveUp(PossiblyCharged), Decide(broken));
        Assert.True(Decide(broken with { MayRepeatCharged = true }).GoesOn);
    }

    [Fact]
    public void Decide_OfAFinalFault_DoesNotRetry()
    {
        var decision = Decide(_failed with { Failure = CallFailure.Protocol("HTML"), MayRepeatCharged = true });

        Assert.Equal(RetryDecision.GiveUp(Useless), decision);
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

        Assert.Equal(expected, decision.GoesOn);
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
        var decision = Decide(_failed with { Attempt = 3, Failure = FailureSamples.OfGateway(400) });

        Assert.Equal(Useless, decision.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(60)]
    public void Decide_OfRetryAfter_AddsTheJitterToIt(double seconds)
    {
        var asked = TimeSpan.FromSeconds(seconds);

        var decision = Decide(_failed with { Failure = After(asked) });

        Assert.Equal(new RetryDecision(RetryAction.Retry, asked + TimeSpan.FromSeconds(0.25), "transient; the gateway sent Retry-After"), decision);
    }

    [Theory]
    [InlineData(411000)]
    [InlineData(922337203685)]
    public void Decide_OfAnAbsurdRetryAfter_DoesNotRetryWhateverTheBudget(double seconds)
    {
        var decision = Decide(_failed with { Failure = After(TimeSpan.FromSeconds(seconds)), Remaining = TimeSpan.MaxValue });

        Assert.Equal(RetryDecision.GiveUp(FormattableString.Invariant($"Retry-After is {seconds} s, more than MaxRetryAfter (60 s)")), decision);
    }

    [Fact]
    public void Decide_OfRetryAfterAboveItsCeiling_DoesNotRetry()
    {
        var decision = Decide(_failed with { Failure = After(TimeSpan.FromSeconds(60.5)) });

        Assert.Equal(RetryDecision.GiveUp("Retry-After is 60.5 s, more than MaxRetryAfter (60 s)"), decision);
    }

    [Theory]
    [InlineData(5, 5.251, true)]
    [InlineData(5, 5.25, false)]
    [InlineData(5, 4, false)]
    [InlineData(0, 0, false)]
    public void Decide_OfAWaitAndABudget_RetriesOnlyWithinTheBudget(double wait, double remaining, bool expected)
    {
        var decision = Decide(_failed with { Failure = After(TimeSpan.FromSeconds(wait)), Remaining = TimeSpan.FromSeconds(remaining) });

        Assert.Equal(expected, decision.GoesOn);
    }

    [Fact]
    public void Decide_OfAWaitLongerThanTheBudget_SaysSo()
    {
        var decision = Decide(_failed with { Remaining = TimeSpan.FromSeconds(0.2) });

        Assert.Equal(RetryDecision.GiveUp("the delay of 0.25 s would exceed the total budget"), decision);
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
        var decision = RetryPolicy.Decide(_failed with { Attempt = attempt, MaxRetries = 100 }, new CCApiRetryOptions(), _failover, random);

        Assert.Equal(TimeSpan.FromSeconds(expected), decision.Delay);
    }

    [Property]
    public void Decide_AnyRandomNumber_WaitsWithinTheBounds(int attempt, uint sample, uint baseMilliseconds, uint maxMilliseconds)
    {
        var options = new CCApiRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(baseMilliseconds), MaxDelay = TimeSpan.FromMilliseconds(maxMilliseconds) };
        var random = sample / ((double)uint.MaxValue + 1);

        var decision = RetryPolicy.Decide(
            _failed with { Attempt = Math.Abs(attempt % 5000) + 1, MaxRetries = int.MaxValue, Remaining = TimeSpan.MaxValue }, options, _failover, random);

        Assert.True(decision.GoesOn);
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

        var decision = RetryPolicy.Decide(_failed with { Attempt = attempt, MaxRetries = int.MaxValue }, options, _failover, random: 0.5);

        Assert.Equal(new RetryDecision(RetryAction.Retry, TimeSpan.Zero, "transient"), decision);
    }

    [Fact]
    public void Decide_OfTheLongestDelays_DoesNotOverflow()
    {
        var options = new CCApiRetryOptions { BaseDelay = TimeSpan.MaxValue, MaxDelay = TimeSpan.MaxValue };

        var decision = RetryPolicy.Decide(_failed with { Remaining = TimeSpan.MaxValue }, options, _failover, random: 0.5);

        Assert.True(decision.Delay > TimeSpan.FromDays(1000));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void Decide_AfterAStatusOfAProxy_RetriesOnlyWhatMayBeChargedTwice(int status)
    {
        foreach (var body in new[] { "<html>nginx</html>", "", "upstream connect error", """{"message":"no healthy upstream"}""", """{"title":"Bad Gateway","status":502,"type":"about:blank","detail":"x"}""" })
        {
            var failed = _failed with { Failure = FailureSamples.OfProxy(status, body) };

            Assert.Equal(RetryDecision.GiveUp(PossiblyCharged), Decide(failed));
            Assert.True(Decide(failed with { MayRepeatCharged = true }).GoesOn);
        }
    }

    [Theory]
    [InlineData(429)]
    [InlineData(521)]
    [InlineData(522)]
    [InlineData(523)]
    [InlineData(529)]
    public void Decide_AfterARejectionByAProxy_Retries(int status)
    {
        Assert.Equal(RetryAction.Retry, Decide(_failed with { Failure = FailureSamples.OfProxy(status) }).Action);
    }

    [Fact]
    public void Decide_AfterTheLastRetry_FailsOverToTheNextModel()
    {
        var decision = Decide(_failed with { Attempt = 3, NextModel = "b" });

        Assert.Equal(new RetryDecision(RetryAction.FailOver, TimeSpan.Zero, "2 retries were made; fails over to b"), decision);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_AfterAPossiblyChargedFailure_FailsOverOnlyWhenAllowed(bool mayRepeatCharged)
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfProxy(502), Attempt = 3, NextModel = "b", MayRepeatCharged = mayRepeatCharged });

        Assert.Equal(mayRepeatCharged ? RetryAction.FailOver : RetryAction.GiveUp, decision.Action);
    }

    [Fact]
    public void Decide_WithoutTime_DoesNotFailOver()
    {
        var decision = Decide(_failed with { NextModel = "b", Remaining = TimeSpan.Zero });

        Assert.Equal(RetryAction.GiveUp, decision.Action);
    }

    [Fact]
    public void Decide_AfterTheTotalBudget_GivesUp()
    {
        var decision = Decide(_failed with { Failure = FailureSamples.OfTimeout(CCApiTimeoutKind.Total), MayRepeatCharged = true, Remaining = TimeSpan.Zero });

        Assert.Equal(RetryDecision.GiveUp("the total budget is used up"), decision);
    }

    private static CallFailure After(TimeSpan retryAfter) => _failed.Failure with { RetryAfter = retryAfter };

    private static RetryDecision Decide(RetryCase failed) => RetryPolicy.Decide(failed, new CCApiRetryOptions(), _failover, random: 0.5);
}
