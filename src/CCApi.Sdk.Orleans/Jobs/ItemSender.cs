using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk;

namespace CCApi.Sdk.Orleans;

/// <summary>Sends items by the client of the silo. The key of an item is the same each time.</summary>
/// <param name="client">The client.</param>
/// <param name="submission">What makes the keys of a job unique.</param>
internal sealed class ItemSender(CCApiClient client, string submission) : IItemSender
{
    public async Task<ResultRecord> SendAsync(
        int index, ItemRecord item, string? jobId, Func<string, Task> saveJob, CancellationToken cancellationToken)
    {
        var work = FleetItems.WorkOf(item);
        var key = string.Create(CultureInfo.InvariantCulture, $"fleet-{submission}-{ItemHash.Of(item.Id):x32}");

        // The partition repeats by itself, so that each sending is stored before it.
        var options = new CCApiRequestOptions { MaxRetries = 0, IdempotencyKey = key };
        var job = jobId;
        var context = new ItemContext(client, options, jobId, SaveAsync, cancellationToken);
        var result = await work.SendAsync(context).ConfigureAwait(false);
        return new ResultRecord
        {
            Index = index,
            Id = item.Id,
            Kind = item.Kind,
            State = FleetItemState.Done,
            Response = work.Write(result.Response, withoutMedia: false),
            Cost = result.Cost?.Amount,
            JobId = job,
        };

        Task SaveAsync(string started)
        {
            job = started;
            return saveJob(started);
        }
    }
}
