using System.Globalization;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Finds out whether a page is the last one. The contract has no member for it, so a short page proves nothing: the gateway may
/// cap pages.
/// </summary>
internal static class ModelPages
{
    private static readonly string[] _totals = ["total", "total_count"];

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

    private static long? Number(JsonElement value)
    {
        var text = JsonRead.FromElement(value, JsonRead.Text);
        var isNumber = long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);

        return isNumber ? number : null;
    }
}
