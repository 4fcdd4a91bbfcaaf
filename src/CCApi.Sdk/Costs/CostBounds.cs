using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Computes, before a request is sent, what it costs at most and what it probably costs. Thread-safe.</summary>
/// <param name="source">Where the prices come from.</param>
internal sealed class CostBounds(PriceRetrieval source)
{
    /// <summary>Whether a call with a budget retrieves the prices first.</summary>
    public bool AreRetrievedFirst => source.CanRetrieve;

    /// <summary>What a request costs at most, or why that is not known.</summary>
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

        if (source.Current is not null)
        {
            source.RefreshInBackground();
        }

        PriceQuote? highest = null;

        foreach (var candidate in candidates)
        {
            var quote = AtMostOf(request, candidate, bodyBytes);
            if (quote.Amount is null)
            {
                return quote;
            }

            if (highest is { } other && other.Currency != quote.Currency)
            {
                return PriceQuote.Unknown("the prices of its models are in several currencies");
            }

            var isHigher = highest is null || highest.Value.Amount < quote.Amount;
            highest = isHigher ? quote : highest;
        }

        return highest!.Value;
    }

    /// <summary>The price of what a request will probably use; the bytes of its body stand for four to a token.</summary>
    public PriceQuote Estimate(IPricedRequest request, string model, long bodyBytes)
    {
        if (!source.TryFind(model, out var price, out _, out _))
        {
            return PriceQuote.Unknown(WhyUnknown(model));
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
        if (source.Current is null)
        {
            return null;
        }

        return source.TryFind(model, out _, out _, out _);
    }

    /// <summary>Why a model that the catalog does not list has no price.</summary>
    public static string Unlisted(string model) => $"the catalog does not list {model}";

    /// <summary>What a request contains that has a price, apart from tokens.</summary>
    public static PricedUsage Requested(IPricedRequest? request) => new()
    {
        InputImages = request?.InputImages,
        Images = request?.Images,
        ImageSize = request?.ImageSize,
        ImageQuality = request?.ImageQuality,
        Characters = request?.Characters,
        ServiceTier = request?.ServiceTier,
    };

    private string WhyUnknown(string model) =>
        source.Current is null ? "the catalog was not retrieved; client.Catalog.GetCatalogAsync() retrieves it" : Unlisted(model);

    private PriceQuote AtMostOf(IPricedRequest request, string model, long bodyBytes)
    {
        if (!source.TryFind(model, out var price, out var contextLength, out var maxOutput))
        {
            return PriceQuote.Unknown(WhyUnknown(model));
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

        return hasEndlessCompletion ? OfEndless(quote, price, usage) : quote;
    }

    /// <summary>The cost at most of a completion without a maximum of tokens.</summary>
    /// <param name="quote">What it is without their number.</param>
    /// <param name="price">The price.</param>
    /// <param name="usage">The usage at most, without their number.</param>
    private static PriceQuote OfEndless(PriceQuote quote, ModelPrice price, PricedUsage usage)
    {
        usage.CompletionTokens = 1;
        var ofOne = price.QuoteAtMost(usage);
        if (ofOne.Amount is null)
        {
            return ofOne;
        }

        // A price of the call alone does not depend on their number.
        if (quote.Amount is not null)
        {
            return quote;
        }

        return PriceQuote.Unknown("nothing limits its completion tokens: set MaxTokens");
    }

    private static long? OfAllChoices(IPricedRequest request, long? tokens)
    {
        if (tokens is { } known)
        {
            return AdditionalCount.Times(known, request.Choices);
        }

        return null;
    }
}
