using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans;

/// <summary>Sends items.</summary>
internal interface IItemSender
{
    /// <summary>Sends an item, and returns its result.</summary>
    /// <param name="index">The place of the item in its partition.</param>
    /// <param name="item">The item.</param>
    /// <param name="jobId">The image job that was started; null for none.</param>
    /// <param name="saveJob">Stores the id of a job that was started.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Exception">The call failed.</exception>
    Task<ResultRecord> SendAsync(
        int index, ItemRecord item, string? jobId, Func<string, Task> saveJob, CancellationToken cancellationToken);
}
