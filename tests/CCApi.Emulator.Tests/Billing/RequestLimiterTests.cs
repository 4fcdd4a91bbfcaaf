using System;
using System.Linq;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CCApi.Emulator.Tests.Billing;

public class RequestLimiterTests
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    private readonly EmulatorLimits _limits = new();
    private readonly HeaderDictionary _headers = [];

    [Fact]
    public void Admit_MoreThanTheRequestsOfAMinute_IsRejectedUntilTheOldestIsAMinuteOld()
    {
        _limits.RequestsPerMinute = 2;
        var limiter = new RequestLimiter(_limits);

        var admitted = new[] { 0, 10, 20, 59, 60, 61 }.Select(second => limiter.Admit(_start.AddSeconds(second), _headers)).ToArray();

        Assert.Equal([true, true, false, false, true, false], admitted.Select(rejection => rejection is null));
        Assert.Equal((429, TimeSpan.FromSeconds(40)), (admitted[2]!.Status, admitted[2]!.RetryAfter));
        Assert.Equal(("2", "0", "9s"), (Header("limit-requests"), Header("remaining-requests"), Header("reset-requests")));
    }

    [Fact]
    public void Admit_MoreThanAtOnce_IsRejectedUntilOneEnds()
    {
        _limits.ConcurrentRequests = 1;
        var limiter = new RequestLimiter(_limits);

        Assert.Null(limiter.Admit(_start, _headers));
        var second = limiter.Admit(_start, _headers);
        limiter.Release(_start, tokens: 0);

        Assert.Equal("More than 1 requests at once.", second!.Message);
        Assert.Null(limiter.Admit(_start, _headers));
    }

    [Fact]
    public void Admit_AfterTheTokensOfAMinute_IsRejectedUntilTheyAreAMinuteOld()
    {
        _limits.TokensPerMinute = 100;
        var limiter = new RequestLimiter(_limits);

        limiter.Admit(_start, _headers);
        limiter.Release(_start.AddSeconds(5), tokens: 150);
        var rejection = limiter.Admit(_start.AddSeconds(30), _headers);

        Assert.Equal(TimeSpan.FromSeconds(35), rejection!.RetryAfter);
        Assert.Equal(("100", "0"), (Header("limit-tokens"), Header("remaining-tokens")));
        Assert.Null(limiter.Admit(_start.AddSeconds(65), _headers));
    }

    [Fact]
    public void Admit_WithoutRetryAfter_HasNone()
    {
        _limits.ConcurrentRequests = 1;
        _limits.SendsRetryAfter = false;
        var limiter = new RequestLimiter(_limits);

        limiter.Admit(_start, _headers);

        Assert.Null(limiter.Admit(_start, _headers)!.RetryAfter);
    }

    private string Header(string name) => _headers[$"x-ratelimit-{name}"].ToString();
}
