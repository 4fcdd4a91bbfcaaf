using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Computes what the calls of one client cost, by what the gateway reports and by the prices of the catalog, and adds it up.
/// Thread-safe.
/// </summary>
/// <param name="creditValue">US dollars per credit; null when they are not known.</param>
/// <param name="source">Where the prices come from; null for nowhere.</param>
/// <param name="retrievesPrices">Whether costs that need a price start to retrieve the catalog.</param>
internal sealed class CostAccounting(decimal? creditValue, PriceRetrieval? source = null, bool retrievesPrices = false)
{
    public CostTracker Tracker { get; } = new();

    /// <summary>Where the prices come from.</summary>
    public PriceRetrieval Source { get; } =
        source ?? new PriceRetrieval(TimeProvider.System, TimeSpan.MaxValue, TimeSpan.Zero);

    /// <summary>What requests cost at most, by the same prices.</summary>
    public CostBounds Bounds => field ??= new CostBounds(Source);

    /// <summary>The prices; null until the catalog was retrieved.</summary>
    public IModelPrices? Prices
    {
        get => Source.Current;
        set => Source.Current = value;
    }

    /// <summary>Called for each charge that is booked; null for nobody.</summary>
    public Action<CostEntry>? Booked { get; set; }

    /// <summary>The cost of a response.</summary>
    /// <param name="report">The response; null when it reports nothing.</param>
    /// <param name="request">The request; null when it is not of the contract.</param>
    /// <param name="model">The model of the request; null when the gateway chose it.</param>
    public CCApiCost CostOf(ICostReport? report, IPricedRequest? request, string? model)
    {
        var used = string.IsNullOrEmpty(report?.Model) ? model : report!.Model;
        if (report?.Cost is { } reported)
        {
            return Cost(reported.Amount, reported.Currency, CostSource.Reported, used);
        }

        var quote = Quote(report, request, model);
        if (quote.Amount is { } amount)
        {
            return Cost(amount, quote.Currency!, CostSource.Computed, used);
        }

        return new CCApiCost { Model = used };
    }

    /// <summary>A cost, in dollars where it is of credits whose value is known.</summary>
    private CCApiCost Cost(decimal amount, string currency, CostSource source, string? model)
    {
        if (currency == Currencies.Credits && creditValue is { } value)
        {
            return new CCApiCost(Money.Multiply(amount, value), Currencies.Usd, source, model);
        }

        return new CCApiCost(amount, currency, source, model);
    }

    /// <summary>What a response costs in a currency; null when that is not known.</summary>
    public decimal? AmountIn(string currency, CCApiCost cost, ICostReport? report, IPricedRequest? request, string? model)
    {
        if (cost.Amount is { } known && Convert(known, cost.Currency, currency) is { } converted)
        {
            return converted;
        }

        // Credits of unknown value, perhaps; the price is in money.
        var quote = Quote(report, request, model);
        if (quote.Amount is { } amount)
        {
            return Convert(amount, quote.Currency!, currency);
        }

        return null;
    }

    /// <summary>Converts an amount; null when the value of a credit is not known.</summary>
    public decimal? Convert(decimal amount, string from, string to)
    {
        if (string.Equals(from, to, StringComparison.OrdinalIgnoreCase))
        {
            return amount;
        }

        if (creditValue is not { } value)
        {
            return null;
        }

        return (from, to) switch
        {
            (Currencies.Credits, Currencies.Usd) => Money.Multiply(amount, value),
            (Currencies.Usd, Currencies.Credits) => Money.Divide(amount, value),
            _ => null,
        };
    }

    /// <summary>Books a charge.</summary>
    public void Book(in CostEntry charge)
    {
        Tracker.Add(charge);
        Booked?.Invoke(charge);
    }

    /// <summary>The price of what a response used.</summary>
    private PriceQuote Quote(ICostReport? report, IPricedRequest? request, string? model)
    {
        if (retrievesPrices)
        {
            Source.RefreshInBackground();
        }

        if (Prices is null)
        {
            return default;
        }

        // The gateway may name the model that it used otherwise than the catalog does; of several, it may have used any.
        ModelPrice? price = null;
        var isOneOfSeveral = request?.Candidates.Count > 1;
        var isListed = (report?.Model is { Length: > 0 } used && Source.TryFind(used, out price, out _, out _))
            || (model is not null && !isOneOfSeveral && Source.TryFind(model, out price, out _, out _));

        return isListed ? price!.Quote(Used(report, request)) : default;
    }

    private static PricedUsage Used(ICostReport? report, IPricedRequest? request)
    {
        var usage = CostBounds.Requested(request);
        usage.ServiceTier = report?.ServiceTier ?? usage.ServiceTier;
        usage.Images = report?.Images ?? usage.Images;
        usage.Characters = report?.Characters ?? usage.Characters;
        usage.Seconds = report?.Seconds is { } seconds and >= 0 and < 1e9 ? (decimal)seconds : null;
        if (report?.Usage is { } tokens)
        {
            usage.PromptTokens = tokens.PromptTokens;
            usage.CompletionTokens = tokens.CompletionTokens;
            usage.CachedTokens = tokens.PromptTokensDetails?.CachedTokens;
            usage.CacheWriteTokens = tokens.CacheWriteTokens;
            usage.InputImageTokens = tokens.PromptTokensDetails?.ImageTokens;
            usage.OutputImageTokens = tokens.CompletionTokensDetails?.ImageTokens;
            usage.InputAudioTokens = tokens.PromptTokensDetails?.AudioTokens;
            usage.ReasoningTokens = tokens.CompletionTokensDetails?.ReasoningTokens;
            usage.OutputAudioTokens = tokens.CompletionTokensDetails?.AudioTokens;
        }

        return usage;
    }
}
