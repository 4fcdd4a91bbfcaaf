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
    private readonly RateSelector _selector;
    private decimal _total;
    private string? _currency;
    private string? _reason;

    private PriceCalculator(ModelPrice price, PricedUsage usage, bool isAtMost)
    {
        _price = price;
        _usage = usage;
        _isAtMost = isAtMost;
        _selector = new RateSelector(price.Rates, usage, isAtMost);
    }

    public static PriceQuote Quote(ModelPrice price, PricedUsage usage, bool isAtMost)
    {
        if ((price.UnknownReason ?? usage.Problem ?? OfOthers(price, usage, isAtMost)) is { } reason)
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

    /// <summary>Why the rates are not what this usage is charged by; null when they are.</summary>
    private static string? OfOthers(ModelPrice price, PricedUsage usage, bool isAtMost)
    {
        if (ServiceTiers.WhyUnknown(usage.ServiceTier, isAtMost) is { } reason)
        {
            return reason;
        }

        foreach (var issue in price.Issues)
        {
            var isModified = issue.Modification == PriceModification.Any
                || (issue.Modification == PriceModification.Lower && !isAtMost);
            if (isModified || (issue.IsOfImageTokens && usage.HasImageTokens(issue.Item, isAtMost)))
            {
                return issue.ToString();
            }
        }

        return null;
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
            if (_selector.Choose(item, PriceUnit.Token) is { } rate)
            {
                rates.Add(rate);
                Fail(isNeeded && _selector.HasAnotherCurrency(rate) ? OfSeveralCurrencies : null);
            }
        }

        if (rates.Exists(rate => rate.Currency != rates[0].Currency))
        {
            Fail(OfSeveralCurrencies);
        }

        if (tokens is > 0 and var known && _selector.Choose(items[0], PriceUnit.Token) is not null)
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

        if (_selector.Has(item, PriceUnit.Token))
        {
            return tokens.Value;
        }

        // A price that is there and cannot be read is not the price of the other tokens.
        Fail(IssueOf(item, PriceUnit.Token, isEmptyToo: true));

        return 0;
    }

    private void AddTokens(PriceItem item, long? tokens, string name)
    {
        if (_selector.Has(item, PriceUnit.Token))
        {
            Add(item, PriceUnit.Token, tokens, name);
            return;
        }

        Fail(IssueOf(item, PriceUnit.Token, isEmptyToo: true));
        if (tokens > 0 && _selector.Has(PriceUnit.Token))
        {
            Fail($"the catalog has no price for {name}");
        }
    }

    private void Add(PriceItem item, PriceUnit unit, decimal? quantity, string name)
    {
        if (!_selector.Has(item, unit))
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

        if (_selector.Choose(item, unit) is not { } rate)
        {
            Fail(OfNoRate(item, unit, name));
            return;
        }

        if (!_isAtMost && _selector.HasAnother(rate))
        {
            Fail($"the catalog has several prices for {name}");
        }

        if (_isAtMost && _selector.HasAnotherCurrency(rate))
        {
            Fail(OfSeveralCurrencies);
        }

        AddAmount(rate, known);
    }

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
}
