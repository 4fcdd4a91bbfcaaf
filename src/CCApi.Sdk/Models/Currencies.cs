using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>The currencies of costs, prices and budgets.</summary>
internal static class Currencies
{
    /// <summary>US dollars, in which the gateway bills (documented).</summary>
    public const string Usd = "USD";

    /// <summary>Credits, whose value is not documented: see <see cref="CCApiClientOptions.CreditValue"/>.</summary>
    public const string Credits = "credits";

    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["usd"] = Usd,
        ["dollar"] = Usd,
        ["dollars"] = Usd,
        ["$"] = Usd,
        ["us$"] = Usd,
        ["eur"] = "EUR",
        ["euro"] = "EUR",
        ["euros"] = "EUR",
        ["€"] = "EUR",
        ["gbp"] = "GBP",
        ["£"] = "GBP",
        ["cny"] = "CNY",
        ["rmb"] = "CNY",
        ["jpy"] = "JPY",
        ["credit"] = Credits,
        ["credits"] = Credits,
    };

    /// <summary>The code of a currency; null for other words.</summary>
    /// <param name="word">The word, in lower case.</param>
    public static string? OfWord(string word)
    {
        if (_words.TryGetValue(word, out var code))
        {
            return code;
        }

        return null;
    }

    /// <summary>The code of what a <c>currency</c> member contains; null when it is not a currency.</summary>
    public static string? Stated(string text)
    {
        var word = text.Trim();
        if (OfWord(word.ToLowerInvariant()) is { } known)
        {
            return known;
        }

        var isCode = word.Length == 3
            && word[0] is >= 'A' and <= 'Z'
            && word[1] is >= 'A' and <= 'Z'
            && word[2] is >= 'A' and <= 'Z';

        return isCode ? word : null;
    }
}
