using System.Globalization;

namespace CCApi.Sdk.Tests.Support;

internal static class Cultures
{
    /// <summary>A culture that writes 1.5 as 1,5, with a minus and with names of months and days of its own. Created here, because a machine may have no culture data.</summary>
    public static CultureInfo CommaDecimal { get; } = Create();

    private static CultureInfo Create()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.AbbreviatedMonthNames = ["1m", "2m", "3m", "4m", "5m", "6m", "7m", "8m", "9m", "10m", "11m", "12m", ""];
        culture.DateTimeFormat.AbbreviatedDayNames = ["d0", "d1", "d2", "d3", "d4", "d5", "d6"];
        culture.DateTimeFormat.DayNames = ["day0", "day1", "day2", "day3", "day4", "day5", "day6"];
        culture.DateTimeFormat.TimeSeparator = ".";
        return culture;
    }
}
