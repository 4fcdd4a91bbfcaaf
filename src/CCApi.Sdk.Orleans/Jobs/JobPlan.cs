using System.Collections.Generic;

namespace CCApi.Sdk.Orleans;

/// <summary>Which partitions of a job run, and how far they are. Pure. Not thread-safe.</summary>
internal sealed class JobPlan
{
    private readonly JobRecord _record;
    private readonly Dictionary<int, PartitionView> _running = [];

    /// <param name="record">The record, which it changes.</param>
    public JobPlan(JobRecord record)
    {
        _record = record;
        for (var i = 0; i < record.Begun; i++)
        {
            if (record.Finished[i] == 0)
            {
                _running.Add(i, new PartitionView());
            }
        }
    }

    /// <summary>Whether the record differs from what is stored.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The partitions that run.</summary>
    public IReadOnlyCollection<int> Running => _running.Keys;

    public bool IsFinished => _record.Begun == _record.Partitions && _running.Count == 0;

    /// <summary>Lets as many partitions begin as may run at once.</summary>
    public void Begin()
    {
        while (_record.Begun < _record.Partitions && _running.Count < _record.Settings.PartitionsAtOnce)
        {
            _running.Add(_record.Begun, new PartitionView());
            _record.Begun++;
            _record.Finished = [.. _record.Finished, 0];
            IsChanged = true;
        }
    }

    /// <summary>Notes how far a partition is.</summary>
    public void Note(int partition, PartitionView view)
    {
        if (!_running.ContainsKey(partition))
        {
            return;
        }

        if (!view.IsFinished)
        {
            _running[partition] = view;
            return;
        }

        _running.Remove(partition);
        _record.Finished[partition] = 1;
        _record.Totals.Add(view);
        IsChanged = true;
    }

    public JobProgress Progress()
    {
        var sums = new PartitionView();
        sums.Add(_record.Totals);
        foreach (var view in _running.Values)
        {
            sums.Add(view);
        }

        sums.IsFinished = _record.Phase == JobPhase.Finished;
        return new JobProgress
        {
            Sums = sums,
            Items = _record.Items,
            Partitions = _record.Partitions,
            Begun = _record.Begun,
            Finished = _record.Begun - _running.Count,
        };
    }
}
