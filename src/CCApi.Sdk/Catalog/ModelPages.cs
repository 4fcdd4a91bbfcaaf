using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
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
    private static readonly string[] _more = ["has_more", "hasMore"];

    /// <summary>Reads a page, whose models the client then knows.</summary>
    public static async ValueTask<ModelListResponse> ReadAsync(ApiCall call, HttpResponseMessage response)
    {
        var page = await ResponseReader.ReadAsync(call, response, ModelListResponse.ReadFrom).ConfigureAwait(false);
        call.SeenModels.Add(page.Data ?? [], static model => model?.Id);

        return page;
    }

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
    /// <param name="limit">How many were requested.</param>
    public static bool IsLast(ModelListResponse page, int seen, int limit)
    {
        if (page.AdditionalProperties is not { } members)
        {
            return false;
        }

        // Some gateways send the number of models of the page as their total: what follows is better known from has_more.
        if (HasMore(members) is { } hasMore)
        {
            return !hasMore;
        }

        // A full page whose total counts the page alone may have others after it, and a number below that of the page is wrong.
        var onPage = page.Data?.Count ?? 0;
        var total = Total(members);
        var isFull = onPage > 0 && onPage >= limit;
        var isOfPage = isFull ? total <= onPage : onPage > 0 && total < onPage;

        return !isOfPage && seen >= total;
    }

    /// <summary>Whether the page reports that more follow.</summary>
    /// <param name="page">The page.</param>
    /// <param name="seen">How many models there were up to its end.</param>
    private static bool PromisesMore(ModelListResponse page, int seen)
    {
        if (page.AdditionalProperties is not { } members)
        {
            return false;
        }

        return HasMore(members) ?? Total(members) > seen;
    }

    private static bool? HasMore(IDictionary<string, JsonElement> members)
    {
        foreach (var name in _more)
        {
            members.TryGetValue(name, out var hasMore);
            switch (hasMore.ValueKind)
            {
                case JsonValueKind.True:
                    return true;
                case JsonValueKind.False:
                    return false;
                case JsonValueKind.String or JsonValueKind.Number when IsTrue(hasMore):
                    return true;
            }
        }

        return null;
    }

    /// <summary>Whether a text or a number stands for true. One for false is not believed, which costs one request.</summary>
    private static bool IsTrue(JsonElement value)
    {
        var text = JsonRead.FromElement(value, JsonRead.Text);
        return text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
    }

    private static long? Total(IDictionary<string, JsonElement> members)
    {
        foreach (var name in _totals)
        {
            if (members.TryGetValue(name, out var total) && Number(total) is { } count)
            {
                return count;
            }
        }

        return null;
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
        var repeats = 0;

        for (var pages = 0; pages < maxPages; pages++)
        {
            var page = await list(first.Page(limit, offset), options, cancellationToken).ConfigureAwait(false);
            var models = page.Data ?? [];
            var known = seen.Count;

            foreach (var model in models)
            {
                // A model is on two pages when the list changes between them.
                if (model is not null && (model.Id is null || seen.Add(model.Id)))
                {
                    yield return model;
                }
            }

            if (models.Count > int.MaxValue - offset)
            {
                // A page after it cannot be requested.
                yield break;
            }

            offset += models.Count;

            // Without a new model, the gateway does not page (observed), and that was all. When it reports that more follow, the
            // list may have moved by a page, so that one more is requested.
            var isRepeated = seen.Count == known;
            repeats = isRepeated ? repeats + 1 : 0;
            var mayHaveMoved = models.Count > 0 && repeats == 1 && PromisesMore(page, offset);
            var isComplete = (isRepeated && !mayHaveMoved) || models.Count > limit;
            if (isComplete || IsLast(page, offset, limit))
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
