using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The prices of one model, read from whatever members its gateway sends; <c>docs/prices.md</c> lists the forms. What could not
/// be read stays unknown, with the reason in <see cref="Issues"/>. Immutable.
/// </summary>
/// <example><code>
/// var quote = model.Price.Quote(PricedUsage.ForTokens(promptTokens: 2000, completionTokens: 500));
/// Console.WriteLine(quote.Amount is { } amount ? $"{amount} {quote.Currency}" : quote.Reason);
/// </code></example>
public sealed class ModelPrice
{
    internal ModelPrice(IReadOnlyList<ModelRate> rates, IReadOnlyList<PriceIssue> issues, JsonElement? raw)
    {
        Rates = rates;
        Issues = issues;
        Raw = raw;
    }

    /// <summary>The rates that could be read, in the order of the JSON.</summary>
    public IReadOnlyList<ModelRate> Rates { get; }

    /// <summary>The members that could not be read as prices, with the reasons.</summary>
    public IReadOnlyList<PriceIssue> Issues { get; }

    /// <summary>The JSON that the prices were read from; null when the gateway sent none.</summary>
    public JsonElement? Raw { get; }

    /// <summary>Whether there is at least one rate.</summary>
    public bool IsKnown => Rates.Count > 0;

    /// <summary>Why there is no rate at all; null when there is one.</summary>
    public string? UnknownReason
    {
        get
        {
            if (IsKnown)
            {
                return null;
            }

            if (Issues.Count == 0)
            {
                return "the catalog lists no price for this model";
            }

            return string.Join("; ", Issues.Select(issue => issue.ToString()));
        }
    }

    /// <summary>Reads the prices of a model. Never throws because of what a gateway sent.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to read prices that state no unit or no currency; null for the defaults.</param>
    public static ModelPrice Read(ModelSummary model, ModelPriceOptions? options = null) =>
        PriceReader.Read(Require.NotNull(model, nameof(model)), options ?? new ModelPriceOptions());

    /// <summary>
    /// Computes what a usage costs. Cached and reasoning tokens are charged at their own rates where the catalog has them, else
    /// as input and output. Never throws because of what a gateway sent.
    /// </summary>
    /// <param name="usage">What was used.</param>
    /// <returns>The amount, or the reason why it is unknown, such as a price or a quantity that is missing.</returns>
    public PriceQuote Quote(PricedUsage usage) => PriceCalculator.Quote(this, Require.NotNull(usage, nameof(usage)), isAtMost: false);

    /// <summary>
    /// Computes what a usage costs at most: each prompt token at the highest of the rates for plain, cached and audio tokens, each
    /// completion token at the highest of those for plain, reasoning and audio tokens, and images of unknown size or quality at
    /// the highest rate for images.
    /// </summary>
    /// <param name="usage">The highest quantities that will be used.</param>
    /// <returns>The amount, or the reason why it is unknown.</returns>
    public PriceQuote QuoteAtMost(PricedUsage usage) =>
        PriceCalculator.Quote(this, Require.NotNull(usage, nameof(usage)), isAtMost: true);

    /// <summary>Returns the rates, or the reason why there are none.</summary>
    public override string ToString()
    {
        if (UnknownReason is { } reason)
        {
            return $"unknown: {reason}";
        }

        return string.Join(", ", Rates.Select(rate => $"{rate.Item} {rate}"));
    }
}
