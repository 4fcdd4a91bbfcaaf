using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>What the name of a price member contains, such as <c>input_cost_per_token_above_200k_tokens</c>.</summary>
internal sealed class PriceName
{
    private static readonly HashSet<string> _fillers = new(StringComparer.Ordinal)
    {
        "price", "prices", "pricing", "cost", "costs", "rate", "rates", "fee", "amount", "value", "text", "token", "tokens",
        "default", "base", "tier", "tiers", "list", "by",
        "size", "sizes", "quality", "qualities", "resolution", "resolutions", "dimension", "dimensions", "duration",
        "unit", "standard", "detail", "details", "info",
    };

    private static readonly HashSet<string> _thresholds = new(StringComparer.Ordinal) { "above", "over" };

    private static readonly Dictionary<string, (PriceItem Item, PriceUnit? Unit)> _items = new(StringComparer.Ordinal)
    {
        ["input"] = (PriceItem.Input, null),
        ["prompt"] = (PriceItem.Input, null),
        ["output"] = (PriceItem.Output, null),
        ["completion"] = (PriceItem.Output, null),
        ["cached"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["cached input"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["input cached"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["cached prompt"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["cache read"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["cache read input"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["input cache read"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["prompt cache read"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["cache hit"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["input cache hit"] = (PriceItem.CachedInput, PriceUnit.Token),
        ["cache write"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["input cache write"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["prompt cache write"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["cache creation"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["cache creation input"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["cache write 5m"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["cache write 1h"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["cache creation 5m"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["cache creation 1h"] = (PriceItem.CacheWrite, PriceUnit.Token),
        ["thinking"] = (PriceItem.Reasoning, PriceUnit.Token),
        ["reasoning"] = (PriceItem.Reasoning, PriceUnit.Token),
        ["internal reasoning"] = (PriceItem.Reasoning, PriceUnit.Token),
        ["output reasoning"] = (PriceItem.Reasoning, PriceUnit.Token),
        ["reasoning output"] = (PriceItem.Reasoning, PriceUnit.Token),
        ["audio"] = (PriceItem.InputAudio, PriceUnit.Token),
        ["audio input"] = (PriceItem.InputAudio, PriceUnit.Token),
        ["input audio"] = (PriceItem.InputAudio, PriceUnit.Token),
        ["audio output"] = (PriceItem.OutputAudio, PriceUnit.Token),
        ["output audio"] = (PriceItem.OutputAudio, PriceUnit.Token),
        ["image input"] = (PriceItem.Input, PriceUnit.Image),
        ["input image"] = (PriceItem.Input, PriceUnit.Image),
        ["image output"] = (PriceItem.Output, PriceUnit.Image),
        ["output image"] = (PriceItem.Output, PriceUnit.Image),
    };

    // Names that say how many tokens they count: the family that has them means one (observed).
    private static readonly HashSet<string> _perToken = new(StringComparer.Ordinal)
    {
        "prompt", "completion", "input cache read", "input cache write", "internal reasoning", "audio", "cache read input",
        "cache creation input",
    };

    // "per audio token": another price than that of a token.
    private static readonly HashSet<string> _tokenKinds = new(StringComparer.Ordinal) { "audio", "reasoning" };

    private PriceName(bool isKnown) => IsKnown = isKnown;

    /// <summary>Whether every word of the name is known.</summary>
    public bool IsKnown { get; private set; }

    public PriceItem? Item { get; private set; }

    public PriceUnitText? Unit { get; private set; }

    /// <summary>Whether the unit is that of the family of gateways which has this name, and not in the name.</summary>
    public bool IsUnitOfFamily { get; private set; }

    /// <summary>Whether the name is a unit and nothing else.</summary>
    public bool IsUnitAlone { get; private set; }

    /// <summary>Whether the unit is an image because the name has one, and it may as well be a token of an image.</summary>
    public bool IsImageAssumed { get; private set; }

    /// <summary>Whether it is the name of a price of the tokens of images.</summary>
    public bool IsOfImageTokens { get; private set; }

    public string? Currency { get; private set; }

    public string? Size { get; private set; }

    public string? Quality { get; private set; }

    public long MinInputTokens { get; private set; }

    public static PriceName Parse(string name, bool isOfImages)
    {
        if (isOfImages && PriceWords.Size(name) is { } size)
        {
            return new PriceName(true) { Size = size };
        }

        if (isOfImages && PriceWords.IsQuality(name))
        {
            return new PriceName(true) { Quality = name };
        }

        var words = PriceWords.Split(name);
        var result = new PriceName(words.Count > 0);
        if (words.Exists(IsImage) && words.Exists(IsToken))
        {
            return new PriceName(false) { IsOfImageTokens = true, Item = SideOf(words) };
        }

        result.TakeThreshold(words);
        result.TakeUnit(words);
        result.TakeItem(words);

        return result;
    }

    private static PriceItem? SideOf(List<string> words)
    {
        if (words.Exists(word => word is "output" or "completion"))
        {
            return PriceItem.Output;
        }

        return words.Exists(word => word is "input" or "prompt") ? PriceItem.Input : null;
    }

    private void TakeThreshold(List<string> words)
    {
        var index = words.FindIndex(_thresholds.Contains);
        if (index < 0)
        {
            return;
        }

        var count = index + 1 < words.Count ? PriceWords.Count(words[index + 1]) : null;
        IsKnown &= count is not null;
        MinInputTokens = (count ?? 0) + 1;
        words.RemoveRange(index, words.Count - index);

        // "context over 200k" holds prices of its own.
        words.RemoveAll(word => word is "long" or "context");
    }

    private static bool IsImage(string word) => word is "image" or "images";

    private static bool IsToken(string word) => word is "token" or "tokens";

    private void TakeUnit(List<string> words)
    {
        var index = words.IndexOf("per");
        if (index < 0)
        {
            return;
        }

        var unit = words.GetRange(index + 1, words.Count - index - 1);
        words.RemoveRange(index, words.Count - index);
        if (unit.Count == 2 && unit[1] is "token" or "tokens" && _tokenKinds.Contains(unit[0]))
        {
            words.Add(unit[0]);
            unit.RemoveAt(0);
        }

        Unit = PriceUnitText.Parse(unit);
        IsKnown &= Unit is not null;
    }

    private void TakeItem(List<string> words)
    {
        Currency = words.Select(PriceWords.Currency).FirstOrDefault(code => code is not null) ?? Unit?.Currency;
        words.RemoveAll(word => PriceWords.Currency(word) is not null);
        words.RemoveAll(_fillers.Contains);
        if (words.Count == 0)
        {
            return;
        }

        var joined = string.Join(" ", words);
        if (_items.TryGetValue(joined, out var known))
        {
            Item = known.Item;
            TakeUnitOfItem(joined, known.Unit);

            return;
        }

        // It holds prices of its own, with the number of prompt tokens from which they hold.
        if (joined == "long context")
        {
            return;
        }

        // "image", "request", "second": the name is the unit. A number alone may be anything, such as the start of a tier.
        var unit = Unit is null ? PriceUnitText.Parse(words) : null;
        unit = unit is { Unit: null, Per: not (1_000 or 1_000_000) } ? null : unit;
        IsUnitAlone = unit is not null;
        Unit ??= unit;
        IsKnown &= unit is not null;
    }

    private void TakeUnitOfItem(string name, PriceUnit? unit)
    {
        if (Unit is not null)
        {
            return;
        }

        var isPerToken = _perToken.Contains(name);
        if (isPerToken)
        {
            Unit = new PriceUnitText(PriceUnit.Token, 1, null, null);
            IsUnitOfFamily = true;
        }
        else if (unit == PriceUnit.Image)
        {
            Unit = new PriceUnitText(PriceUnit.Image, 1, null, null);
            IsImageAssumed = true;
        }
    }
}
