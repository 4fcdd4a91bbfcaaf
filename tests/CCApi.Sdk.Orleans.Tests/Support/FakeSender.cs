using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans.Tests.Support;

/// <summary>A gateway in memory: each sending waits until a test ends it, or responds at once.</summary>
internal sealed class FakeSender(Func<int, Func<string, Task>, Task<ResultRecord>>? respond = null) : IItemSender
{
    private readonly Lock _gate = new();

    public List<int> Sent { get; } = [];

    public List<string?> JobIds { get; } = [];

    public async Task<ResultRecord> SendAsync(
        int index, ItemRecord item, string? jobId, Func<string, Task> saveJob, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Sent.Add(index);
            JobIds.Add(jobId);
        }

        await Task.Yield();
        return respond is null ? Done(index) : await respond(index, saveJob).WaitAsync(cancellationToken);
    }

    public static ResultRecord Done(int index) =>
        new() { Index = index, Id = $"item-{index}", Kind = 1, State = FleetItemState.Done, Cost = 0.5m, Response = "{}" };
}
