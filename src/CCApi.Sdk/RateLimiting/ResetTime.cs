using System;
using System.Globalization;

namespace CCApi.Sdk;

/// <summary>
/// Reads when a limit starts anew: seconds (<c>12.5</c>) or a duration (<c>6m0s</c>, <c>20ms</c>), as gateways write it
/// (observed).
/// </summary>
internal static class ResetTime
{
    // Above it, a number is a time of day in one of several units.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(2);

    /// <summary>The time until the reset; null when the text is something else, such as a date.</summary>
    public static TimeSpan? Parse(string text)
    {
        var total = 0d;
        var start = 0;

        while (start < text.Length)
        {
            var end = start;
            while (end < text.Length && (char.IsDigit(text[end]) || text[end] == '.'))
            {
                end++;
            }

            var digits = text.Substring(start, end - start);
            if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            var unitEnd = end;

            while (unitEnd < text.Length && char.IsLetter(text[unitEnd]))
            {
                unitEnd++;
            }

            if (SecondsOf(text.Substring(end, unitEnd - end)) is not { } seconds)
            {
                return null;
            }

            total += number * seconds;
            start = unitEnd;
        }

        if (text.Length > 0 && total <= _longest.TotalSeconds)
        {
            return TimeSpan.FromSeconds(total);
        }

        return null;
    }

    private static double? SecondsOf(string unit) => unit switch
    {
        "" or "s" => 1,
        "ms" => 0.001,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => null,
    };
}
