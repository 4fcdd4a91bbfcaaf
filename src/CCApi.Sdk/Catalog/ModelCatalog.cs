using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// A snapshot of all models: found by id and its other spellings, or by what they can do and cost. Immutable and thread-safe.
/// </summary>
public sealed partial class ModelCatalog : IModelPrices
{
    private const int NearCount = 3;

    private readonly ModelIndex _index;

    private ModelCatalog(IReadOnlyList<CatalogModel> models, DateTimeOffset retrievedAt)
    {
        Models = models;
        RetrievedAt = retrievedAt;
        _index = new ModelIndex(models);
    }

    /// <summary>The models, in the order of the gateway. Those that came without any id are left out.</summary>
    public IReadOnlyList<CatalogModel> Models { get; }

    /// <summary>When the gateway was asked for them.</summary>
    public DateTimeOffset RetrievedAt { get; }

    /// <summary>Creates a catalog from models, for tests and for lists from elsewhere.</summary>
    /// <param name="models">The models; of those with the same id, the first counts.</param>
    /// <param name="retrievedAt">When they were listed; null for now.</param>
    /// <param name="prices">How to read prices that state no unit or no currency; null for the defaults.</param>
    public static ModelCatalog FromModels(
        IEnumerable<ModelSummary> models,
        DateTimeOffset? retrievedAt = null,
        ModelPriceOptions? prices = null)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var own = new ModelPriceOptions
        {
            Currency = prices?.Currency ?? CCApiDefaults.Currency,
            UnstatedTokens = prices?.UnstatedTokens,
        };

        var list = new List<CatalogModel>();

        foreach (var model in Require.NotNull(models, nameof(models)))
        {
            if (model?.Id is { Length: > 0 } id && ids.Add(id))
            {
                list.Add(new CatalogModel(id, model, own));
            }
        }

        return new ModelCatalog(list, retrievedAt ?? DateTimeOffset.UtcNow);
    }

    /// <summary>
    /// Finds a model by its id: exactly, else ignoring case, else by another spelling: with or without the provider's prefix,
    /// <c>.</c> and <c>-</c> interchanged, with or without a final <c>.0</c> or date. A spelling that could stand for several
    /// models finds none.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <returns>The model; null when there is none.</returns>
    public CatalogModel? Find(string id) => _index.Find(Require.NotNull(id, nameof(id)));

    /// <summary>Finds a model by its id, as <see cref="Find(string)"/> does.</summary>
    /// <param name="id">The id.</param>
    /// <param name="model">The model.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(string? id, [NotNullWhen(true)] out CatalogModel? model)
    {
        model = id is null ? null : _index.Find(id);
        return model is not null;
    }

    bool IModelPrices.TryFind(
        string model, [NotNullWhen(true)] out ModelPrice? price, out long? contextLength, out long? maxOutputTokens)
    {
        var found = _index.Find(model);
        (price, contextLength, maxOutputTokens) = (found?.Price, found?.ContextLength, found?.MaxOutputTokens);

        return price is not null;
    }

    /// <summary>Finds models by what they can do and cost.</summary>
    /// <param name="query">Adds the conditions.</param>
    /// <returns>
    /// The models, in the order of the catalog, or by price after <see cref="ModelQuery.CheapestFor(long, long, string)"/>.
    /// </returns>
    /// <example><code>
    /// var models = catalog.Find(query => query
    ///     .Input(Modality.Image)
    ///     .MinContext(100_000)
    ///     .WithTools()
    ///     .CheapestFor(promptTokens: 2000, completionTokens: 500));
    /// </code></example>
    public IReadOnlyList<CatalogModel> Find(Func<ModelQuery, ModelQuery> query)
    {
        var conditions = Require.NotNull(query, nameof(query))(new ModelQuery());
        if (conditions is null)
        {
            throw new ArgumentException("It must return the query that it is given.", nameof(query));
        }

        return conditions.Run(Models);
    }

    /// <summary>Returns ids that are similar to one that no model has, or versions of it, nearest first, at most 3.</summary>
    /// <param name="id">The id.</param>
    public IReadOnlyList<string> Near(string id) =>
        NearNames.FindIds(
            Require.NotNull(id, nameof(id)),
            [.. Models.Select(model => model.Id).Where(known => known != id)],
            NearCount);

    /// <summary>Returns the number of models and their age.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Models.Count} models, retrieved at {RetrievedAt:u}");
}
