using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Emulator;

/// <summary>A clock that can be set forward: its timers that become due run at once. Thread-safe.</summary>
internal sealed class EmulatorClock(TimeProvider inner) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<ShiftedTimer> _timers = [];
    private TimeSpan _offset;

    /// <summary>How far it was set forward.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_gate)
            {
                return _offset;
            }
        }
    }

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() =>
        inner.GetTimestamp() + (long)(Offset.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ShiftedTimer(this, callback, state, dueTime, period);

    /// <summary>How far it can be set forward in all, beyond which its time stamps would overflow.</summary>
    public static TimeSpan MaxOffset { get; } = TimeSpan.FromDays(36_500);

    /// <summary>Sets it forward.</summary>
    public void Advance(TimeSpan time)
    {
        if (!TryAdvance(time))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "It must be 0 or more, and 100 years at most in all.");
        }
    }

    /// <summary>Sets it forward; false when that is back, or too far.</summary>
    public bool TryAdvance(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
        {
            return false;
        }

        ShiftedTimer[] timers;
        lock (_gate)
        {
            if (time > MaxOffset - _offset)
            {
                return false;
            }

            _offset += time;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Reschedule();
        }

        return true;
    }

    private ITimer CreateInner(TimerCallback callback, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state: null, dueTime, period);

    private sealed class ShiftedTimer : ITimer
    {
        private readonly EmulatorClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer? _timer;
        private DateTimeOffset? _due;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public ShiftedTimer(
            EmulatorClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _callback = callback;
            _state = state;

            // Known to the clock before it runs; an advance meanwhile is caught up with afterwards.
            var offset = clock.Offset;
            Set(Due(dueTime), period);
            _timer = clock.CreateInner(_ => Fire(), dueTime, period);

            if (clock.Offset != offset)
            {
                Reschedule();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Set(Due(dueTime), period);
            return _timer!.Change(dueTime, period);
        }

        public void Reschedule()
        {
            DateTimeOffset? due;
            lock (_clock._gate)
            {
                due = _due;
            }

            if (due is { } time)
            {
                var wait = time - _clock.GetUtcNow();
                _timer?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            Set(due: null, _period);
            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Set(due: null, _period);
            return _timer!.DisposeAsync();
        }

        private DateTimeOffset? Due(TimeSpan dueTime)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return null;
            }

            return _clock.GetUtcNow() + dueTime;
        }

        private void Fire()
        {
            Set(_period == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + _period, _period);
            _callback(_state);
        }

        /// <summary>Only timers that are due are kept, so that forgotten ones can be collected.</summary>
        private void Set(DateTimeOffset? due, TimeSpan period)
        {
            lock (_clock._gate)
            {
                _due = due;
                _period = period;
                if (due is null)
                {
                    _clock._timers.Remove(this);
                }
                else
                {
                    _clock._timers.Add(this);
                }
            }
        }
    }
}
