using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A clock that the test moves, and that signals when somebody starts to wait.</summary>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly object _gate = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource<bool> Started)> _waiting = [];
    private int _timers;

    public TestClock()
        : base(new DateTimeOffset(2026, 11, 3, 10, 29, 38, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers there are that nobody has disposed of.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>Every time that a timer was set to.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    /// <summary>Takes a wait off the list, so that it is not taken for a later one; false when it is not on it.</summary>
    public bool Take(TimeSpan wait)
    {
        lock (_gate)
        {
            return _waits.Remove(wait);
        }
    }

    /// <summary>Waits until somebody waits for that long, and lets the time pass.</summary>
    public async Task Pass(TimeSpan due)
    {
        Task started;
        lock (_gate)
        {
            if (_waits.Remove(due))
            {
                started = Task.CompletedTask;
            }
            else
            {
                var source = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((due, source));
                started = Patience.Wait(source.Task);
            }
        }

        await started;
        Advance(due);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        Note(dueTime);
        return new NotingTimer(this, timer);
    }

    private void Note(TimeSpan due)
    {
        lock (_gate)
        {
            var waiter = _waiting.FirstOrDefault(waiter => waiter.Due == due);
            if (waiter.Started is null)
            {
                _waits.Add(due);
                return;
            }

            _waiting.Remove(waiter);
            waiter.Started.TrySetResult(true);
        }
    }

    private sealed class NotingTimer(TestClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = timer.Change(dueTime, period);
            clock.Note(dueTime);
            return isChanged;
        }

        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                Interlocked.Decrement(ref clock._timers);
            }

            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
