using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>One submission of a job: stores its items in partitions, then starts it.</summary>
internal sealed class JobSubmission
{
    // With one item of any size more, a call stays far below what Orleans accepts.
    private const int LargestPartition = 1024 * 1024;

    private const int LoadsAtOnce = 8;

    private static readonly TimeSpan _maxOutage = TimeSpan.FromMinutes(1);

    private readonly FleetJob _job;
    private readonly JobSettings _settings;
    private readonly IGrainFactory _grains;
    private readonly IJobGrain _grain;
    private readonly TimeProvider _time;
    private readonly string _submission = Guid.NewGuid().ToString("N");
    private readonly HashSet<UInt128> _ids = [];
    private readonly List<Task> _loads = [];
    private List<ItemRecord> _items = [];
    private int _length;
    private int _partitions;

    /// <exception cref="FleetException">A setting is out of its range.</exception>
    public JobSubmission(FleetJob job, IGrainFactory grains, TimeProvider time)
    {
        _job = job;
        _settings = job.ToSettings();
        _grains = grains;
        _grain = grains.GetGrain<IJobGrain>(job.Id);
        _time = time;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await GrainCalls.RepeatAsync(() => _grain.BeginAsync(_submission, _settings), _maxOutage, _time, cancellationToken)
            .ConfigureAwait(false);

        await foreach (var item in _job.Items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Add(FleetItems.ToRecord(item));
            var isFull = _items.Count >= _job.PartitionSize || _length >= LargestPartition;
            if (isFull)
            {
                await LoadAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (_items.Count > 0)
        {
            await LoadAsync(cancellationToken).ConfigureAwait(false);
        }

        await Task.WhenAll(_loads).ConfigureAwait(false);
        if (_ids.Count == 0)
        {
            throw FleetException.Of(FleetError.InvalidJob, $"The job \"{_job.Id}\" has no items.");
        }

        await GrainCalls.RepeatAsync(() => _grain.StartAsync(_submission, _partitions, _ids.Count), _maxOutage, _time, cancellationToken)
            .ConfigureAwait(false);
    }

    private void Add(ItemRecord item)
    {
        if (!_ids.Add(ItemHash.Of(item.Id)))
        {
            var message = $"Two items of the job \"{_job.Id}\" have the id \"{item.Id}\": give each its own.";
            throw FleetException.Of(FleetError.InvalidJob, message);
        }

        _items.Add(item);
        _length += item.Request.Length;
    }

    /// <summary>Stores the items that were collected as the next partition.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var input = new PartitionInput { Submission = _submission, Settings = _settings, Items = _items };
        var grain = _grains.GetGrain<IPartitionGrain>(PartitionKey.Of(_job.Id, _partitions));
        _items = [];
        _length = 0;
        _partitions++;
        _loads.Add(GrainCalls.RepeatAsync(() => grain.LoadAsync(input), _maxOutage, _time, cancellationToken));
        if (_loads.Count >= LoadsAtOnce)
        {
            await Task.WhenAll(_loads).ConfigureAwait(false);
            _loads.Clear();
        }
    }
}
