using System;
using System.Net;
using System.Net.Http;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class CCApiResponseInfoTests
{
    [Fact]
    public void Info_CreatedByTheCaller_HasNoHeaders()
    {
        var info = new CCApiResponseInfo { StatusCode = HttpStatusCode.Accepted, Elapsed = TimeSpan.FromSeconds(1.5) };

        Assert.Null(info.RequestId);
        Assert.Null(info.RateLimits);
        Assert.Equal("202 in 1.5 s, 1 attempt(s), request id none", info.ToString());
    }

    [Fact]
    public void Attempts_OfASuccessAtOnce_IsOneAndTheSameListEachTime()
    {
        var info = new CCApiResponseInfo { StatusCode = HttpStatusCode.OK, Elapsed = TimeSpan.FromSeconds(1) };

        var attempts = info.Attempts;

        Assert.Equal("attempt 1: 200 after 1 s; done", Assert.Single(attempts).ToString());
        Assert.Same(attempts, info.Attempts);
        Assert.Null(attempts[0].Request);
    }

    [Fact]
    public void Attempts_OfASuccessAtOnce_KnowsWhatWasAsked()
    {
        var info = new CCApiResponseInfo(ApiRequest.Get("models?limit=5"), KeyRedaction.None) { StatusCode = HttpStatusCode.OK };

        Assert.Equal("GET /models", Assert.Single(info.Attempts).Request);
    }

    [Fact]
    public void Headers_OfAResponse_ContainIdAndLimits()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("X-Oneapi-Request-Id", "req-1");
        response.Headers.Add("x-ratelimit-limit-requests", "60");

        var info = new CCApiResponseInfo { StatusCode = HttpStatusCode.OK, Headers = response.Headers };

        Assert.Equal("req-1", info.RequestId);
        Assert.Equal(60, info.RateLimits?.RequestLimit);
        Assert.EndsWith("request id req-1", info.ToString(), StringComparison.Ordinal);
    }
}
