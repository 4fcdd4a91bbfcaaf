using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The models that the gateway serves, and their providers. Thread-safe; for fakes, derive from it and override.</summary>
public class CatalogClient
{
    private readonly CCApiTransport? _transport;
    private readonly CatalogSnapshots _snapshots;

    internal CatalogClient(CCApiTransport transport)
    {
        _transport = transport;
        _snapshots = new CatalogSnapshots(transport, ListModelsAsync);
        transport.Costs.Source.Retrieve = cancellationToken => GetCatalogAsync(cancellationToken: cancellationToken);
    }

    /// <summary>
    /// For fakes: every method must be overridden, except <see cref="GetCatalogAsync"/>, which calls
    /// <see cref="ListModelsAsync"/>.
    /// </summary>
    protected CatalogClient() => _snapshots = new CatalogSnapshots(transport: null, ListModelsAsync);

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

        return Transport.SendAsync(
            ApiRequest.Get("models" + query?.ToQuery(), CatalogTelemetry.ListModels), ModelPages.ReadAsync, options, cancellationToken);
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

        return ModelPages.EnumerateAsync(ListModelsAsync, query ?? new ModelListQuery(), options?.Clone(), cancellationToken);
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
        CancellationToken cancellationToken = default) =>
        _snapshots.GetAsync(new CatalogRules(catalogOptions ?? new ModelCatalogOptions()), options, cancellationToken);

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
}
