using System;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Finds the number of calls at once that a gateway accepts: it grows while a full window succeeds, and is cut when a call was rejected
/// with 429 or calls take much longer. Pure: the clock is an argument. Not thread-safe.
/// </summary>
/// <remarks>
/// A cut happens once for all calls that were sent before it. The number that was rejected is the wall; beyond it, one more call is
/// tried only after a pause that doubles with each failure, so that less than one call in a hundred is a 429.
/// </remarks>
internal sealed class AdaptiveConcurrency
{
    private const int NoWall = int.MaxValue;

    private const int CallsBetweenProbes = 200;

    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly int _most;
    private double _limit;
    private int _wall = NoWall;
    private int _epoch;
    private int _callsSinceProbe;
    private int _callsSinceReject;
    private int _strikes;
    private TimeSpan _pause = _firstPause;
    private TimeSpan _probeAt;
    private LatencyTrend _latency;

    public AdaptiveConcurrency(int initial, int most)
    {
        _most = most;
        _limit = Math.Min(initial, most);
    }

    /// <summary>How many calls may be under way.</summary>
    public int Limit => (int)_limit;

    /// <summary>What a call keeps from its sending to its end.</summary>
    public int Epoch => _epoch;

    /// <summary>Takes note of a call that succeeded.</summary>
    /// <param name="latency">How long it took.</param>
    /// <param name="wasFull">Whether the window was full when it was sent: only then does it show that more are possible.</param>
    /// <param name="epoch">The epoch when it was sent.</param>
    /// <param name="now">The time.</param>
    public void Succeed(TimeSpan latency, bool wasFull, int epoch, TimeSpan now)
    {
        _callsSinceProbe++;
        _callsSinceReject++;
        var trend = _latency.Add(latency, Limit);
        if (trend == LatencyChange.MuchSlower && epoch == _epoch)
        {
            Cut(_limit * 0.9);
            return;
        }

        var mayGrow = wasFull && epoch == _epoch && trend == LatencyChange.None;
        if (mayGrow)
        {
            Grow(now);
        }
    }

    /// <summary>Takes note of a 429.</summary>
    /// <param name="inFlight">How many calls were under way when it was sent, itself included.</param>
    /// <param name="epoch">The epoch when it was sent.</param>
    /// <param name="now">The time.</param>
    public void Reject(int inFlight, int epoch, TimeSpan now)
    {
        if (epoch != _epoch)
        {
            return;
        }

        var wasProbe = _wall != NoWall && Limit == _wall + 1;
        _strikes = _callsSinceReject > 2 * Limit ? 0 : _strikes + 1;
        _callsSinceReject = 0;
        var isStray = _wall != NoWall && _strikes < 2;
        if (wasProbe)
        {
            _pause = _pause + _pause < _longestPause ? _pause + _pause : _longestPause;
            Cut(_wall);
        }
        else if (isStray)
        {
            // Gateways reject a call now and then for other reasons; too many at once are rejected in every window.
            Cut(_limit * 0.7);
        }
        else
        {
            _wall = Math.Max(1, Math.Min(inFlight, Limit) - 1);
            _pause = _firstPause;
            Cut(_wall * 0.7);
        }

        _callsSinceProbe = 0;
        _probeAt = now + _pause;
    }

    private void Cut(double limit)
    {
        _epoch++;
        _limit = Math.Max(1, limit);
    }

    private void Grow(TimeSpan now)
    {
        var isBelowWall = _limit < _wall;
        if (_wall == NoWall)
        {
            _limit += 1;
        }
        else if (isBelowWall)
        {
            _limit = Math.Min(_wall, _limit + (1 / _limit));
        }
        else if (Limit == _wall)
        {
            var mayProbe = now >= _probeAt && _callsSinceProbe >= CallsBetweenProbes;
            _limit += mayProbe ? 1 : 0;
            _callsSinceProbe = mayProbe ? 0 : _callsSinceProbe;
        }
        else if (_callsSinceProbe >= 2 * Limit)
        {
            // The probe succeeded: the wall is further away, and the next probe follows at once.
            _wall++;
            _pause = _firstPause;
            _probeAt = now;
            _callsSinceProbe = CallsBetweenProbes;
        }

        _limit = Math.Min(_limit, _most);
    }
}
