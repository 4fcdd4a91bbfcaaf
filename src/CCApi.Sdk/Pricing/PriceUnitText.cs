using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>A unit as gateways write it: <c>1M tokens</c>, <c>per_million</c>, <c>$/MTok</c>, <c>1K characters</c>, <c>image</c>.</summary>
/// <param name="Unit">What is counted; null where only a number is stated.</param>
/// <param name="Per">How many of it, 1 or more.</param>
/// <param name="Item">What is charged for, where the unit contains it; else null.</param>
/// <param name="Currency">The currency, where the unit contains it; else null.</param>
internal readonly record struct PriceUnitText(PriceUnit? Unit, long Per, PriceItem? Item, string? Currency)
{
    /// <summary>Reads a unit; null when a word of it is unknown.</summary>
    public static PriceUnitText? Parse(string text) => Parse(PriceWords.Split(text));

    /// <inheritdoc cref="Parse(string)"/>
    public static PriceUnitText? Parse(IReadOnlyList<string> words)
    {
        var result = new PriceUnitText(null, 1, null, null);
        if (words.Count == 0)
        {
            return null;
        }

        foreach (var word in words)
        {
            if (result.With(word) is not { } next)
            {
                return null;
            }

            result = next;
        }

        return result;
    }

    private PriceUnitText? With(string word)
    {
        if (PriceWords.Currency(word) is { } currency)
        {
            return this with { Currency = currency };
        }

        var digits = 0;

        while (digits < word.Length && word[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        var per = digits == 0 ? 1 : PriceWords.Count(word.Substring(0, digits));
        if (per is > 0 && Multiply(per.Value) is { } multiplied)
        {
            return multiplied.WithNoun(word.Substring(digits));
        }

        return null;
    }

    private PriceUnitText? WithNoun(string noun) => noun switch
    {
        "" or "per" or "of" or "price" or "cost" or "text" => this,
        "k" or "thousand" => Multiply(1_000),
        "m" or "mm" or "mil" or "million" or "millions" => Multiply(1_000_000),
        "token" or "tokens" or "tok" or "toks" => Of(PriceUnit.Token, 1),
        "ktok" or "ktoken" or "ktokens" => Of(PriceUnit.Token, 1_000),
        "mtok" or "mtoken" or "mtokens" => Of(PriceUnit.Token, 1_000_000),
        "character" or "characters" or "char" or "chars" => Of(PriceUnit.Character, 1),
        "kchar" or "kchars" => Of(PriceUnit.Character, 1_000),
        "mchar" or "mchars" => Of(PriceUnit.Character, 1_000_000),
        "image" or "images" or "picture" or "pictures" => Of(PriceUnit.Image, 1),
        "s" or "sec" or "secs" or "second" or "seconds" => Of(PriceUnit.Second, 1),
        "min" or "mins" or "minute" or "minutes" => Of(PriceUnit.Second, 60),
        "h" or "hr" or "hour" or "hours" => Of(PriceUnit.Second, 3_600),
        "call" or "calls" or "request" or "requests" or "generation" or "generations" => Of(PriceUnit.Call, 1),
        "job" or "jobs" or "song" or "track" or "file" => Of(PriceUnit.Call, 1),

        // One video is one call; "video second" counts seconds.
        "video" or "videos" => Unit is null ? Of(PriceUnit.Call, 1) : this,
        "audio" or "generated" => this,
        "input" or "prompt" => this with { Item = PriceItem.Input },
        "output" or "completion" => this with { Item = PriceItem.Output },
        _ => null,
    };

    private PriceUnitText? Of(PriceUnit unit, long per)
    {
        // "call" of "video" gives way to what is counted in it; two nouns otherwise contradict each other.
        var isFree = Unit is null or PriceUnit.Call || Unit == unit;
        if (isFree)
        {
            return (this with { Unit = unit }).Multiply(per);
        }

        return null;
    }

    private PriceUnitText? Multiply(long per)
    {
        if (Per > 1_000_000_000 / per)
        {
            return null;
        }

        return this with { Per = Per * per };
    }
}
