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

    internal CatalogClient(CCApiTransport transport) => _transport = transport;

    /// <summary>For fakes: every method must be overridden.</summary>
    protected CatalogClient()
    {
    }

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
        Transport.SendAsync(ApiRequest.Get("providers"), ProviderListResponse.ReadFrom, options, cancellationToken);

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
            ApiRequest.Get("providers/" + RequestUri.Segment(provider, nameof(provider))),
            ProviderDetailResponse.ReadFrom,
            options,
            cancellationToken);

    private static async Task<ModelListResponse> ListAsync(
        CCApiTransport transport,
        ModelListQuery? query,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get("models" + query?.ToQuery());
        var page = await transport.SendAsync(
            request, ModelListResponse.ReadFrom, options, cancellationToken).ConfigureAwait(false);
        transport.SeenModels.Add((page.Data ?? []).Select(model => model?.Id));
        return page;
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
                    FormattableString.Invariant($"The gateway has more than {maxPages} pages of models, or repeats none of them. ")
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
