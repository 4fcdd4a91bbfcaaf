using System.Globalization;
using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>The chat models of the catalog, which is asked once.</summary>
internal sealed class ModelList(CatalogClient catalog)
{
    private const string FaultModels = "emulator/";

    private List<ModelSummary>? _models;

    /// <exception cref="CCApiException">The catalog cannot be read.</exception>
    public async Task<IReadOnlyList<ModelSummary>> GetAsync(CancellationToken cancellationToken)
    {
        if (_models is null)
        {
            var models = new List<ModelSummary>();
            await foreach (var model in catalog.EnumerateModelsAsync(cancellationToken: cancellationToken))
            {
                // Not every gateway reports what a model is for.
                if (model is { Id: not null } && model.Ccapi?.Type?.Value is null or "text")
                {
                    models.Add(model);
                }
            }

            _models = models;
        }

        return _models;
    }

    public async Task<ModelSummary?> FindAsync(string id, CancellationToken cancellationToken) =>
        Named(await GetAsync(cancellationToken), id);

    /// <summary>The id of the model of this name, or of the only one that has this in its name.</summary>
    /// <exception cref="ArgumentException">There is none, or there are several.</exception>
    public async Task<string> ChooseAsync(string name, CancellationToken cancellationToken)
    {
        var models = await GetAsync(cancellationToken);
        if (Named(models, name)?.Id is { } id)
        {
            return id;
        }

        // Those of the emulator that fail on demand stand in no list.
        if (name.StartsWith(FaultModels, StringComparison.Ordinal))
        {
            return name;
        }

        var similar = models.Select(model => model.Id!).Where(other => other.Contains(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return similar switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"There is no chat model '{name}' in the catalog: /model lists those that there are."),
            _ => throw new ArgumentException($"Several models have '{name}' in their name, say which: {string.Join(", ", similar)}."),
        };
    }

    public static string Context(ModelSummary model) =>
        model.Ccapi?.Capabilities?.ContextLength is { } tokens
            ? string.Create(CultureInfo.InvariantCulture, $"{tokens:#,0} tokens")
            : string.Empty;

    /// <summary>The prices of a model, such as <c>Input 0.15 USD per 1M tokens</c>; empty when there are none.</summary>
    public static string Prices(ModelSummary model) => ModelPrice.Read(model) is { IsKnown: true } price ? price.ToString() : string.Empty;

    private static ModelSummary? Named(IReadOnlyList<ModelSummary> models, string id) =>
        models.FirstOrDefault(model => id.Equals(model.Id, StringComparison.OrdinalIgnoreCase));
}
