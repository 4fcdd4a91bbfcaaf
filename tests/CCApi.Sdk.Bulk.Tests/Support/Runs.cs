using System;
using System.Collections.Generic;
using System.Threading;
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

    public static async Task WaitForAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
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
