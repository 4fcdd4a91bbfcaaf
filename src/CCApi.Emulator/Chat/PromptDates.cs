using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Finds the dates and the times of day of a prompt.</summary>
internal static partial class PromptDates
{
    private static readonly string[] _forms =
    [
        "d MMMM yyyy", "MMMM d yyyy", "d MMM yyyy", "MMM d yyyy", "d'.'M'.'yyyy", "M'/'d'/'yyyy", "d'/'M'/'yyyy",
    ];

    /// <summary>
    /// The dates as JSON schema has them, with their places. Dotted ones have the day first, those with slashes the month.
    /// </summary>
    public static IEnumerable<(string Value, int Index)> In(string text)
    {
        foreach (Match match in Date().Matches(text))
        {
            if (Read(match.Value) is { } date)
            {
                yield return (date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), match.Index);
            }
        }
    }

    /// <summary>The times of day as they are written, with their places.</summary>
    public static IEnumerable<(string Value, int Index)> TimesIn(string text) =>
        Time().Matches(text).Select(match => (match.Value, match.Index));

    /// <summary>A text of the same length without dates and times, whose numbers are not amounts.</summary>
    public static string Without(string text)
    {
        var withoutDates = Date().Replace(text, match => Read(match.Value) is null ? match.Value : Spaces(match));

        return Time().Replace(withoutDates, Spaces);
    }

    private static string Spaces(Match match) => new(' ', match.Length);

    private static DateOnly? Read(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
        {
            return iso;
        }

        var plain = Ending().Replace(text.Replace(",", string.Empty, StringComparison.Ordinal), string.Empty);
        if (DateOnly.TryParseExact(plain, _forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        return null;
    }

    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}])(?:\d{4}-\d{2}-\d{2}(?=T\d|(?![\p{L}\p{Nd}]))|(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}"
        + @"|\d{1,2}(?:st|nd|rd|th)? \p{L}{3,9} \d{4}|\p{L}{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?![\p{L}\p{Nd}]))")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=\d)(?:st|nd|rd|th)\b")]
    private static partial Regex Ending();
}
