using System;
using System.Threading;

namespace CCApi.Sdk.Bulk;

/// <summary>Counts the outcomes of a run, and reports the progress. Thread-safe.</summary>
internal sealed class RunCounters(decimal costBefore)
{
    private readonly object _gate = new();
    private readonly int[] _byStatus = new int[4];
    private decimal _cost = costBefore;
    private int _fromLedger;
    private int _rateLimited;
    private long _reported = long.MinValue;

    public decimal Cost
    {
        get
        {
            lock (_gate)
            {
                return _cost;
            }
        }
    }

    /// <summary>Adds the cost of a call when it ends, so that the next one is decided with it.</summary>
    public void AddCost(decimal? cost)
    {
        lock (_gate)
        {
            _cost += cost ?? 0;
        }
    }

    public void CountRateLimit() => Interlocked.Increment(ref _rateLimited);

    public void Count(BulkOutcome outcome)
    {
        lock (_gate)
        {
            _byStatus[(int)outcome.Status]++;
            _fromLedger += outcome.IsFromLedger ? 1 : 0;
        }
    }

    /// <summary>Reports the progress when the last report is old enough.</summary>
    public void Report(BulkOptions options, TimeSpan now, Func<BulkProgress> progress)
    {
        if (options.Progress is null)
        {
            return;
        }

        var last = Interlocked.Read(ref _reported);
        var isDue = last == long.MinValue || now.Ticks - last >= options.ProgressInterval.Ticks;
        if (isDue && Interlocked.CompareExchange(ref _reported, now.Ticks, last) == last)
        {
            options.Progress.Report(progress());
        }
    }

    public BulkProgress ToProgress(int inFlight, int waiting, int? total, int concurrency, TimeSpan elapsed)
    {
        lock (_gate)
        {
            return new BulkProgress
            {
                Done = _byStatus[(int)BulkStatus.Done],
                Failed = _byStatus[(int)BulkStatus.Failed],
                InDoubt = _byStatus[(int)BulkStatus.InDoubt],
                NotSent = _byStatus[(int)BulkStatus.NotSent],
                FromLedger = _fromLedger,
                InFlight = inFlight,
                Waiting = waiting,
                Total = total,
                Concurrency = concurrency,
                RateLimited = Volatile.Read(ref _rateLimited),
                Cost = _cost,
                Elapsed = elapsed,
            };
        }
    }
}
