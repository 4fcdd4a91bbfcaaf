using System;
using System.Globalization;
using System.Net.Http.Headers;

namespace CCApi.Sdk;

/// <summary>Reads the retry delay that a response specifies.</summary>
internal static class RetryAfter
{
    private static readonly string[] _dateFormats =
        ["r", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The delay, never negative; null when the response specifies none, or one that cannot be read.</summary>
    /// <param name="headers">The headers of the response.</param>
    /// <param name="now">The time here, for a date when the response does not contain the time of the server.</param>
    public static TimeSpan? Parse(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (ResponseHeaders.First(headers, "retry-after-ms") is { } milliseconds && TryNumber(milliseconds, out var number))
        {
            return Wait(number / 1000);
        }

        if (ResponseHeaders.First(headers, "Retry-After") is not { } text)
        {
            return null;
        }

        if (TryNumber(text, out number))
        {
            return Wait(number);
        }

        // The clock here may be wrong; the difference of two dates of the same clock is not.
        var there = TryDate(ResponseHeaders.First(headers, "Date"), now, out var sent) ? sent : now;
        if (!TryDate(text, there, out var date))
        {
            return null;
        }

        return date > there ? date - there : TimeSpan.Zero;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number);

    private static bool TryDate(string? text, DateTimeOffset now, out DateTimeOffset date)
    {
        // A year of two digits is at most 50 years ahead (RFC 9110, 5.6.7); the platform has a fixed end.
        var format = (DateTimeFormatInfo)DateTimeFormatInfo.InvariantInfo.Clone();
        format.Calendar = new GregorianCalendar { TwoDigitYearMax = Math.Max(99, Math.Min(now.Year + 50, 9999)) };

        return DateTimeOffset.TryParseExact(
            text,
            _dateFormats,
            format,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out date);
    }

    private static TimeSpan Wait(double seconds)
    {
        if (seconds <= 0)
        {
            return TimeSpan.Zero;
        }

        if (seconds >= TimeSpan.MaxValue.TotalSeconds)
        {
            return TimeSpan.MaxValue;
        }

        return TimeSpan.FromSeconds(seconds);
    }
}
