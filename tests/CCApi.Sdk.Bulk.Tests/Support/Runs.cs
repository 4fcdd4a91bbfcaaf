using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.Tests.Support;

internal static class Runs
{
    public static async Task<List<BulkOutcome>> ToListAsync(this IAsyncEnumerable<BulkOutcome> outcomes)
    {
        var list = new List<BulkOutcome>();
        await foreach (var outcome in outcomes)
        {
            list.Add(outcome);
        }

        return list;
    }

    /// <summary>Chat items; the prompt of each is its id.</summary>
    public static async IAsyncEnumerable<BulkItem> Items(params string[] ids)
    {
        await Task.CompletedTask;
        foreach (var id in ids)
        {
            yield return BulkItem.Chat(id, "m", id);
        }
    }
}
