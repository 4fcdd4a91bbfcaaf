using System;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Finds the number of calls at once that a gateway accepts: it grows while full windows succeed, and is cut when a number of calls at
/// once is rejected with 429 or calls take much longer. Pure: the clock is an argument. Not thread-safe.
/// </summary>
/// <remarks>
/// Gateways reject a call now and then for other reasons, and one of those 429s must not slow a run down. Those that mean too many at
/// once are a large share of the calls at that number. So 429s are added up against the successes with as many calls at once, as in a
/// CUSUM test, and only a large share is the wall. A cut happens once for all calls that were sent before it. Beyond the wall more calls
/// are tried after a pause, which doubles with each failure, so that less than one call in a hundred is a 429.
/// </remarks>
internal sealed class AdaptiveConcurrency
{
    private const int NoWall = int.MaxValue;

    private const int CallsBetweenProbes = 200;

    // Four 429s in a row are the wall, and so is any share above one in fifteen for long; one in fifty is not, for thousands of calls.
    private const double WallSuspicion = 4;

    private const double SuspicionOfSuccess = 1.0 / 14;

    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly int _most;
    private double _limit;
    private int _wall = NoWall;
    private int _epoch;
    private int _callsSinceProbe;
    private int _probeStep = 1;
    private int _suspect;
    private double _suspicion;
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
    /// <param name="inFlight">How many calls were under way when it was sent, itself included.</param>
    /// <param name="wasFull">Whether the window was full when it was sent: only then does it show that more are possible.</param>
    /// <param name="epoch">The epoch when it was sent.</param>
    /// <param name="now">The time.</param>
    public void Succeed(TimeSpan latency, int inFlight, bool wasFull, int epoch, TimeSpan now)
    {
        _callsSinceProbe++;
        var trend = _latency.Add(latency, Limit);
        if (trend == LatencyChange.MuchSlower && epoch == _epoch)
        {
            Cut(_limit * 0.9);
            return;
        }

        var isExculpatory = _suspicion > 0 && inFlight >= _suspect;
        if (isExculpatory)
        {
            _suspicion = Math.Max(0, _suspicion - SuspicionOfSuccess);
        }

        var mayGrow = wasFull && epoch == _epoch && trend == LatencyChange.None && _suspicion == 0;
        if (mayGrow)
        {
            Grow(now);
        }
    }

    /// <summary>Takes note of a 429.</summary>
    /// <param name="inFlight">How many calls were under way at most while it was, itself included.</param>
    /// <param name="epoch">The epoch when it was sent.</param>
    /// <param name="now">The time.</param>
    public void Reject(int inFlight, int epoch, TimeSpan now)
    {
        if (epoch != _epoch)
        {
            return;
        }

        var atOnce = Math.Min(inFlight, Limit);
        _suspect = _suspicion > 0 ? Math.Min(_suspect, atOnce) : atOnce;
        _suspicion++;
        if (_suspicion < WallSuspicion)
        {
            return;
        }

        var wasProbe = _wall != NoWall && Limit > _wall;
        if (wasProbe)
        {
            _pause = _pause + _pause < _longestPause ? _pause + _pause : _longestPause;
            Cut(_wall);
        }
        else
        {
            _wall = Math.Max(1, _suspect - 1);
            _pause = _firstPause;
            Cut(_wall * 0.7);
        }

        _callsSinceProbe = 0;
        _probeStep = 1;
        _probeAt = now + _pause;
    }

    /// <summary>
    /// Tries more than the wall. They are under suspicion: one 429 is enough, until they have succeeded often enough.
    /// </summary>
    private void Probe(TimeSpan now)
    {
        var mayProbe = now >= _probeAt && _callsSinceProbe >= CallsBetweenProbes && Limit < _most;
        if (!mayProbe)
        {
            return;
        }

        _suspect = _wall + 1;
        _suspicion = WallSuspicion - 1;
        _limit += _probeStep;
        _callsSinceProbe = 0;
    }

    private void Cut(double limit)
    {
        _epoch++;
        _suspicion = 0;
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
            // As many were accepted before: back there within a few windows.
            _limit = Math.Min(_wall, _limit + (Math.Max(1, _wall / 16.0) / _limit));
        }
        else if (Limit == _wall)
        {
            Probe(now);
        }
        else if (_callsSinceProbe >= 2 * Limit)
        {
            // The probe succeeded: the wall is further away, and the next probe follows at once, with a longer step.
            _wall = Limit;
            _pause = _firstPause;
            _probeAt = now;
            _probeStep = Math.Min(2 * _probeStep, _wall);
            _callsSinceProbe = CallsBetweenProbes;
        }

        _limit = Math.Min(_limit, _most);
    }
}
