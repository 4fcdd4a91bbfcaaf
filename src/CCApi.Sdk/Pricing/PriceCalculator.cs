using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>
/// Multiplies a usage with the rates of a price. Everything is <see cref="decimal"/>; what is needed and not known makes the
/// result unknown, never zero.
/// </summary>
internal ref struct PriceCalculator
{
    private static readonly PriceItem[] _inputs = [PriceItem.Input, PriceItem.CachedInput, PriceItem.CacheWrite, PriceItem.InputAudio];

    private static readonly PriceItem[] _outputs = [PriceItem.Output, PriceItem.Reasoning, PriceItem.OutputAudio];

    private const string OfSeveralCurrencies = "its prices are in several currencies";

    private readonly ModelPrice _price;
    private readonly PricedUsage _usage;
    private readonly bool _isAtMost;
    private decimal _total;
    private string? _currency;
    private string? _reason;

    private PriceCalculator(ModelPrice price, PricedUsage usage, bool isAtMost)
    {
        _price = price;
        _usage = usage;
        _isAtMost = isAtMost;
    }

    public static PriceQuote Quote(ModelPrice price, PricedUsage usage, bool isAtMost)
    {
        if ((price.UnknownReason ?? UsageProblem(usage)) is { } reason)
        {
            return PriceQuote.Unknown(reason);
        }

        try
        {
            return new PriceCalculator(price, usage, isAtMost).Sum();
        }
        catch (OverflowException)
        {
            return PriceQuote.Unknown("the amount is too large to compute");
        }
    }

    private PriceQuote Sum()
    {
        if (_isAtMost)
        {
            AddTokensAtMost(_inputs, _usage.PromptTokens, "prompt tokens");
            AddTokensAtMost(_outputs, _usage.CompletionTokens, "completion tokens");
        }
        else
        {
            AddInputTokens();
            AddOutputTokens();
        }

        Add(PriceItem.Input, PriceUnit.Character, _usage.Characters, "characters");
        Add(PriceItem.Input, PriceUnit.Second, _usage.Seconds, "seconds");
        Add(PriceItem.Input, PriceUnit.Image, _usage.InputImages ?? 0, "images");
        Add(PriceItem.Output, PriceUnit.Image, _usage.Images, "images");
        Add(PriceItem.Output, PriceUnit.Second, _usage.Seconds, "seconds");
        Add(PriceItem.Call, PriceUnit.Call, _usage.Calls, "calls");

        if (_reason is not null)
        {
            return PriceQuote.Unknown(_reason);
        }

        if (_currency is null)
        {
            return PriceQuote.Unknown("the catalog has no price for this kind of usage");
        }

        return PriceQuote.Of(_total, _currency);
    }

    private void AddInputTokens()
    {
        var cached = Apart(PriceItem.CachedInput, _usage.CachedTokens);
        var written = Apart(PriceItem.CacheWrite, _usage.CacheWriteTokens);
        var audio = Apart(PriceItem.InputAudio, _usage.InputAudioTokens);

        AddTokens(PriceItem.Input, _usage.PromptTokens - cached - written - audio, "prompt tokens");
        Add(PriceItem.CachedInput, PriceUnit.Token, cached, "cached tokens");
        Add(PriceItem.CacheWrite, PriceUnit.Token, written, "cached tokens");
        Add(PriceItem.InputAudio, PriceUnit.Token, audio, "audio tokens");
    }

    private void AddOutputTokens()
    {
        var reasoning = Apart(PriceItem.Reasoning, _usage.ReasoningTokens);
        var audio = Apart(PriceItem.OutputAudio, _usage.OutputAudioTokens);

        AddTokens(PriceItem.Output, _usage.CompletionTokens - reasoning - audio, "completion tokens");
        Add(PriceItem.Reasoning, PriceUnit.Token, reasoning, "reasoning tokens");
        Add(PriceItem.OutputAudio, PriceUnit.Token, audio, "audio tokens");
    }

    /// <summary>Takes each token for the dearest kind of its side: which kinds a model uses is known only afterwards.</summary>
    /// <param name="items">The kinds, that of plain text first.</param>
    /// <param name="tokens">How many; null when that is not known.</param>
    /// <param name="name">What they are called.</param>
    private void AddTokensAtMost(PriceItem[] items, long? tokens, string name)
    {
        var rates = new List<ModelRate>(items.Length);

        foreach (var item in items)
        {
            // What a cache saves is a discount: its price matters only where it can be read and is higher.
            var isNeeded = item != PriceItem.CachedInput && tokens != 0;
            Fail(isNeeded ? IssueOf(item, PriceUnit.Token, isEmptyToo: false) : null);
            if (Choose(item, PriceUnit.Token) is { } rate)
            {
                rates.Add(rate);
                Fail(isNeeded && HasAnotherCurrency(rate) ? OfSeveralCurrencies : null);
            }
        }

        if (rates.Exists(rate => rate.Currency != rates[0].Currency))
        {
            Fail(OfSeveralCurrencies);
        }

        if (tokens is > 0 and var known && Choose(items[0], PriceUnit.Token) is not null)
        {
            AddAmount(rates.OrderByDescending(rate => rate.PerUnit).First(), known);
            return;
        }

        AddTokens(items[0], tokens, name);
        if (rates.Count > 0 && tokens is null)
        {
            Fail(NotCounted(name));
        }
    }

    /// <summary>How many tokens are charged at a rate of their own; none where there is no such rate.</summary>
    private long Apart(PriceItem item, long? tokens)
    {
        if (tokens is not > 0)
        {
            return 0;
        }

        if (Has(item, PriceUnit.Token))
        {
            return tokens.Value;
        }

        // A price that is there and cannot be read is not the price of the other tokens.
        Fail(IssueOf(item, PriceUnit.Token, isEmptyToo: true));

        return 0;
    }

    private void AddTokens(PriceItem item, long? tokens, string name)
    {
        if (Has(item, PriceUnit.Token))
        {
            Add(item, PriceUnit.Token, tokens, name);
            return;
        }

        Fail(IssueOf(item, PriceUnit.Token, isEmptyToo: true));
        if (tokens > 0 && IsPricedByTokens())
        {
            Fail($"the catalog has no price for {name}");
        }
    }

    private void Add(PriceItem item, PriceUnit unit, decimal? quantity, string name)
    {
        if (!Has(item, unit))
        {
            Fail(quantity > 0 && unit != PriceUnit.Token ? IssueOf(item, unit, isEmptyToo: false, isOfUnit: true) : null);
            return;
        }

        if (quantity == 0)
        {
            return;
        }

        if (quantity is not { } known)
        {
            Fail(NotCounted(name));
            return;
        }

        if (Choose(item, unit) is not { } rate)
        {
            Fail(OfNoRate(item, unit, name));
            return;
        }

        if (!_isAtMost && HasAnother(rate))
        {
            Fail($"the catalog has several prices for {name}");
        }

        if (_isAtMost && HasAnotherCurrency(rate))
        {
            Fail(OfSeveralCurrencies);
        }

        AddAmount(rate, known);
    }

    /// <summary>Whether there is another price for the same, so that which of them is charged is not known.</summary>
    private readonly bool HasAnother(ModelRate chosen)
    {
        foreach (var rate in _price.Rates)
        {
            // A tier that ends later than the chosen one begins overlaps with it.
            var isOfSameTier = rate.MinInputTokens == chosen.MinInputTokens || rate.MaxInputTokens is not null;
            var isForSame = rate.Item == chosen.Item
                && rate.Unit == chosen.Unit
                && rate.Currency == chosen.Currency
                && isOfSameTier;
            var isOther = isForSame && rate.PerUnit != chosen.PerUnit;
            var isForUsage = isOther && IsFor(rate);
            if (isForUsage && Specificity(rate) == Specificity(chosen))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a rate of another currency may be the dearer one: the same has no price in the chosen currency.</summary>
    private readonly bool HasAnotherCurrency(ModelRate chosen)
    {
        foreach (var rate in _price.Rates)
        {
            var isForSame = rate.Item == chosen.Item && rate.Unit == chosen.Unit && rate.Currency != chosen.Currency;
            if (isForSame && IsFor(rate) && Specificity(rate) == Specificity(chosen) && !HasTwin(rate, chosen.Currency))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the same is priced in a currency too.</summary>
    private readonly bool HasTwin(ModelRate rate, string currency) => _price.Rates.Any(other =>
        other.Currency == currency
        && (other.Item, other.Unit, other.Size, other.Quality) == (rate.Item, rate.Unit, rate.Size, rate.Quality)
        && (other.MinInputTokens, other.MaxInputTokens) == (rate.MinInputTokens, rate.MaxInputTokens));

    private void AddAmount(ModelRate rate, decimal quantity)
    {
        var amount = quantity * rate.Amount / rate.Per;
        _total += amount;
        if (amount != 0 && _total != amount && _currency != rate.Currency)
        {
            Fail(OfSeveralCurrencies);
        }

        if (amount != 0 || _currency is null)
        {
            _currency = rate.Currency;
        }
    }

    private readonly bool Has(PriceItem item, PriceUnit unit)
    {
        foreach (var rate in _price.Rates)
        {
            if (rate.Item == item && rate.Unit == unit)
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsPricedByTokens()
    {
        foreach (var rate in _price.Rates)
        {
            if (rate.Unit == PriceUnit.Token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The most specific rate for this size, quality and number of prompt tokens; for the cost at most, the highest.</summary>
    private readonly ModelRate? Choose(PriceItem item, PriceUnit unit)
    {
        ModelRate? best = null;
        foreach (var rate in _price.Rates)
        {
            var isOfKind = rate.Item == item && rate.Unit == unit;
            if (!isOfKind || !IsFor(rate))
            {
                continue;
            }

            if (best is null || IsBetter(rate, best))
            {
                best = rate;
            }
        }

        return best;
    }

    private readonly bool IsFor(ModelRate rate) =>
        IsFor(rate.Size, _usage.ImageSize)
        && IsFor(rate.Quality, _usage.ImageQuality)
        && IsForPrompt(rate);

    /// <summary>Whether the size of the prompt is that of the tier; a bound is that of smaller prompts too.</summary>
    private readonly bool IsForPrompt(ModelRate rate)
    {
        if (_usage.PromptTokens is not { } prompt)
        {
            return _isAtMost || rate is { MinInputTokens: 0, MaxInputTokens: null };
        }

        var isBelowEnd = _isAtMost || rate.MaxInputTokens is null || prompt <= rate.MaxInputTokens;

        return rate.MinInputTokens <= prompt && isBelowEnd;
    }

    private readonly bool IsFor(string? rated, string? used)
    {
        if (rated is null)
        {
            return true;
        }

        if (string.IsNullOrEmpty(used))
        {
            return _isAtMost;
        }

        return PriceWords.SameSize(rated, used!);
    }

    private readonly bool IsBetter(ModelRate rate, ModelRate best)
    {
        var difference = Specificity(rate) - Specificity(best);
        if (difference != 0)
        {
            return difference > 0;
        }

        if (!_isAtMost)
        {
            return rate.MinInputTokens > best.MinInputTokens;
        }

        // The same price in several currencies counts in the first.
        return rate.Currency == best.Currency && rate.PerUnit > best.PerUnit;
    }

    private readonly int Specificity(ModelRate rate)
    {
        var size = rate.Size is not null && _usage.ImageSize is not null ? 2 : 0;
        var quality = rate.Quality is not null && _usage.ImageQuality is not null ? 1 : 0;

        return size + quality;
    }

    /// <summary>Why a price could not be read; null when none was.</summary>
    /// <param name="item">What is charged for.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="isEmptyToo">Whether an empty text counts, which may be as good as no price.</param>
    /// <param name="isOfUnit">Whether the price must state the unit.</param>
    private readonly string? IssueOf(PriceItem item, PriceUnit unit, bool isEmptyToo, bool isOfUnit = false)
    {
        foreach (var issue in _price.Issues)
        {
            var isLeftOut = issue.IsEmpty && !isEmptyToo;
            if (issue.Item != item || isLeftOut)
            {
                continue;
            }

            var mayBeOfUnit = issue.Unit is null && !isOfUnit;
            if (issue.Unit == unit || mayBeOfUnit)
            {
                return issue.ToString();
            }
        }

        return null;
    }

    /// <summary>Why there are rates, and none of them for this usage.</summary>
    private readonly string OfNoRate(PriceItem item, PriceUnit unit, string name)
    {
        if (item == PriceItem.Output && unit == PriceUnit.Image)
        {
            return "its price depends on the size or quality of the images, and there is none for these";
        }

        if (_usage.PromptTokens is not { } prompt)
        {
            return NotCounted("prompt tokens");
        }

        var hasBegun = _price.Rates.Any(rate => rate.Item == item && rate.Unit == unit && rate.MinInputTokens <= prompt);

        return $"the catalog has no price for so {(hasBegun ? "many" : "few")} prompt tokens";
    }

    private static string NotCounted(string name) => $"it is priced by {name}, and their number is not known";

    private void Fail(string? reason) => _reason ??= reason;

    private static bool HasNegative(PricedUsage usage) =>
        usage is { PromptTokens: < 0 } or { CachedTokens: < 0 } or { CacheWriteTokens: < 0 } or { InputAudioTokens: < 0 }
            or { CompletionTokens: < 0 } or { ReasoningTokens: < 0 } or { OutputAudioTokens: < 0 }
            or { InputImages: < 0 } or { Images: < 0 } or { Characters: < 0 } or { Seconds: < 0 } or { Calls: < 0 };

    private static string? UsageProblem(PricedUsage usage)
    {
        if (HasNegative(usage))
        {
            return "the usage has a negative number";
        }

        // Some providers count these beside the total instead of within it; which one a gateway passes on is not known.
        var partsOfInput = (decimal)(usage.CachedTokens ?? 0) + (usage.CacheWriteTokens ?? 0) + (usage.InputAudioTokens ?? 0);
        if (partsOfInput > usage.PromptTokens)
        {
            return "the usage has more cached or audio tokens than prompt tokens";
        }

        var partsOfOutput = (decimal)(usage.ReasoningTokens ?? 0) + (usage.OutputAudioTokens ?? 0);
        if (partsOfOutput > usage.CompletionTokens)
        {
            return "the usage has more reasoning or audio tokens than completion tokens";
        }

        return null;
    }
}
