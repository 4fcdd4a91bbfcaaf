using System;
using System.Collections.Generic;
using System.Globalization;

namespace CCApi.Sdk;

/// <summary>Reads an amount of money, a number or a text such as <c>$2.50 / 1M tokens</c>.</summary>
/// <param name="Amount">The amount; null when there is none.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="Unit">The unit that the text contains; null for none.</param>
internal readonly record struct PriceNumber(decimal? Amount, string? Reason, PriceUnitText? Unit)
{
    private const int MaxShown = 40;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly HashSet<string> _multipliers = new(StringComparer.Ordinal) { "k", "m", "mm", "mil", "thousand", "million" };

    public static PriceNumber Parse(string? text)
    {
        var rest = text?.Trim() ?? string.Empty;
        var isTooLong = rest.Length > 200;
        if (rest.Length == 0 || isTooLong)
        {
            return Fail(isTooLong ? "a text of more than 200 characters is not a price" : "it is empty");
        }

        var start = 0;

        while (start < rest.Length && !IsPartOfNumber(rest[start]))
        {
            start++;
        }

        var end = start;

        while (end < rest.Length && IsPartOfNumber(rest, start, end))
        {
            end++;
        }

        var shown = Shown(rest);
        var before = rest.Substring(0, start).Trim();
        var after = rest.Substring(end).Trim();

        // "1,250" and "1 250" may be either number, "5-10" is none, and "(5)" may be a negative one.
        var digits = rest.Substring(start, end - start);
        var isBroken = after is [',' or '-' or ')' or ']', ..] || GoesOn(after);
        var isNumber = HasDigit(digits, '0') && !isBroken;
        if (!isNumber || !TryUnit(before, after, out var unit))
        {
            return Fail($"{shown} is not a number{(isNumber ? " with a unit that is known" : string.Empty)}");
        }

        var number = Number(digits, shown);

        return number with { Unit = unit };
    }

    /// <summary>A text as it may be shown in a reason: bounded, without control characters.</summary>
    public static string Shown(string text)
    {
        var shown = text.Length > MaxShown ? $"{text.Substring(0, MaxShown)}..." : text;
        var characters = shown.ToCharArray();

        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = char.IsControl(characters[i]) || char.IsSurrogate(characters[i]) ? '?' : characters[i];
        }

        return $"'{new string(characters)}'";
    }

    private static PriceNumber Number(string digits, string shown)
    {
        if (!decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var amount))
        {
            return Fail($"{shown} is not a number that a decimal can hold");
        }

        if (amount < 0)
        {
            return Fail($"{shown} is negative");
        }

        // 1e-40 is not zero, but rounds to zero as a decimal.
        var isLost = amount == 0 && HasDigit(digits, '1');
        if (isLost)
        {
            return Fail($"{shown} is too small for a decimal");
        }

        return new PriceNumber(amount, null, null);
    }

    /// <summary>Whether there is a digit from <paramref name="least"/> to 9 before the exponent.</summary>
    private static bool HasDigit(string digits, char least)
    {
        foreach (var character in digits)
        {
            if (character is 'e' or 'E')
            {
                return false;
            }

            if (character >= least && character <= '9')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether more digits follow, which are not those of a unit such as <c>/ 1000</c> or <c>1M</c>.</summary>
    private static bool GoesOn(string after)
    {
        if (after is ['/', ..] || PriceWords.Split(after) is not [{ } next, ..])
        {
            return false;
        }

        foreach (var character in next)
        {
            if (character is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryUnit(string before, string after, out PriceUnitText? unit)
    {
        unit = null;
        var isMultiplied = after is not ['/', ..] && PriceWords.Split(after) is [{ } next, ..] && _multipliers.Contains(next);
        if (isMultiplied)
        {
            // "5k" may be 5000, or 5 per thousand.
            return false;
        }

        var words = PriceWords.Split($"{before} {after}");
        var hasOnlySymbols = words.Count == 0
            && before.Length == 0
            && after.Length == 0;
        if (hasOnlySymbols)
        {
            return true;
        }

        words.Remove("us");
        unit = PriceUnitText.Parse(words);

        // A number alone may be a price too: "2.5 / 10" are two.
        return unit is { Unit: not null } or { Per: 1 or 1_000 or 1_000_000 };
    }

    private static bool IsPartOfNumber(char character) => character is >= '0' and <= '9' or '.' or '-' or '+';

    private static bool IsPartOfNumber(string text, int start, int index)
    {
        var isSign = text[index] is '-' or '+';
        if (isSign)
        {
            return index == start || text[index - 1] is 'e' or 'E';
        }

        if (text[index] is 'e' or 'E')
        {
            return index > start
                && index + 1 < text.Length
                && (text[index + 1] is >= '0' and <= '9' or '-' or '+');
        }

        return IsPartOfNumber(text[index]);
    }

    private static PriceNumber Fail(string reason) => new(null, reason, null);
}
