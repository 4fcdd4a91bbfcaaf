using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Retrieves all models, page by page, as one catalog.</summary>
/// <param name="list">Lists one page.</param>
/// <param name="time">The time at which the catalog was retrieved.</param>
internal sealed class CatalogRetrieval(
    Func<ModelListQuery?, CCApiRequestOptions?, CancellationToken, Task<ModelListResponse>> list, TimeProvider time)
{
    /// <summary>What a retrieval for several callers takes from the first: whose it is, not how long it may take.</summary>
    public static CCApiRequestOptions? SharedOptions(CCApiRequestOptions? options)
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

    /// <summary>Retrieves the catalog. No caller's token ends it, because others may wait for it too.</summary>
    /// <exception cref="CCApiProtocolException">There are more models or pages than the rules allow.</exception>
    public async Task<ModelCatalog> RunAsync(CatalogRules rules, CCApiRequestOptions? options)
    {
        var retrievedAt = time.GetUtcNow();
        var models = new List<ModelSummary>();
        var query = new ModelListQuery { Limit = rules.PageSize, Offset = 0 };
        var all = ModelPages.EnumerateAsync(list, query, options, CancellationToken.None);

        await foreach (var model in all.ConfigureAwait(false))
        {
            if (models.Count == rules.MaxModels)
            {
                throw new CCApiProtocolException(FormattableString.Invariant(
                    $"The gateway lists more than {rules.MaxModels} models. Raise ModelCatalogOptions.MaxModels if that is right."));
            }

            models.Add(model);
        }

        return ModelCatalog.FromModels(models, retrievedAt, rules.Prices);
    }
}
