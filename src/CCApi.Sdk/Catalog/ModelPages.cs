using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Enumerates the models page by page. The contract has no member for the last page, and a short page proves nothing: the gateway
/// may cap pages.
/// </summary>
internal static class ModelPages
{
    private static readonly string[] _totals = ["total", "total_count"];

    /// <summary>Enumerates every model. Each page is requested when it is needed.</summary>
    /// <param name="list">Lists one page.</param>
    /// <param name="query">Which models. It is copied.</param>
    /// <param name="options">What differs for the calls.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="CCApiProtocolException">There are more pages than <see cref="ModelListQuery.MaxPages"/>.</exception>
    public static IAsyncEnumerable<ModelSummary> EnumerateAsync(
        Func<ModelListQuery?, CCApiRequestOptions?, CancellationToken, Task<ModelListResponse>> list,
        ModelListQuery query,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var first = query.Page(query.Limit ?? CCApiDefaults.ModelPageSize, query.Offset ?? 0);

        return EnumerateAsync(list, first, query.MaxPages, options, cancellationToken);
    }

    /// <summary>Whether the page reports that no more follow, by one of the members that gateways send (observed).</summary>
    /// <param name="page">The page.</param>
    /// <param name="seen">How many models there were up to its end.</param>
    public static bool IsLast(ModelListResponse page, int seen)
    {
        if (page.AdditionalProperties is not { } members)
        {
            return false;
        }

        if (members.TryGetValue("has_more", out var hasMore) && hasMore.ValueKind == JsonValueKind.False)
        {
            return true;
        }

        foreach (var name in _totals)
        {
            if (members.TryGetValue(name, out var total) && Number(total) is { } count)
            {
                return seen >= count;
            }
        }

        return false;
    }

    private static async IAsyncEnumerable<ModelSummary> EnumerateAsync(
        Func<ModelListQuery?, CCApiRequestOptions?, CancellationToken, Task<ModelListResponse>> list,
        ModelListQuery first,
        int maxPages,
        CCApiRequestOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var limit = first.Limit!.Value;
        var offset = first.Offset!.Value;
        var seen = new HashSet<string>(StringComparer.Ordinal);

        for (var pages = 0; pages < maxPages; pages++)
        {
            var page = await list(first.Page(limit, offset), options, cancellationToken).ConfigureAwait(false);
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
            if (isComplete || IsLast(page, offset))
            {
                yield break;
            }
        }

        throw new CCApiProtocolException(
            FormattableString.Invariant($"The gateway has more than {maxPages} pages of models, or repeats none of them. ")
            + "Raise ModelListQuery.MaxPages or its Limit if that is right.");
    }

    private static long? Number(JsonElement value)
    {
        var text = JsonRead.FromElement(value, JsonRead.Text);
        var isNumber = long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);

        return isNumber ? number : null;
    }
}
