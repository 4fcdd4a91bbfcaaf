using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Reads the whole numbers up to ninety-nine that a prompt has in words.</summary>
internal static partial class NumberWords
{
    private static readonly string[] _small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] _tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>The numbers in order, in digits, with their places.</summary>
    public static IReadOnlyList<(string Digits, int Index)> In(string prompt)
    {
        var found = Number().Matches(prompt).Select(match => (Value: ValueOf(match.Value), match.Index)).ToList();

        // "one" alone is rarely a number.
        var isOnlyOne = found is [(1, _)];

        return isOnlyOne ? [] : [.. found.Select(number => (number.Value.ToString(CultureInfo.InvariantCulture), number.Index))];
    }

    private static int ValueOf(string words)
    {
        var sum = 0;
        foreach (var word in words.ToLowerInvariant().Split('-', ' '))
        {
            var ten = Array.IndexOf(_tens, word);
            sum += ten < 0 ? Array.IndexOf(_small, word) : (ten + 2) * 10;
        }

        return sum;
    }

    [GeneratedRegex(
        @"\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
        + @"zero|one|two|three|four|five|six|seven|eight|nine|ten|"
        + @"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
