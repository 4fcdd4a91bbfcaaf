using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The models that the gateway serves, and their providers. Thread-safe; for fakes, derive from it and override.</summary>
public class CatalogClient
{
    private readonly CCApiTransport? _transport;
    private readonly CatalogCache _catalogs;

    internal CatalogClient(CCApiTransport transport)
    {
        _transport = transport;
        _catalogs = new CatalogCache(transport.Options.TimeProvider);
        transport.Costs.Source.Retrieve = cancellationToken => GetCatalogAsync(cancellationToken: cancellationToken);
    }

    /// <summary>
    /// For fakes: every method must be overridden, except <see cref="GetCatalogAsync"/>, which calls
    /// <see cref="ListModelsAsync"/>.
    /// </summary>
    protected CatalogClient() => _catalogs = new CatalogCache(TimeProvider.System);

    private CCApiTransport Transport => Require.NotFake(_transport);

    /// <summary>Lists models: one page, or all where the gateway does not page.</summary>
    /// <param name="query">Which models; null for all.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The limit or the offset is out of range.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var models = await client.Catalog.ListModelsAsync(new ModelListQuery { Provider = "openai" });
    /// foreach (var model in models.Data!)
    /// {
    ///     Console.WriteLine(model.Id);
    /// }
    /// </code></example>
    public virtual Task<ModelListResponse> ListModelsAsync(
        ModelListQuery? query = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        query?.Check(nameof(query));
        return ListAsync(Transport, query, options, cancellationToken);
    }

    /// <summary>Returns every model, page by page. Each page is one call, sent when it is needed.</summary>
    /// <param name="query">Which models; null for all. Its limit is the size of the pages.</param>
    /// <param name="options">What differs for these calls.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">The limit or the offset is out of range.</exception>
    /// <exception cref="CCApiProtocolException">There are more pages than <see cref="ModelListQuery.MaxPages"/>.</exception>
    /// <exception cref="CCApiException">A call failed; the type specifies how.</exception>
    /// <example><code>
    /// await foreach (var model in client.Catalog.EnumerateModelsAsync())
    /// {
    ///     Console.WriteLine(model.Id);
    /// }
    /// </code></example>
    public virtual IAsyncEnumerable<ModelSummary> EnumerateModelsAsync(
        ModelListQuery? query = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        query?.Check(nameof(query));

        var own = query ?? new ModelListQuery();

        return EnumerateAsync(
            own.Page(own.Limit ?? CCApiDefaults.ModelPageSize, own.Offset ?? 0),
            own.MaxPages,
            options?.Clone(),
            cancellationToken);
    }

    /// <summary>Retrieves one model.</summary>
    /// <remarks>
    /// Not documented by CCAPI; inferred from gateways of its family. For several models, or to find one by another spelling,
    /// <see cref="GetCatalogAsync"/> needs fewer calls.
    /// </remarks>
    /// <param name="id">The model's id, as listed; slashes are sent escaped.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="CCApiModelUnavailableException">There is no such model.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var model = await client.Catalog.GetModelAsync("openai/gpt-4o-mini");
    /// Console.WriteLine(model.Ccapi?.Capabilities?.ContextLength);
    /// </code></example>
    public virtual Task<ModelSummary> GetModelAsync(
        string id,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transport.SendAsync(
            ApiRequest.Get("models/" + RequestUri.Segment(id, nameof(id)), CatalogTelemetry.GetModel),
            ModelSummary.ReadSingle,
            options,
            cancellationToken);

    /// <summary>
    /// Returns a snapshot of all models, from which they are found by id, spelling, features and price. It is retrieved once,
    /// page by page, and kept for the next calls; after <see cref="ModelCatalogOptions.MaxAge"/> it is refreshed in the
    /// background.
    /// </summary>
    /// <remarks>
    /// Callers that need the catalog at the same time share one retrieval, which none of them cancels for the others. It has the
    /// client's budgets; <see cref="CCApiRequestOptions.Total"/> limits how long this caller waits for it. A refresh that fails, or
    /// lists no model any more, keeps the old catalog and is repeated after 30 s at the earliest. Each API key, and each set of
    /// headers of a call, has its own catalog.
    /// </remarks>
    /// <param name="catalogOptions">How long it is kept, and what it begins with; null for the defaults.</param>
    /// <param name="options">What differs for the calls that retrieve it.</param>
    /// <param name="cancellationToken">Cancels the waiting of this caller.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="CCApiException">The first retrieval failed; the type specifies how.</exception>
    /// <example><code>
    /// var catalog = await client.Catalog.GetCatalogAsync();
    /// var model = catalog.Find(query => query.WithTools().MinContext(100_000).CheapestFor(promptTokens: 2000, completionTokens: 500))[0];
    /// </code></example>
    public virtual Task<ModelCatalog> GetCatalogAsync(
        ModelCatalogOptions? catalogOptions = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var rules = new CatalogRules(catalogOptions ?? new ModelCatalogOptions());
        if (rules.Initial is { } initial)
        {
            _transport?.SeenModels.Add(initial.Models.Select(model => model.Id));
        }

        return UseAsync(FindAsync(rules, options?.Clone(), cancellationToken));
    }

    private async Task<ModelCatalog> FindAsync(CatalogRules rules, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var shared = SharedOptions(options);
        if (_transport is not { } transport)
        {
            var ofFake = CatalogKey.Of(string.Empty, options, rules.Prices);
            return await _catalogs.GetAsync(ofFake, rules, () => RetrieveAsync(rules, shared), cancellationToken, cancellationToken)
                .ConfigureAwait(false);
        }

        using var call = transport.Begin(ApiRequest.Get("models"), options, cancellationToken);
        call.Budget.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        try
        {
            // A provider may return the keys of several tenants.
            var key = call.Settings.KeyIdentity ?? await transport.KeyOfAsync(call).ConfigureAwait(false);

            return await _catalogs.GetAsync(
                CatalogKey.Of(key, options, rules.Prices),
                rules,
                () => RetrieveAsync(rules, shared),
                call.Budget.Token,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (call.Budget.Token.IsCancellationRequested || exception is CallFailureException)
        {
            throw AttemptExceptions.NotBegun(call, exception);
        }
    }

    /// <summary>What a retrieval for several callers takes from the first: whose it is, not how long it may take.</summary>
    private static CCApiRequestOptions? SharedOptions(CCApiRequestOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var shared = new CCApiRequestOptions { ApiKey = options.ApiKey, IsInstrumentedByCaller = options.IsInstrumentedByCaller };
        foreach (var header in options.Headers)
        {
            shared.Headers[header.Key] = header.Value;
        }

        return shared;
    }

    /// <summary>Costs and budgets are computed by the prices of the catalog that was retrieved last.</summary>
    private async Task<ModelCatalog> UseAsync(Task<ModelCatalog> retrieval)
    {
        var catalog = await retrieval.ConfigureAwait(false);
        UsePrices(catalog);

        return catalog;
    }

    private void UsePrices(ModelCatalog catalog)
    {
        // A list that has become empty is a fault of the gateway rather than the end of all models.
        if (_transport is not null && (catalog.Models.Count > 0 || _transport.Costs.Prices is null))
        {
            _transport.Costs.Prices = catalog;
        }
    }

    /// <summary>Lists the providers.</summary>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CCApiException">
    /// The call failed; the type specifies how. Newer gateways may not have this operation (inferred).
    /// </exception>
    /// <example><code>
    /// var providers = await client.Catalog.ListProvidersAsync();
    /// </code></example>
    public virtual Task<ProviderListResponse> ListProvidersAsync(
        CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.SendAsync(
            ApiRequest.Get("providers", CatalogTelemetry.ListProviders),
            ProviderListResponse.ReadFrom,
            options,
            cancellationToken);

    /// <summary>Retrieves one provider and its models.</summary>
    /// <param name="provider">The provider's name, such as <c>openai</c>.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="CCApiNotFoundException">There is no such provider.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var provider = await client.Catalog.GetProviderAsync("openai");
    /// Console.WriteLine(provider.DisplayName);
    /// </code></example>
    public virtual Task<ProviderDetailResponse> GetProviderAsync(
        string provider,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transport.SendAsync(
            ApiRequest.Get("providers/" + RequestUri.Segment(provider, nameof(provider)), CatalogTelemetry.GetProvider),
            ProviderDetailResponse.ReadFrom,
            options,
            cancellationToken);

    private static async Task<ModelListResponse> ListAsync(
        CCApiTransport transport,
        ModelListQuery? query,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get("models" + query?.ToQuery(), CatalogTelemetry.ListModels);
        var page = await transport.SendAsync(
            request, ModelListResponse.ReadFrom, options, cancellationToken).ConfigureAwait(false);
        transport.SeenModels.Add((page.Data ?? []).Select(model => model?.Id));

        return page;
    }

    private async Task<ModelCatalog> RetrieveAsync(CatalogRules rules, CCApiRequestOptions? options)
    {
        var retrievedAt = _catalogs.Now;
        var models = new List<ModelSummary>();
        var query = new ModelListQuery { Limit = rules.PageSize, Offset = 0 };

        await foreach (var model in EnumerateAsync(query, query.MaxPages, options, CancellationToken.None).ConfigureAwait(false))
        {
            if (models.Count == rules.MaxModels)
            {
                throw new CCApiProtocolException(FormattableString.Invariant(
                    $"The gateway lists more than {rules.MaxModels} models. Raise ModelCatalogOptions.MaxModels if that is right."));
            }

            models.Add(model);
        }

        var catalog = ModelCatalog.FromModels(models, retrievedAt, rules.Prices);
        UsePrices(catalog);

        return catalog;
    }

    private async IAsyncEnumerable<ModelSummary> EnumerateAsync(
        ModelListQuery first,
        int maxPages,
        CCApiRequestOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var limit = first.Limit!.Value;
        var offset = first.Offset!.Value;
        var seen = new HashSet<string>(StringComparer.Ordinal);

        for (var pages = 0; ; pages++)
        {
            if (pages == maxPages)
            {
                throw new CCApiProtocolException(
                    FormattableString.Invariant(
                        $"The gateway has more than {maxPages} pages of models, or repeats none of them. ")
                    + "Raise ModelListQuery.MaxPages or its Limit if that is right.");
            }

            var page = await ListModelsAsync(
                first.Page(limit, offset), options, cancellationToken).ConfigureAwait(false);
            var models = page.Data ?? [];
            var known = seen.Count;

            foreach (var model in models)
            {
                // A model is on two pages when the list changes between them.
                if (model.Id is null || seen.Add(model.Id))
                {
                    yield return model;
                }
            }

            offset += models.Count;

            // Without a new model, the gateway does not page (observed), and that was all.
            var isComplete = seen.Count == known || models.Count > limit;
            if (isComplete || ModelPages.IsLast(page, offset))
            {
                yield break;
            }
        }
    }
}
