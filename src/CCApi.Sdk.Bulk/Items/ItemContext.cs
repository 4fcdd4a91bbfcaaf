using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>What the call of an item needs.</summary>
/// <param name="Client">The client.</param>
/// <param name="Options">The options of the call, with its idempotency key.</param>
/// <param name="JobId">The image job that an earlier run started; null for none.</param>
/// <param name="SaveJob">Stores the id of a job that was started.</param>
/// <param name="CancellationToken">Cancels the call.</param>
internal sealed record ItemContext(
    CCApiClient Client, CCApiRequestOptions Options, string? JobId, Func<string, Task> SaveJob, CancellationToken CancellationToken);
