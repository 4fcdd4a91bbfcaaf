using System;
using System.Globalization;
using System.Net.Http;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class RetryAfterTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 3, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("120", 120)]
    [InlineData(" 7 ", 7)]
    [InlineData("1.5", 1.5)]
    [InlineData("0.25", 0.25)]
    [InlineData("1e1", 10)]
    [InlineData("-5", 0)]
    [InlineData("-0.5", 0)]
    [InlineData("+3", 3)]
    [InlineData("411000", 411000)]
    [InlineData("-411000", 0)]
    [InlineData("-1e300", 0)]
    public void Parse_OfSeconds_IsThatLong(string text, double expected)
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", text)), _now);

        Assert.Equal(TimeSpan.FromSeconds(expected), wait);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("1e300")]
    [InlineData("922337203686")]
    [InlineData("922337203685.47754")]
    public void Parse_OfAHugeNumber_IsTheLongestTime(string text)
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", text)), _now);

        Assert.Equal(TimeSpan.MaxValue, wait);
    }

    [Theory]
    [InlineData("Tue, 03 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Tue, 3 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Tue,  03 Nov 2026  10:00:30 GMT", 30)]
    [InlineData("Tuesday, 03-Nov-26 10:01:00 GMT", 60)]
    [InlineData("Tue Nov 3 10:00:05 2026", 5)]
    [InlineData("Tue Nov  3 10:00:05 2026", 5)]
    [InlineData("Tue, 03 Nov 2026 10:00:00 GMT", 0)]
    [InlineData("Tue, 03 Nov 2026 09:00:00 GMT", 0)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 0)]
    [InlineData("Sun Nov  6 08:49:37 1994", 0)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 0)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", 0)]
    [InlineData("Tue, 03 Nov 2099 10:00:00 GMT", -1)]
    public void Parse_OfADate_IsTheTimeUntilThen(string text, int expected)
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", text)), _now);

        Assert.Equal(expected < 0 ? new DateTimeOffset(2099, 11, 3, 10, 0, 0, TimeSpan.Zero) - _now : TimeSpan.FromSeconds(expected), wait);
    }

    [Fact]
    public void Parse_OfADateAndTheGatewaysClock_IsTheDifferenceOfTheTwo()
    {
        var headers = Headers(("Retry-After", "Tue, 03 Nov 2026 12:00:20 GMT"), ("Date", "Tue, 03 Nov 2026 12:00:00 GMT"));

        var wait = RetryAfter.Parse(headers, _now);

        Assert.Equal(TimeSpan.FromSeconds(20), wait);
    }

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public void Parse_OfADateAndAnAbsurdClock_IsStillATime(string clock)
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", "Tuesday, 03-Nov-26 12:00:20 GMT"), ("Date", clock)), _now);

        Assert.True(wait >= TimeSpan.Zero || wait is null);
    }

    [Fact]
    public void Parse_OfADateAndAnUnreadableClock_TakesTheClockHere()
    {
        var headers = Headers(("Retry-After", "Tue, 03 Nov 2026 10:00:20 GMT"), ("Date", "yesterday"));

        var wait = RetryAfter.Parse(headers, _now);

        Assert.Equal(TimeSpan.FromSeconds(20), wait);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("5 s")]
    [InlineData("2026-13-45")]
    [InlineData("Tue, 99 Nov 2026 10:00:30 GMT")]
    public void Parse_OfGarbage_IsNull(string text)
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", text)), _now);

        Assert.Null(wait);
    }

    /// <summary>A year of two digits is the one that is at most 50 years ahead (RFC 9110, 5.6.7).</summary>
    [Theory]
    [InlineData("Friday, 03-Nov-45 10:00:00 GMT", 2045)]
    [InlineData("Tuesday, 03-Nov-76 10:00:00 GMT", 2076)]
    [InlineData("Thursday, 03-Nov-77 10:00:00 GMT", null)]
    public void Parse_OfAYearOfTwoDigits_IsAtMostFiftyYearsAhead(string text, int? year)
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", text)), _now);

        Assert.Equal(year is { } known ? new DateTimeOffset(known, 11, 3, 10, 0, 0, TimeSpan.Zero) - _now : TimeSpan.Zero, wait);
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-5", 0.0)]
    [InlineData("1,5", null)]
    [InlineData("~5", null)]
    [InlineData("Tue, 03 Nov 2026 10:00:30 GMT", 30.0)]
    [InlineData("Tuesday, 03-Nov-26 10:01:00 GMT", 60.0)]
    [InlineData("Tue Nov  3 10:00:05 2026", 5.0)]
    [InlineData("d2, 03 11m 2026 10.00.30 GMT", null)]
    public void Parse_InAnotherCulture_IsTheSame(string text, double? expected)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Cultures.CommaDecimal;

            var wait = RetryAfter.Parse(Headers(("Retry-After", text), ("Date", "Tue, 03 Nov 2026 10:00:00 GMT")), DateTimeOffset.MinValue);

            Assert.Equal(expected is { } seconds ? TimeSpan.FromSeconds(seconds) : null, wait);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Parse_OfSeveralHeaders_TakesTheFirstThatSaysSomething()
    {
        var wait = RetryAfter.Parse(Headers(("Retry-After", " "), ("Retry-After", "4"), ("Retry-After", "9")), _now);

        Assert.Equal(TimeSpan.FromSeconds(4), wait);
    }

    [Fact]
    public void Parse_OfNoHeader_IsNull()
    {
        var wait = RetryAfter.Parse(Headers(), _now);

        Assert.Null(wait);
    }

    [Theory]
    [InlineData("250", 0.25)]
    [InlineData("1500.0", 1.5)]
    [InlineData("0", 0)]
    [InlineData("-1", 0)]
    public void Parse_OfMilliseconds_WinsOverSeconds(string text, double expected)
    {
        var headers = Headers(("retry-after-ms", text), ("Retry-After", "9"));

        var wait = RetryAfter.Parse(headers, _now);

        Assert.Equal(TimeSpan.FromSeconds(expected), wait);
    }

    [Fact]
    public void Parse_OfUnreadableMilliseconds_TakesTheSeconds()
    {
        var headers = Headers(("retry-after-ms", "soon"), ("Retry-After", "9"));

        var wait = RetryAfter.Parse(headers, _now);

        Assert.Equal(TimeSpan.FromSeconds(9), wait);
    }

    private static System.Net.Http.Headers.HttpResponseHeaders Headers(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response.Headers;
    }
}
