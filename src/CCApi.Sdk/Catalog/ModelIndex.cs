using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>
/// Finds models by id and by other spellings. A spelling that could stand for two models stands for none: their prices may
/// differ.
/// </summary>
internal sealed class ModelIndex
{
    private readonly Dictionary<string, CatalogModel> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogModel?> _ignoringCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CatalogModel?> _spellings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogModel?> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogModel?> _undated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _providers = new(StringComparer.Ordinal);

    public ModelIndex(IReadOnlyList<CatalogModel> models)
    {
        foreach (var model in models)
        {
            _exact[model.Id] = model;
            Add(_ignoringCase, model.Id, model);
            Add(_spellings, ModelIds.Normalize(model.Id), model);
        }

        foreach (var model in models)
        {
            AddNameOfId(model);
        }

        var others = new Dictionary<string, CatalogModel?>(StringComparer.Ordinal);

        foreach (var model in models)
        {
            AddOtherNames(others, model);
            AddUndatedName(model);
        }

        // An id beats what another model is called besides.
        foreach (var other in others)
        {
            if (!_names.ContainsKey(other.Key))
            {
                _names.Add(other.Key, other.Value);
            }
        }
    }

    public CatalogModel? Find(string id)
    {
        if (_exact.TryGetValue(id, out var exact))
        {
            return exact;
        }

        if (_ignoringCase.TryGetValue(id, out var model) && model is not null)
        {
            return model;
        }

        if (ModelIds.Normalize(id) is not { } spelling)
        {
            return null;
        }

        if (FindSpelling(spelling) is { } found)
        {
            return found;
        }

        return ModelIds.WithoutDate(spelling) is { } undated ? FindUndated(undated) : FindDated(spelling);
    }

    /// <summary>The model without the date, unless dated versions of it are listed: then this is another one, with another price.</summary>
    private CatalogModel? FindUndated(string undated)
    {
        if (_undated.ContainsKey(ModelIds.LastSegment(undated)))
        {
            return null;
        }

        return FindSpelling(undated);
    }

    /// <summary>The only dated version of an id that has no date, and is not listed itself.</summary>
    private CatalogModel? FindDated(string spelling)
    {
        var name = ModelIds.LastSegment(spelling);
        if (_names.ContainsKey(name))
        {
            return null;
        }

        if (!_undated.TryGetValue(name, out var model) || model is null)
        {
            return null;
        }

        return IsSameProvider(spelling, model) ? model : null;
    }

    private CatalogModel? FindSpelling(string spelling)
    {
        if (_spellings.TryGetValue(spelling, out var model))
        {
            return model;
        }

        // Programs that know several gateways put another prefix before the provider's.
        if (ModelIds.WithoutPrefix(spelling) is { } rest && rest.IndexOf('/') > 0 && FindSpelling(rest) is { } nested)
        {
            return nested;
        }

        if (!_names.TryGetValue(ModelIds.LastSegment(spelling), out model) || model is null)
        {
            return null;
        }

        return IsSameProvider(spelling, model) ? model : null;
    }

    /// <summary>
    /// Whether a prefix lets a model be the one that is meant: <c>google/x</c> is not <c>imaginepro/x</c> where both providers
    /// are known; a prefix that no model has is a reseller's.
    /// </summary>
    private bool IsSameProvider(string spelling, CatalogModel model)
    {
        var prefix = Prefix(spelling);
        if (prefix is null || !_providers.Contains(prefix))
        {
            return true;
        }

        var own = Prefix(ModelIds.Normalize(model.Id) ?? string.Empty);

        return own is null || own == prefix;
    }

    private void AddNameOfId(CatalogModel model)
    {
        if (ModelIds.Normalize(model.Id) is not { } spelling)
        {
            return;
        }

        if (Prefix(spelling) is { } provider)
        {
            _providers.Add(provider);
        }

        Add(_names, ModelIds.LastSegment(spelling), model);
    }

    /// <summary>The only dated version of a model is requested without its date too.</summary>
    private void AddUndatedName(CatalogModel model)
    {
        if (ModelIds.Normalize(model.Id) is { } spelling && ModelIds.WithoutDate(spelling) is { } undated)
        {
            Add(_undated, ModelIds.LastSegment(undated), model);
        }
    }

    private static void AddOtherNames(Dictionary<string, CatalogModel?> index, CatalogModel model)
    {
        foreach (var name in ModelFacts.OtherNames(model.Summary))
        {
            if (ModelIds.Normalize(name) is { } spelling)
            {
                Add(index, ModelIds.LastSegment(spelling), model);
            }
        }
    }

    private static string? Prefix(string spelling)
    {
        var slash = spelling.IndexOf('/');
        return slash > 0 ? spelling.Substring(0, slash) : null;
    }

    private static void Add(Dictionary<string, CatalogModel?> index, string? key, CatalogModel model)
    {
        if (key is null)
        {
            return;
        }

        var isTaken = index.TryGetValue(key, out var known) && !ReferenceEquals(known, model);
        index[key] = isTaken ? null : model;
    }
}
