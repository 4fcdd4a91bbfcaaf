using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failover;

public class FailoverPolicyTests
{
    [Theory]
    [InlineData(408, true, true)]
    [InlineData(429, true, true)]
    [InlineData(500, true, true)]
    [InlineData(502, true, true)]
    [InlineData(503, true, true)]
    [InlineData(521, true, true)]
    [InlineData(529, true, true)]
    [InlineData(504, false, true)]
    [InlineData(520, false, true)]
    [InlineData(524, false, true)]
    [InlineData(501, false, false)]
    [InlineData(400, false, false)]
    [InlineData(401, false, false)]
    [InlineData(402, false, false)]
    [InlineData(403, false, false)]
    [InlineData(404, false, false)]
    [InlineData(413, false, false)]
    public void Allows_AfterAStatusOfTheGateway_WhatItGaveBack(int status, bool expected, bool expectedWhenChargedTwice) =>
        AssertAllows(expected, expectedWhenChargedTwice, FailureSamples.OfGateway(status, "c"), new CCApiFailoverOptions { OnOverload = false });

    [Theory]
    [InlineData(429, true)]
    [InlineData(523, true)]
    [InlineData(408, false)]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    public void Allows_AfterAStatusOfAProxy_OnlyWhatWasRejected(int status, bool expected) =>
        AssertAllows(expected, expectedWhenChargedTwice: true, FailureSamples.OfProxy(status), new CCApiFailoverOptions { OnOverload = false });

    [Theory]
    [InlineData("""{"error":{"message":"m","code":429}}""", true, true)]
    [InlineData("""{"error":{"message":"m","code":"overloaded_error"}}""", true, true)]
    [InlineData("""{"error":{"message":"m","type":"rate_limit_error"}}""", true, true)]
    [InlineData("""{"error":{"message":"m","code":504}}""", false, true)]
    [InlineData("""{"error":{"message":"m","code":503},"usage":{"total_tokens":7}}""", false, true)]
    [InlineData("""{"error":{"message":"m","code":"insufficient_quota"}}""", false, false)]
    [InlineData("""{"error":{"message":"m","code":"invalid_request"}}""", false, false)]
    [InlineData("""{"error":{"message":"m","code":1024}}""", false, false)]
    [InlineData("""{"error":{"message":"m"}}""", false, false)]
    public void Allows_AfterAnErrorInA200_ByWhatItReports(string body, bool expected, bool expectedWhenChargedTwice) =>
        AssertAllows(expected, expectedWhenChargedTwice, FailureSamples.OfSuccess(body), new CCApiFailoverOptions { OnOverload = false });

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Allows_AfterAnExceptionOfOthers_WhenItIsTransient(bool onOverload, bool isTransient, bool expected)
    {
        var failure = new CallFailure { Kind = FailureKind.External, IsTransient = isTransient };
        var options = new CCApiFailoverOptions { OnOverload = onOverload };

        Assert.Equal(expected, FailoverPolicy.Allows(failure, options, mayRepeatCharged: false));
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.Connect, true, true)]
    [InlineData(CCApiTimeoutKind.Attempt, false, true)]
    [InlineData(CCApiTimeoutKind.Idle, false, true)]
    [InlineData(CCApiTimeoutKind.FirstChunk, false, true)]
    [InlineData(CCApiTimeoutKind.HttpClient, false, true)]
    [InlineData(CCApiTimeoutKind.Total, false, false)]
    public void Allows_AfterATimeout_WhenNothingWasSent(CCApiTimeoutKind kind, bool expected, bool expectedWhenChargedTwice) =>
        AssertAllows(expected, expectedWhenChargedTwice, FailureSamples.OfTimeout(kind), new CCApiFailoverOptions { OnConnectionFailure = false });

    [Fact]
    public void Allows_AfterALostConnection_WhenNothingWasSent()
    {
        AssertAllows(expected: true, expectedWhenChargedTwice: true, FailureSamples.NotSent, new CCApiFailoverOptions { OnConnectionFailure = false });
        AssertAllows(expected: false, expectedWhenChargedTwice: true, FailureSamples.Lost, new CCApiFailoverOptions { OnConnectionFailure = false });
    }

    [Fact]
    public void Allows_AfterABrokenStream_OnlyWhatMayBeChargedTwice() =>
        AssertAllows(expected: false, expectedWhenChargedTwice: true, CallFailure.Stream("Broke.", isTransient: true), new CCApiFailoverOptions { OnConnectionFailure = false });

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public void Allows_AfterAModelThatIsNotServed(int status) => AssertAllows(
        expected: true, expectedWhenChargedTwice: true, FailureSamples.OfGateway(status, "model_not_found"), new CCApiFailoverOptions { OnModelUnavailable = false });

    [Fact]
    public void Allows_NothingElse()
    {
        AssertAllows(expected: false, expectedWhenChargedTwice: false, CallFailure.Protocol("HTML."), new CCApiFailoverOptions());
        AssertAllows(expected: false, expectedWhenChargedTwice: false, CallFailure.Stream("Unreadable."), new CCApiFailoverOptions());
        AssertAllows(expected: false, expectedWhenChargedTwice: false, CallFailure.ApiKey("None."), new CCApiFailoverOptions());
    }

    [Fact]
    public void IsOfModel_OfAResponse_IsTrue()
    {
        Assert.False(FailoverPolicy.IsOfModel(FailureSamples.NotSent));
        Assert.False(FailoverPolicy.IsOfModel(FailureSamples.OfTimeout(CCApiTimeoutKind.Attempt)));
        Assert.True(FailoverPolicy.IsOfModel(FailureSamples.OfGateway(503)));
    }

    private static void AssertAllows(bool expected, bool expectedWhenChargedTwice, CallFailure failure, CCApiFailoverOptions without)
    {
        Assert.Equal(expected, FailoverPolicy.Allows(failure, new CCApiFailoverOptions(), mayRepeatCharged: false));
        Assert.Equal(expectedWhenChargedTwice, FailoverPolicy.Allows(failure, new CCApiFailoverOptions(), mayRepeatCharged: true));
        Assert.False(FailoverPolicy.Allows(failure, without, mayRepeatCharged: true));
    }
}
