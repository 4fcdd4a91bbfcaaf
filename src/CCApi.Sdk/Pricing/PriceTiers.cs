using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>The order of tiers: where one begins is known from the end of the one before it, so that an unsorted list is sorted.</summary>
internal static class PriceTiers
{
    private const int MaxSorted = 100;

    /// <summary>The items with their places in the list, those of tiers that state only their ends by these ends.</summary>
    public static IEnumerable<(int Index, JsonElement Item)> InOrder(JsonElement list)
    {
        var items = list.EnumerateArray().Select((item, index) => (Index: index, Item: item));
        if (list.GetArrayLength() is < 2 or > MaxSorted || !list.EnumerateArray().All(HasNoBeginning))
        {
            return items;
        }

        // Without an end, a tier is the last.
        return items.OrderBy(entry => PriceLabels.Read(entry.Item, default).Next ?? long.MaxValue);
    }

    private static bool HasNoBeginning(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && !PriceLabels.HasBeginning(item);
}
