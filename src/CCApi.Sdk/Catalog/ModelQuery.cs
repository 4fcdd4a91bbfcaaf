using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// What models of a <see cref="ModelCatalog"/> must be like. Each condition returns the query itself. What the gateway does not
/// state about a model does not meet a condition.
/// </summary>
public sealed class ModelQuery
{
    private readonly List<Func<CatalogModel, bool>> _conditions = [];
    private PricedUsage? _usage;
    private string _currency = CCApiDefaults.Currency;

    internal ModelQuery()
    {
    }

    /// <summary>Only models that read this.</summary>
    /// <param name="modality">What they read.</param>
    public ModelQuery Input(Modality modality) => Where(model => Contains(model.InputModalities, modality));

    /// <summary>Only models that generate this.</summary>
    /// <param name="modality">What they generate.</param>
    public ModelQuery Output(Modality modality) => Where(model => Contains(model.OutputModalities, modality));

    /// <summary>Only models of this type.</summary>
    /// <param name="type">The type.</param>
    public ModelQuery OfType(ModelType type) => Where(model => model.Type == type);

    /// <summary>Only models of this provider.</summary>
    /// <param name="provider">Its name, such as <c>openai</c>; case does not matter.</param>
    public ModelQuery OfProvider(string provider)
    {
        Require.Text(provider, nameof(provider));
        return Where(model => string.Equals(model.Provider, provider, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Only models with at least this context.</summary>
    /// <param name="tokens">The longest input and output together, in tokens.</param>
    public ModelQuery MinContext(long tokens) => Where(model => model.ContextLength >= tokens);

    /// <summary>Only models with at least this output.</summary>
    /// <param name="tokens">The longest output, in tokens.</param>
    public ModelQuery MinOutput(long tokens) => Where(model => model.MaxOutputTokens >= tokens);

    /// <summary>Only models that call tools.</summary>
    public ModelQuery WithTools() => Where(model => model.SupportsTools == true);

    /// <summary>Only models that can be restricted to JSON.</summary>
    public ModelQuery WithJsonMode() => Where(model => model.SupportsJsonMode == true);

    /// <summary>Only models that meet a condition of your own.</summary>
    /// <param name="condition">The condition. It may be called for every model, in any order.</param>
    public ModelQuery Where(Func<CatalogModel, bool> condition)
    {
        _conditions.Add(Require.NotNull(condition, nameof(condition)));
        return this;
    }

    /// <summary>
    /// Only models whose price for this chat completion is known, the cheapest first; equal ones in the order of the catalog.
    /// </summary>
    /// <param name="promptTokens">The prompt tokens.</param>
    /// <param name="completionTokens">The completion tokens.</param>
    /// <param name="currency">The currency to compare in; models with prices in another one are left out.</param>
    public ModelQuery CheapestFor(long promptTokens, long completionTokens, string currency = CCApiDefaults.Currency) =>
        CheapestFor(PricedUsage.ForTokens(promptTokens, completionTokens), currency);

    /// <summary>Only models whose price for this usage is known, the cheapest first; equal ones in the order of the catalog.</summary>
    /// <param name="usage">The usage, such as a number of images.</param>
    /// <param name="currency">The currency to compare in; models with prices in another one are left out.</param>
    public ModelQuery CheapestFor(PricedUsage usage, string currency = CCApiDefaults.Currency)
    {
        _usage = Require.NotNull(usage, nameof(usage));
        _currency = Require.Text(currency, nameof(currency));

        return this;
    }

    internal IReadOnlyList<CatalogModel> Run(IReadOnlyList<CatalogModel> models)
    {
        var found = new List<CatalogModel>();
        foreach (var model in models)
        {
            if (Meets(model))
            {
                found.Add(model);
            }
        }

        if (_usage is { } usage)
        {
            return Cheapest(found, usage);
        }

        return found;
    }

    private bool Meets(CatalogModel model)
    {
        foreach (var condition in _conditions)
        {
            if (!condition(model))
            {
                return false;
            }
        }

        return true;
    }

    private List<CatalogModel> Cheapest(List<CatalogModel> models, PricedUsage usage)
    {
        var priced = new List<(CatalogModel Model, decimal Amount)>();
        foreach (var model in models)
        {
            var quote = model.Price.Quote(usage);
            if (quote.Amount is { } amount && string.Equals(quote.Currency, _currency, StringComparison.OrdinalIgnoreCase))
            {
                priced.Add((model, amount));
            }
        }

        // OrderBy is stable: equal ones keep the order of the catalog.
        return [.. priced.OrderBy(entry => entry.Amount).Select(entry => entry.Model)];
    }

    private static bool Contains(IReadOnlyList<Modality> modalities, Modality modality)
    {
        for (var i = 0; i < modalities.Count; i++)
        {
            if (modalities[i] == modality)
            {
                return true;
            }
        }

        return false;
    }
}
