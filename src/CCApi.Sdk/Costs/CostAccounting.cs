using System;
using System.Diagnostics.CodeAnalysis;
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
            if (reported.Currency == Currencies.Credits && creditValue is { } value)
            {
                return new CCApiCost(Money.Multiply(reported.Amount, value), Currencies.Usd, CostSource.Reported, used);
            }

            return new CCApiCost(reported.Amount, reported.Currency, CostSource.Reported, used);
        }

        var quote = Quote(report, request, model);
        if (quote.Amount is { } amount)
        {
            return new CCApiCost(amount, quote.Currency!, CostSource.Computed, used);
        }

        return new CCApiCost { Model = used };
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

    /// <summary>The most that a request may cost, or why that is not known.</summary>
    /// <param name="request">The request; null when it is not of the contract.</param>
    /// <param name="model">The model that is called; null for those that the request names.</param>
    /// <param name="bodyBytes">The size of its body.</param>
    public PriceQuote AtMost(IPricedRequest? request, string? model, long bodyBytes)
    {
        if (request is null)
        {
            return PriceQuote.Unknown("requests of this endpoint have no known price");
        }

        var candidates = model is null ? request.Candidates : [model];
        if (candidates.Count == 0)
        {
            return PriceQuote.Unknown("the gateway chooses the model");
        }

        if (Prices is not null)
        {
            Source.RefreshInBackground();
        }

        PriceQuote? most = null;

        foreach (var candidate in candidates)
        {
            var quote = AtMostOf(request, candidate, bodyBytes);
            if (quote.Amount is null)
            {
                return quote;
            }

            if (most is { } other && other.Currency != quote.Currency)
            {
                return PriceQuote.Unknown("the prices of its models are in several currencies");
            }

            most = most is { Amount: var before } && before >= quote.Amount ? most : quote;
        }

        return most!.Value;
    }

    /// <summary>The price of what a request will probably use; the bytes of its body stand for four to a token.</summary>
    public PriceQuote Estimate(IPricedRequest request, string model, long bodyBytes)
    {
        if (!TryFind(model, out var price, out _, out _))
        {
            return PriceQuote.Unknown(Unlisted(model));
        }

        const int BytesPerToken = 4;
        var usage = Requested(request);
        usage.PromptTokens = (bodyBytes + BytesPerToken - 1) / BytesPerToken;
        usage.CompletionTokens = request.HasCompletion ? OfAllChoices(request, request.MaxCompletionTokens) : null;

        return price.Quote(usage);
    }

    /// <summary>Whether the catalog lists a model; null before it was retrieved.</summary>
    public bool? Lists(string model)
    {
        if (Prices is null)
        {
            return null;
        }

        return TryFind(model, out _, out _, out _);
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

    private static PricedUsage Requested(IPricedRequest? request) => new()
    {
        InputImages = request?.InputImages,
        Images = request?.Images,
        ImageSize = request?.ImageSize,
        ImageQuality = request?.ImageQuality,
        Characters = request?.Characters,
    };

    private static long? OfAllChoices(IPricedRequest request, long? tokens)
    {
        if (tokens is { } known)
        {
            return AdditionalCount.Times(known, request.Choices);
        }

        return null;
    }

    /// <summary>Why a model that the catalog does not list has no price.</summary>
    public static string Unlisted(string model) => $"the catalog does not list {model}";

    private PriceQuote AtMostOf(IPricedRequest request, string model, long bodyBytes)
    {
        if (Prices is null)
        {
            return PriceQuote.Unknown("the catalog was not retrieved");
        }

        if (!TryFind(model, out var price, out var contextLength, out var maxOutput))
        {
            return PriceQuote.Unknown(Unlisted(model));
        }

        // A token has at least one byte; what an image or a file becomes is bounded only by the context.
        var usage = Requested(request);
        usage.PromptTokens = request.HasMedia ? contextLength : bodyBytes;
        if (request.HasCompletion)
        {
            usage.CompletionTokens = OfAllChoices(request, request.MaxCompletionTokens ?? maxOutput ?? contextLength);
        }

        var quote = price.QuoteAtMost(usage);
        var hasEndlessCompletion = request.HasCompletion && usage.CompletionTokens is null;
        if (hasEndlessCompletion && quote.Amount is not null)
        {
            // Without a price of output, a number that is not known is not missed.
            usage.CompletionTokens = 1;
            return price.QuoteAtMost(usage) is { Amount: null } unknown ? unknown : quote;
        }

        return quote;
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
        var isListed = (report?.Model is { Length: > 0 } used && TryFind(used, out price, out _, out _))
            || (model is not null && !isOneOfSeveral && TryFind(model, out price, out _, out _));

        return isListed ? price!.Quote(Used(report, request)) : default;
    }

    private static PricedUsage Used(ICostReport? report, IPricedRequest? request)
    {
        var usage = Requested(request);
        usage.Images = report?.Images ?? usage.Images;
        usage.Characters = report?.Characters ?? usage.Characters;
        usage.Seconds = report?.Seconds is { } seconds and >= 0 and < 1e9 ? (decimal)seconds : null;
        if (report?.Usage is { } tokens)
        {
            usage.PromptTokens = tokens.PromptTokens;
            usage.CompletionTokens = tokens.CompletionTokens;
            usage.CachedTokens = tokens.PromptTokensDetails?.CachedTokens;
            usage.CacheWriteTokens = tokens.CacheWriteTokens;
            usage.InputAudioTokens = tokens.PromptTokensDetails?.AudioTokens;
            usage.ReasoningTokens = tokens.CompletionTokensDetails?.ReasoningTokens;
            usage.OutputAudioTokens = tokens.CompletionTokensDetails?.AudioTokens;
        }

        return usage;
    }

    private bool TryFind(
        string model, [NotNullWhen(true)] out ModelPrice? price, out long? contextLength, out long? maxOutput)
    {
        if (Prices is { } prices)
        {
            return prices.TryFind(model, out price, out contextLength, out maxOutput);
        }

        (price, contextLength, maxOutput) = (null, null, null);

        return false;
    }
}
