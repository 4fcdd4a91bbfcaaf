using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The snapshots of the catalog that a client keeps: finds them, waits for them, and has costs use their prices.</summary>
internal sealed class CatalogSnapshots
{
    private readonly CCApiTransport? _transport;
    private readonly CatalogRetrieval _retrieval;
    private readonly CatalogCache _cache;

    /// <param name="transport">What the waiting is a call of; null for a fake, whose calls have no budgets.</param>
    /// <param name="list">Lists one page.</param>
    public CatalogSnapshots(
        CCApiTransport? transport,
        Func<ModelListQuery?, CCApiRequestOptions?, CancellationToken, Task<ModelListResponse>> list)
    {
        var time = transport?.Options.TimeProvider ?? TimeProvider.System;
        _transport = transport;
        _retrieval = new CatalogRetrieval(list, time);
        _cache = new CatalogCache(time);
    }

    /// <summary>Returns the snapshot of a call's key and headers, which becomes the source of prices.</summary>
    public Task<ModelCatalog> GetAsync(
        CatalogRules rules, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        if (rules.Initial is { } initial)
        {
            _transport?.SeenModels.Add(initial.Models, static model => model.Id);
        }

        return UseAsync(FindAsync(rules, options?.Clone(), cancellationToken));
    }

    private async Task<ModelCatalog> FindAsync(
        CatalogRules rules, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var shared = CatalogRetrieval.SharedOptions(options);
        if (_transport is not { } transport)
        {
            var ofFake = CatalogKey.Of(string.Empty, options, rules.Prices);
            return await _cache.GetAsync(
                ofFake, rules, () => RetrieveAsync(rules, shared), cancellationToken, cancellationToken).ConfigureAwait(false);
        }

        using var call = transport.Begin(ApiRequest.Get("models"), options, cancellationToken);
        call.Clock.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        try
        {
            // A provider may return the keys of several tenants.
            var key = call.Settings.KeyIdentity ?? await transport.KeyOfAsync(call).ConfigureAwait(false);
            call.Awaited = "this caller waited for the retrieval of the catalog that all callers share";

            return await _cache.GetAsync(
                CatalogKey.Of(key, options, rules.Prices),
                rules,
                () => RetrieveAsync(rules, shared),
                call.Clock.Token,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (call.Clock.Token.IsCancellationRequested || exception is CallFailureException)
        {
            throw AttemptExceptions.NotBegun(call, exception);
        }
    }

    private Task<ModelCatalog> RetrieveAsync(CatalogRules rules, CCApiRequestOptions? options) =>
        UseAsync(_retrieval.RunAsync(rules, options));

    /// <summary>Costs and budgets are computed by the prices of the catalog that was retrieved last.</summary>
    private async Task<ModelCatalog> UseAsync(Task<ModelCatalog> retrieval)
    {
        var catalog = await retrieval.ConfigureAwait(false);
        if (_transport is not { Costs: var costs })
        {
            return catalog;
        }

        // A list that has become empty is a fault of the gateway rather than the end of all models.
        var isUsable = catalog.Models.Count > 0 || costs.Prices is null;
        if (isUsable)
        {
            costs.Prices = catalog;
        }

        return catalog;
    }
}
