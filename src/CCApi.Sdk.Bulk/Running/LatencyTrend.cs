using System;

namespace CCApi.Sdk.Bulk;

/// <summary>Compares the average latency of the latest window of calls with that of the best one. Not thread-safe.</summary>
internal struct LatencyTrend
{
    // Averages of fewer calls say little.
    private const int SmallestWindow = 16;

    private double _best;
    private double _sum;
    private int _count;
    private LatencyChange _last;

    /// <summary>Adds a call.</summary>
    /// <param name="latency">How long it took.</param>
    /// <param name="window">How many calls are a window.</param>
    public LatencyChange Add(TimeSpan latency, int window)
    {
        _sum += latency.TotalMilliseconds;
        _count++;
        if (_count < Math.Max(window, SmallestWindow))
        {
            return _last;
        }

        var average = _sum / _count;
        (_sum, _count) = (0, 0);

        // The best one is forgotten slowly: prompts and models may have become longer for good.
        _best = _best == 0 || average < _best ? average : _best * 1.02;
        _last = average > 2 * _best ? LatencyChange.Slower : LatencyChange.None;
        return average > 4 * _best ? LatencyChange.MuchSlower : _last;
    }
}
