using System;
using System.Globalization;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class UnixTimeTests
{
    [Theory]
    [InlineData(1, "1970-01-01T00:00:01.000Z")]
    [InlineData(1793701778, "2026-11-03T10:29:38.000Z")]
    [InlineData(1793701778123, "2026-11-03T10:29:38.123Z")]
    [InlineData(1793701778123456, "2026-11-03T10:29:38.123Z")]
    [InlineData(1793701778123456789, "2026-11-03T10:29:38.123Z")]
    [InlineData(-1, "1969-12-31T23:59:59.000Z")]
    [InlineData(-1793701778, "1913-02-28T13:30:22.000Z")]
    [InlineData(100_000_000_000, "5138-11-16T09:46:40.000Z")]
    [InlineData(100_000_000_001, "1973-03-03T09:46:40.001Z")]
    public void ToDate_OfAnyUnit_IsTheDate(long value, string expected)
    {
        var date = UnixTime.ToDate(value);

        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), date);
        Assert.Equal(TimeSpan.Zero, date?.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(long.MinValue)]
    [InlineData(-100_000_000_000)]
    public void ToDate_OfNoDate_IsNull(long? value)
    {
        var date = UnixTime.ToDate(value);

        Assert.Null(date);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue + 1)]
    [InlineData(253_402_300_800)]
    [InlineData(-100_000_000_000)]
    [InlineData(-62_135_596_801)]
    [InlineData(-62_135_596_800)]
    [InlineData(-62_135_596_800_500)]
    public void ToDate_OfAnExtreme_NeverThrows(long value)
    {
        var exception = Record.Exception(() => UnixTime.ToDate(value));

        Assert.Null(exception);
    }
}
