using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CCApi.Sdk.Bulk;

/// <summary>Counts the outcomes of a run, and reports the progress. Thread-safe.</summary>
/// <param name="costsBefore">The costs of earlier runs, by currency.</param>
/// <param name="currency">The currency of the budget; null without one.</param>
internal sealed class RunCounters(IReadOnlyDictionary<string, decimal>? costsBefore, string? currency)
{
    private readonly object _gate = new();
    private readonly int[] _byStatus = new int[4];
    private readonly Dictionary<string, decimal> _costs =
        new(costsBefore ?? new Dictionary<string, decimal>(), StringComparer.OrdinalIgnoreCase);
    private int _fromLedger;
    private int _rateLimited;
    private long _reported = long.MinValue;

    /// <summary>Adds the cost of a call when it ends.</summary>
    public void AddCost(CCApiCost? cost)
    {
        if (cost?.Amount is not { } amount || amount == 0)
        {
            return;
        }

        lock (_gate)
        {
            _costs[cost.Currency] = Money.Add(_costs.GetValueOrDefault(cost.Currency), amount);
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
            var unit = Currency();
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
                Cost = _costs.GetValueOrDefault(unit),
                Currency = unit,
                Elapsed = elapsed,
            };
        }
    }

    private string Currency()
    {
        var isDollars = _costs.Count == 0 || _costs.ContainsKey(Currencies.Usd);
        return currency ?? (isDollars ? Currencies.Usd : _costs.Keys.First());
    }
}
