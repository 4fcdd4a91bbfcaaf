using System;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>One rate of a <see cref="ModelPrice"/>: an amount of money for a number of units of one item. Immutable.</summary>
public sealed class ModelRate
{
    internal ModelRate(PriceItem item, PriceUnit unit, decimal amount, long per, string currency)
    {
        Item = item;
        Unit = unit;
        Amount = amount;
        Per = per;
        Currency = currency;
    }

    /// <summary>What is charged for.</summary>
    public PriceItem Item { get; }

    /// <summary>The unit that is counted.</summary>
    public PriceUnit Unit { get; }

    /// <summary>The money for <see cref="Per"/> units, exactly as the catalog states it. 0 or more.</summary>
    public decimal Amount { get; }

    /// <summary>How many units the amount is for, such as 1,000,000 for a price per million tokens. 1 or more.</summary>
    public long Per { get; }

    /// <summary>The currency, such as <c>USD</c> or <c>credits</c>.</summary>
    public string Currency { get; }

    /// <summary>
    /// The number of prompt tokens from which the rate holds, for the whole request; 0 where the size does not matter.
    /// </summary>
    public long MinInputTokens { get; internal set; }

    /// <summary>The number of prompt tokens up to which the rate holds; null where the list states no end.</summary>
    public long? MaxInputTokens { get; internal set; }

    /// <summary>The image size that the rate is for, such as <c>1024x1024</c>; null for every other size.</summary>
    public string? Size { get; internal set; }

    /// <summary>The image quality that the rate is for, such as <c>hd</c>; null for every other quality.</summary>
    public string? Quality { get; internal set; }

    /// <summary>Where the rate stands in the model's JSON, such as <c>ccapi.pricing.input</c>.</summary>
    public string Member { get; internal set; } = string.Empty;

    /// <summary>The money for one unit; rounded to 28 digits where <see cref="Per"/> is not a power of ten.</summary>
    public decimal PerUnit => Amount / Per;

    /// <summary>
    /// Returns the rate as people write it, such as <c>0.15 USD per 1M tokens</c> or <c>0.08 USD per image (1024x1024, hd)</c>.
    /// </summary>
    public override string ToString()
    {
        string?[] conditions = [Size, Quality, Tier];
        var stated = string.Join(", ", conditions.Where(condition => condition is not null));

        return FormattableString.Invariant($"{Amount} {Currency} per {Units}") + (stated.Length == 0 ? string.Empty : $" ({stated})");
    }

    private string? Tier
    {
        get
        {
            return (MinInputTokens, MaxInputTokens) switch
            {
                (0, null) => null,
                (var min, null) => FormattableString.Invariant($"from {min} prompt tokens"),
                (0, { } max) => FormattableString.Invariant($"up to {max} prompt tokens"),
                var (min, max) => FormattableString.Invariant($"{min} to {max} prompt tokens"),
            };
        }
    }

    private string Units
    {
        get
        {
            var noun = Unit.ToString().ToLowerInvariant();
            return Per switch
            {
                1 => noun,
                1_000 => $"1K {noun}s",
                1_000_000 => $"1M {noun}s",
                _ => FormattableString.Invariant($"{Per} {noun}s"),
            };
        }
    }
}
