using System.Net;
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
    public void Allows_AStatus_WhatTheGatewayGaveBack(int status, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiException("No.") { StatusCode = (HttpStatusCode)status }, new CCApiFailoverOptions { OnOverload = false });

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
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiServerException("No.") { StatusCode = HttpStatusCode.OK, Code = code, Type = type }, new CCApiFailoverOptions { OnOverload = false });

    [Theory]
    [InlineData(CCApiTimeoutKind.Connect, true, true)]
    [InlineData(CCApiTimeoutKind.Attempt, false, true)]
    [InlineData(CCApiTimeoutKind.Idle, false, true)]
    [InlineData(CCApiTimeoutKind.FirstChunk, false, true)]
    [InlineData(CCApiTimeoutKind.HttpClient, false, true)]
    [InlineData(CCApiTimeoutKind.Total, false, false)]
    public void Allows_ATimeout_WhenNothingWasSent(CCApiTimeoutKind kind, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiTimeoutException("Late.") { Kind = kind }, new CCApiFailoverOptions { OnConnectionFailure = false });

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public void Allows_ALostConnection_WhenNothingWasSent(bool mayHaveBeenSent, bool expected, bool expectedWhenPaidTwice) =>
        AssertAllows(expected, expectedWhenPaidTwice, new CCApiConnectionException("Lost.") { MayHaveBeenSent = mayHaveBeenSent }, new CCApiFailoverOptions { OnConnectionFailure = false });

    [Fact]
    public void Allows_AModelThatNobodyServes() =>
        AssertAllows(expected: true, expectedWhenPaidTwice: true, new CCApiModelUnavailableException("None.") { StatusCode = HttpStatusCode.NotFound }, new CCApiFailoverOptions { OnModelUnavailable = false });

    [Fact]
    public void Allows_NothingElse()
    {
        AssertAllows(expected: false, expectedWhenPaidTwice: false, new CCApiProtocolException("HTML.") { StatusCode = HttpStatusCode.OK }, new CCApiFailoverOptions());
        AssertAllows(expected: false, expectedWhenPaidTwice: false, new CCApiStreamException("Broke."), new CCApiFailoverOptions());
    }

    [Fact]
    public void IsOfModel_OfAConnection_IsFalse()
    {
        Assert.False(FailoverPolicy.IsOfModel(new CCApiConnectionException()));
        Assert.False(FailoverPolicy.IsOfModel(new CCApiTimeoutException()));
        Assert.True(FailoverPolicy.IsOfModel(new CCApiServerException()));
        Assert.True(FailoverPolicy.IsOfModel(new CCApiModelUnavailableException()));
    }

    private static void AssertAllows(bool expected, bool expectedWhenPaidTwice, CCApiException error, CCApiFailoverOptions without)
    {
        Assert.Equal(expected, FailoverPolicy.Allows(error, new CCApiFailoverOptions(), mayChargeTwice: true));
        Assert.Equal(expectedWhenPaidTwice, FailoverPolicy.Allows(error, new CCApiFailoverOptions(), mayChargeTwice: false));
        Assert.False(FailoverPolicy.Allows(error, without, mayChargeTwice: false));
    }
}
