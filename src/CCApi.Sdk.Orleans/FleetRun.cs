using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A job of a fleet, from any process: the job runs whether or not one watches it. Thread-safe.</summary>
public sealed class FleetRun
{
    private static readonly TimeSpan _defaultInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan _maxOutage = TimeSpan.FromMinutes(2);

    private readonly IGrainFactory _grains;
    private readonly IJobGrain _job;
    private readonly TimeProvider _time;

    internal FleetRun(string id, IGrainFactory grains, TimeProvider time)
    {
        Id = id;
        _grains = grains;
        _job = grains.GetGrain<IJobGrain>(id);
        _time = time;
    }

    /// <summary>The id of the job.</summary>
    public string Id { get; }

    /// <summary>Retrieves the state of the job.</summary>
    /// <param name="cancellationToken">Cancels the retrieval.</param>
    /// <exception cref="FleetException">There is no such job, or no silo responds.</exception>
    public async Task<FleetProgress> GetProgressAsync(CancellationToken cancellationToken = default)
    {
        var progress = await RepeatAsync(_job.GetProgressAsync, cancellationToken).ConfigureAwait(false);
        return progress.ToPublic();
    }

    /// <summary>Returns the state of the job again and again until it is finished; the last one is that.</summary>
    /// <param name="interval">The time between two states; null for 1 second.</param>
    /// <param name="cancellationToken">Ends the sequence; the job runs on.</param>
    /// <exception cref="FleetException">There is no such job, or no silo responds.</exception>
    public async IAsyncEnumerable<FleetProgress> WatchAsync(
        TimeSpan? interval = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var progress = await GetProgressAsync(cancellationToken).ConfigureAwait(false);
            yield return progress;
            if (progress.IsFinished)
            {
                yield break;
            }

            await Task.Delay(interval ?? _defaultInterval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until every item has its outcome.</summary>
    /// <param name="cancellationToken">Ends the wait; the job runs on.</param>
    /// <returns>The last state.</returns>
    /// <exception cref="FleetException">There is no such job, or no silo responds.</exception>
    public async Task<FleetProgress> WaitAsync(CancellationToken cancellationToken = default)
    {
        FleetProgress? last = null;
        await foreach (var progress in WatchAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            last = progress;
        }

        return last!;
    }

    /// <summary>Returns one outcome for each item as they are stored, and ends with the job.</summary>
    /// <param name="cancellationToken">Ends the sequence; the job runs on.</param>
    /// <exception cref="FleetException">There is no such job, or no silo responds.</exception>
    /// <remarks>
    /// The sequence can be read again, also by other processes, until the job is deleted. What is in doubt is returned when its
    /// partition has finished.
    /// </remarks>
    public async IAsyncEnumerable<BulkOutcome> ReadResultsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = new List<int>();
        var open = new List<int>();
        while (true)
        {
            var progress = await GetProgressAsync(cancellationToken).ConfigureAwait(false);
            while (next.Count < progress.PartitionsBegun)
            {
                open.Add(next.Count);
                next.Add(0);
            }

            var isNew = false;
            foreach (var partition in open.ToList())
            {
                var page = await ReadPageAsync(partition, next[partition], cancellationToken).ConfigureAwait(false);
                isNew |= page.Results.Count > 0;
                next[partition] = page.NextChunk;
                foreach (var result in page.Results)
                {
                    yield return FleetItems.ToOutcome(result);
                }

                if (page.IsLast)
                {
                    open.Remove(partition);
                }
            }

            var isEnd = open.Count == 0 && next.Count == progress.Partitions;
            if (isEnd)
            {
                yield break;
            }

            if (!isNew)
            {
                await Task.Delay(_defaultInterval / 4, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the job in order: nothing more is sent, and calls under way finish. Items that wait are not sent.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetException">There is no such job, or no silo responds.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        GrainCalls.RepeatAsync(_job.StopAsync, _maxOutage, _time, cancellationToken);

    /// <summary>Deletes what is stored of a job that is finished. Its id can be used again.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetException">There is no such job, it is not finished, or no silo responds.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        var progress = await GetProgressAsync(cancellationToken).ConfigureAwait(false);
        if (!progress.IsFinished)
        {
            throw FleetException.Of(FleetError.JobExists, $"The job \"{Id}\" is not finished: stop it and wait before it is deleted.");
        }

        for (var partition = 0; partition < progress.Partitions; partition++)
        {
            var grain = PartitionOf(partition);
            await GrainCalls.RepeatAsync(grain.ClearAsync, _maxOutage, _time, cancellationToken).ConfigureAwait(false);
        }

        await GrainCalls.RepeatAsync(_job.ClearAsync, _maxOutage, _time, cancellationToken).ConfigureAwait(false);
    }

    private IPartitionGrain PartitionOf(int number) => _grains.GetGrain<IPartitionGrain>(PartitionKey.Of(Id, number));

    private Task<ResultPage> ReadPageAsync(int partition, int chunk, CancellationToken cancellationToken)
    {
        var grain = PartitionOf(partition);
        return RepeatAsync(() => grain.ReadResultsAsync(chunk), cancellationToken);
    }

    private Task<T> RepeatAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatAsync(call, _maxOutage, _time, cancellationToken);
}
