using System.Net.Http;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class CCApiRateLimitsTests
{
    [Fact]
    public void From_OfEveryHeader_ReadsEach()
    {
        var limits = From(
            ("x-ratelimit-limit-requests", "60"), ("x-ratelimit-remaining-requests", "59"), ("x-ratelimit-reset-requests", "1s"),
            ("x-ratelimit-limit-tokens", "150000"), ("x-ratelimit-remaining-tokens", "149984"), ("x-ratelimit-reset-tokens", "6m0s"));

        Assert.Equivalent(
            new CCApiRateLimits { RequestLimit = 60, RequestsRemaining = 59, RequestsReset = "1s", TokenLimit = 150000, TokensRemaining = 149984, TokensReset = "6m0s" },
            limits,
            strict: true);
    }

    [Fact]
    public void From_OfTheShortNames_ReadsThemAsRequests()
    {
        var limits = From(("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1793701778000"));

        Assert.Equivalent(new CCApiRateLimits { RequestLimit = 60, RequestsRemaining = 0, RequestsReset = "1793701778000" }, limits, strict: true);
    }

    [Fact]
    public void From_OfOneHeader_LeavesTheRestNull()
    {
        Assert.Equal(7, From(("x-ratelimit-remaining-tokens", "7"))?.TokensRemaining);
        Assert.Equal("1s", From(("x-ratelimit-reset-tokens", "1s"))?.TokensReset);
        Assert.Equal(7, From(("x-ratelimit-limit-tokens", "7"))?.TokenLimit);
    }

    [Fact]
    public void From_OfNone_IsNull()
    {
        Assert.Null(From());
        Assert.Null(From(("x-ratelimit-limit-requests", "many")));
    }

    private static CCApiRateLimits? From(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return CCApiRateLimits.From(response.Headers);
    }
}
