using System.Net;
using Xunit;

namespace CCApi.Sdk.Tests.Failover;

public class FailoverRulesTests
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
    public void Allows_AStatus_WhatTheGatewayGaveBack(int status, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiException("No.") { StatusCode = (HttpStatusCode)status }, new FailoverPolicy { OnOverload = false });

    [Theory]
    [InlineData("429", null, true, true)]
    [InlineData("overloaded_error", null, true, true)]
    [InlineData(null, "rate_limit_error", true, true)]
    [InlineData("504", null, false, true)]
    [InlineData("insufficient_quota", null, false, false)]
    [InlineData("invalid_request", null, false, false)]
    [InlineData("1024", null, false, false)]
    [InlineData(null, null, false, false)]
    public void Allows_AnErrorInA200_ByWhatItSays(string? code, string? type, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiServerException("No.") { StatusCode = HttpStatusCode.OK, Code = code, Type = type }, new FailoverPolicy { OnOverload = false });

    [Theory]
    [InlineData(CCApiTimeoutKind.Connect, true, true)]
    [InlineData(CCApiTimeoutKind.Attempt, false, true)]
    [InlineData(CCApiTimeoutKind.Idle, false, true)]
    [InlineData(CCApiTimeoutKind.FirstChunk, false, true)]
    [InlineData(CCApiTimeoutKind.HttpClient, false, true)]
    [InlineData(CCApiTimeoutKind.Total, false, false)]
    public void Allows_ATimeout_WhenNothingWasSent(CCApiTimeoutKind kind, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiTimeoutException("Late.") { Kind = kind }, new FailoverPolicy { OnConnectionFailure = false });

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public void Allows_ALostConnection_WhenNothingWasSent(bool mayHaveBeenSent, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiConnectionException("Lost.") { MayHaveBeenSent = mayHaveBeenSent }, new FailoverPolicy { OnConnectionFailure = false });

    [Fact]
    public void Allows_AModelThatNobodyServes() =>
        AssertAllows(expected: true, expectedWhenPaidTwice: true, new CCApiModelUnavailableException("None.") { StatusCode = HttpStatusCode.NotFound }, new FailoverPolicy { OnModelUnavailable = false });

    [Fact]
    public void Allows_NothingElse()
    {
        AssertAllows(expected: false, expectedWhenPaidTwice: false, new CCApiProtocolException("HTML.") { StatusCode = HttpStatusCode.OK }, new FailoverPolicy());
        AssertAllows(expected: false, expectedWhenPaidTwice: false, new CCApiStreamException("Broke."), new FailoverPolicy());
    }

    [Fact]
    public void IsOfModel_OfAConnection_IsFalse()
    {
        Assert.False(FailoverRules.IsOfModel(new CCApiConnectionException()));
        Assert.False(FailoverRules.IsOfModel(new CCApiTimeoutException()));
        Assert.True(FailoverRules.IsOfModel(new CCApiServerException()));
        Assert.True(FailoverRules.IsOfModel(new CCApiModelUnavailableException()));
    }

    private static void AssertAllows(bool expected, bool expectedWhenPaidTwice, CCApiException error, FailoverPolicy without)
    {
        Assert.Equal(expected, FailoverRules.Allows(error, new FailoverPolicy(), mayChargeTwice: true));
        Assert.Equal(expectedWhenPaidTwice, FailoverRules.Allows(error, new FailoverPolicy(), mayChargeTwice: false));
        Assert.False(FailoverRules.Allows(error, without, mayChargeTwice: false));
    }
}
