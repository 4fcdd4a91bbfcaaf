using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>
/// Selects the rates of a price that apply to a usage: those of its tier, and of the size and quality of its images.
/// </summary>
/// <param name="rates">The rates.</param>
/// <param name="usage">The usage.</param>
/// <param name="isAtMost">Whether the highest rate counts wherever the usage leaves open which one applies.</param>
internal readonly struct RateSelector(IReadOnlyList<ModelRate> rates, PricedUsage usage, bool isAtMost)
{
    /// <summary>Whether there is any rate for an item in a unit, also one that does not apply.</summary>
    public bool Has(PriceItem item, PriceUnit unit)
    {
        foreach (var rate in rates)
        {
            if (rate.Item == item && rate.Unit == unit)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there is any rate in a unit.</summary>
    public bool Has(PriceUnit unit)
    {
        foreach (var rate in rates)
        {
            if (rate.Unit == unit)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns the most specific rate for this size, quality and number of prompt tokens, for the cost at most the highest of
    /// these; null when none applies.
    /// </summary>
    public ModelRate? Choose(PriceItem item, PriceUnit unit)
    {
        ModelRate? best = null;

        foreach (var rate in rates)
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

    /// <summary>Whether another rate applies as well as the chosen one, so that which of them is charged is not known.</summary>
    public bool HasAnother(ModelRate chosen)
    {
        foreach (var rate in rates)
        {
            // A tier that ends later than the chosen one begins overlaps with it.
            var isOfSameTier = rate.MinInputTokens == chosen.MinInputTokens || rate.MaxInputTokens is not null;
            var isOther = rate.Currency == chosen.Currency && rate.PerUnit != chosen.PerUnit;
            if (isOfSameTier && isOther && IsAlternative(rate, chosen))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a rate of another currency may be the dearer one: it has no counterpart in the chosen currency.</summary>
    public bool HasAnotherCurrency(ModelRate chosen)
    {
        foreach (var rate in rates)
        {
            var isOther = rate.Currency != chosen.Currency && IsAlternative(rate, chosen);
            if (isOther && !HasTwin(rate, chosen.Currency))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a rate is for the same item, and applies as specifically as the chosen one.</summary>
    private bool IsAlternative(ModelRate rate, ModelRate chosen)
    {
        var isForSame = rate.Item == chosen.Item && rate.Unit == chosen.Unit;

        return isForSame && IsFor(rate) && Specificity(rate) == Specificity(chosen);
    }

    /// <summary>Whether the same is priced in a currency too.</summary>
    private bool HasTwin(ModelRate rate, string currency) => rates.Any(other =>
        other.Currency == currency
        && (other.Item, other.Unit, other.Size, other.Quality) == (rate.Item, rate.Unit, rate.Size, rate.Quality)
        && (other.MinInputTokens, other.MaxInputTokens) == (rate.MinInputTokens, rate.MaxInputTokens));

    private bool IsFor(ModelRate rate) =>
        IsFor(rate.Size, usage.ImageSize)
        && IsFor(rate.Quality, usage.ImageQuality)
        && IsForPrompt(rate);

    private bool IsFor(string? rated, string? used)
    {
        if (rated is null)
        {
            return true;
        }

        if (string.IsNullOrEmpty(used))
        {
            return isAtMost;
        }

        return PriceWords.SameSize(rated, used!);
    }

    /// <summary>Whether the size of the prompt is that of the tier; a bound is that of smaller prompts too.</summary>
    private bool IsForPrompt(ModelRate rate)
    {
        if (usage.PromptTokens is not { } prompt)
        {
            return isAtMost || rate is { MinInputTokens: 0, MaxInputTokens: null };
        }

        var isBelowEnd = isAtMost || rate.MaxInputTokens is null || prompt <= rate.MaxInputTokens;

        return rate.MinInputTokens <= prompt && isBelowEnd;
    }

    private bool IsBetter(ModelRate rate, ModelRate best)
    {
        var difference = Specificity(rate) - Specificity(best);
        if (difference != 0)
        {
            return difference > 0;
        }

        if (!isAtMost)
        {
            return rate.MinInputTokens > best.MinInputTokens;
        }

        // The same price in several currencies counts in the first.
        return rate.Currency == best.Currency && rate.PerUnit > best.PerUnit;
    }

    private int Specificity(ModelRate rate)
    {
        var size = rate.Size is not null && usage.ImageSize is not null ? 2 : 0;
        var quality = rate.Quality is not null && usage.ImageQuality is not null ? 1 : 0;

        return size + quality;
    }
}
