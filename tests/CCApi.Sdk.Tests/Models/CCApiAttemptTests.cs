using System;
using System.Globalization;
using System.Net;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class CCApiAttemptTests
{
    [Fact]
    public void Create_OfItsParts_KeepsThem()
    {
        var attempt = new CCApiAttempt
        {
            Number = 2,
            Request = "GET /models",
            Model = "m",
            StatusCode = HttpStatusCode.BadGateway,
            Fault = "bad",
            Elapsed = TimeSpan.FromSeconds(1),
            Decision = "transient",
            Delay = TimeSpan.FromSeconds(3),
            RateLimiterWait = TimeSpan.FromSeconds(4),
        };

        Assert.Equal(2, attempt.Number);
        Assert.Equal(HttpStatusCode.BadGateway, attempt.StatusCode);
        Assert.Equal("bad", attempt.Fault);
        Assert.Equal(TimeSpan.FromSeconds(1), attempt.Elapsed);
        Assert.Equal("transient", attempt.Decision);
        Assert.Equal(TimeSpan.FromSeconds(3), attempt.Delay);
        Assert.Equal(TimeSpan.FromSeconds(4), attempt.RateLimiterWait);
        Assert.Equal("GET /models", attempt.Request);
        Assert.Equal("m", attempt.Model);
    }

    [Theory]
    [InlineData(200, null, null, "attempt 1: 200 after 1.5 s; done")]
    [InlineData(503, "overloaded", "transient", "attempt 1: 503 overloaded after 1.5 s; transient")]
    [InlineData(null, "CCApiConnectionException", "transient", "attempt 1: CCApiConnectionException after 1.5 s; transient")]
    public void ToString_OfAnAttempt_IsOneLineInAnyCulture(int? status, string? fault, string? decision, string expected)
    {
        var attempt = new CCApiAttempt { Number = 1, StatusCode = (HttpStatusCode?)status, Fault = fault, Elapsed = TimeSpan.FromSeconds(1.5), Decision = decision };
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Cultures.CommaDecimal;

            Assert.Equal(expected, attempt.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
