using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A clock on which every short wait is over as soon as it begins; the long ones, which are budgets, run out when the short ones add up to them.</summary>
internal sealed class SkippingTime : FakeTimeProvider
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    private int _expired;

    /// <summary>The waits so far.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>How many timers have fired without being set again: budgets that ran out, and waits that are over.</summary>
    public int Expired => Volatile.Read(ref _expired);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ObservedTimer(this, callback, state);
        timer.Start(base.CreateTimer(timer.Fire, state: null, dueTime, period));
        if (dueTime <= _longestWait)
        {
            Waits.Add(dueTime);
            Advance(dueTime);
        }

        return timer;
    }

    private sealed class ObservedTimer(SkippingTime clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _timer;
        private bool _isSetAgain;

        public void Start(ITimer timer) => _timer = timer;

        public void Fire(object? _)
        {
            _isSetAgain = false;
            callback(state);
            if (!_isSetAgain)
            {
                Interlocked.Increment(ref clock._expired);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _isSetAgain = true;
            return _timer!.Change(dueTime, period);
        }

        public void Dispose() => _timer?.Dispose();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
