using System.Collections.Generic;
using System.Threading;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// One model of a <see cref="ModelCatalog"/>: what the gateway states about it, wherever in the JSON that stands. Immutable and
/// thread-safe; what is not stated is null or empty.
/// </summary>
public sealed class CatalogModel
{
    private readonly ModelPriceOptions _priceOptions;
    private ModelPrice? _price;

    internal CatalogModel(string id, ModelSummary summary, ModelPriceOptions priceOptions)
    {
        Id = id;
        Summary = summary;
        _priceOptions = priceOptions;
        Type = ModelFacts.Type(summary);
        InputModalities = ModelFacts.InputModalities(summary);
        OutputModalities = ModelFacts.OutputModalities(summary);
        ContextLength = ModelFacts.ContextLength(summary);
        MaxOutputTokens = ModelFacts.MaxOutputTokens(summary);
        SupportsTools = ModelFacts.Tools(summary);
        SupportsJsonMode = ModelFacts.JsonMode(summary);
    }

    /// <summary>The id to send as <c>model</c>.</summary>
    public string Id { get; }

    /// <summary>The model as the gateway listed it; do not change it.</summary>
    public ModelSummary Summary { get; }

    /// <summary>The name for people; the id where there is none.</summary>
    public string DisplayName => ModelFacts.DisplayName(Summary) ?? Id;

    /// <summary>The provider, such as <c>openai</c>.</summary>
    public string? Provider => ModelFacts.Provider(Summary);

    /// <summary>The kind of model.</summary>
    public ModelType? Type { get; }

    /// <summary>What it reads; inferred from the type where the gateway states only that.</summary>
    public IReadOnlyList<Modality> InputModalities { get; }

    /// <summary>What it generates; inferred from the type where the gateway states only that.</summary>
    public IReadOnlyList<Modality> OutputModalities { get; }

    /// <summary>The longest input and output together, in tokens.</summary>
    public long? ContextLength { get; }

    /// <summary>The longest output, in tokens.</summary>
    public long? MaxOutputTokens { get; }

    /// <summary>Whether it calls tools.</summary>
    public bool? SupportsTools { get; }

    /// <summary>Whether it can be restricted to JSON.</summary>
    public bool? SupportsJsonMode { get; }

    /// <summary>What it costs; read at the first use.</summary>
    public ModelPrice Price => Volatile.Read(ref _price) ?? ReadPrice();

    /// <summary>Returns the id.</summary>
    public override string ToString() => Id;

    private ModelPrice ReadPrice()
    {
        var price = ModelPrice.Read(Summary, _priceOptions);
        return Interlocked.CompareExchange(ref _price, price, null) ?? price;
    }
}
