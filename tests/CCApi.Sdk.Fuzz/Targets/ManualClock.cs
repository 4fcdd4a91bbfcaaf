using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>A clock that stands still until it is moved to its next timer. Unlike the fake clock of the platform, it knows when that is, and how many timers are left.</summary>
internal sealed class ManualClock : TimeProvider
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>The timers that have neither fired nor been disposed of.</summary>
    public int TimerCount
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer and fires it; false when none is left.</summary>
    public bool Advance()
    {
        ManualTimer? next = null;
        lock (_gate)
        {
            foreach (var timer in _timers)
            {
                next = next is null || timer.Due < next.Due ? timer : next;
            }

            if (next is null)
            {
                return false;
            }

            _timers.Remove(next);
            _ticks = Math.Max(_ticks, next.Due);
        }

        next.Fire();
        return true;
    }

    /// <summary>Waits on this clock; continues within the call of <see cref="Advance"/>.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (delay != TimeSpan.Zero)
        {
            await Task.Delay(delay, this, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
            {
                throw new NotSupportedException("No timer of the SDK has a period.");
            }

            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._ticks + dueTime.Ticks;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
