using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// Finds and reads the numbers of a text: with a sign, an exponent, separators of thousands, and a point or a comma before the
/// decimals. Lists without spaces, such as <c>3,5,7</c>, are several numbers.
/// </summary>
internal static partial class NumberText
{
    /// <summary>Up to here a double holds every whole number.</summary>
    private const double Largest = 9_007_199_254_740_991;

    /// <summary>The numbers with their places, in order.</summary>
    public static IEnumerable<(string Value, int Index)> In(string text) =>
        Digits().Matches(List().Replace(text, WithSpaces)).Select(match => (match.Value, match.Index));

    /// <summary>The number that a value is.</summary>
    public static double Parse(string value)
    {
        var digits = value.Replace('\u2212', '-');
        if (HasDecimalComma(value))
        {
            digits = digits.Replace(".", string.Empty, StringComparison.Ordinal).Replace(',', '.');
        }

        // Digits of any script: those of full width are usual beside Chinese and Japanese.
        var plain = string.Concat(digits.Where(character => character is not (',' or '\u00A0' or '\u202F')).Select(Ascii));

        return Math.Clamp(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture), -Largest, Largest);
    }

    /// <summary>
    /// The two numbers that one with a comma may be as well, such as <c>3,5</c>; null for every other. How many are needed decides.
    /// </summary>
    public static (string First, string Second, int Offset)? Halves(string value)
    {
        var comma = value.IndexOf(',', StringComparison.Ordinal);
        var isAlone = comma > 0 && !value.Contains('.', StringComparison.Ordinal);
        if (isAlone && HasDecimalComma(value))
        {
            return (value[..comma], value[(comma + 1)..], comma + 1);
        }

        return null;
    }

    private static char Ascii(char character) =>
        char.IsDigit(character) ? (char)('0' + (int)char.GetNumericValue(character)) : character;

    private static bool HasDecimalComma(string value)
    {
        var isGrouped = Grouped().IsMatch(value);

        return !isGrouped && value.Count(character => character == ',') == 1;
    }

    /// <summary>The same text with spaces for the commas, unless they separate thousands.</summary>
    private static string WithSpaces(Match list)
    {
        if (Grouped().IsMatch(list.Value))
        {
            return list.Value;
        }

        return list.Value.Replace(',', ' ');
    }

    // Three or more; or two in brackets, or of which the second has decimals.
    [GeneratedRegex(
        @"(?<![\p{L}\d.,])(?:[-\u2212]?\d+(?:\.\d+)?(?:,[-\u2212]?\d+(?:\.\d+)?){2,}(?!\d|,\d)"
        + @"|(?<=[\[({])[-\u2212]?\d+,[-\u2212]?\d+(?=[\])}])|[-\u2212]?\d+(?:\.\d+)?,\d+\.\d+(?!\d|,\d))")]
    private static partial Regex List();

    // No number has a zero before its thousands.
    [GeneratedRegex(@"^[-\u2212]?[1-9]\d{0,2}(?:[,\u00A0\u202F]\d{3})+(?:\.\d+)?(?:[eE][-+]?\d+)?$")]
    private static partial Regex Grouped();

    // A hyphen is a sign only where no word or number stands before it.
    [GeneratedRegex(
        @"(?:(?<![\p{L}\p{Nd}.])[-\u2212])?"
        + @"(?:(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d+(?!\d|[,.]\d)|[1-9]\d{0,2}(?:[,\u00A0\u202F]\d{3})+(?!\d|,\d)(?:\.\d+)?"
        + @"|\d+,\d+(?!\d|[,.]\d)|\d+(?:\.\d+)?)|(?<![\p{L}\p{Nd}.,])\.\d+)"
        + @"(?:[eE][-+]?\d+(?![\p{L}\p{Nd}]))?")]
    private static partial Regex Digits();
}
