using System;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>
/// The clock of one call: a total budget, the budget of the phase that the call is in, and one token that ends when the caller cancels or a budget runs out.
/// </summary>
/// <remarks>Moving a deadline later costs no timer call: the timer looks again when it fires. So a budget can be renewed with every read.</remarks>
internal sealed class CallBudget : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly long _start;
    private CancellationTokenSource _source;
    private ITimer? _timer;
    private CCApiTimeoutKind _phase;
    private TimeSpan _limit;
    private long _phaseDeadline = Never;
    private long _totalDeadline = Never;
    private long _wake = Never;
    private bool _isDisposed;

    public CallBudget(TimeProvider time, TimeSpan total, CancellationToken caller)
    {
        _time = time;
        _caller = caller;
        _start = time.GetTimestamp();
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Total = total;
        _totalDeadline = Deadline(TimeSpan.Zero, total);
    }

    public TimeSpan Total { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>What is left of the total budget.</summary>
    public TimeSpan Remaining => _totalDeadline == Never ? TimeSpan.MaxValue : TimeSpan.FromTicks(Math.Max(0, _totalDeadline - Elapsed.Ticks));

    public CancellationToken Token => _source.Token;

    public CancellationToken Caller => _caller;

    /// <summary>The budget that ran out; <see cref="CCApiTimeoutKind.None"/> when none did.</summary>
    public CCApiTimeoutKind Expired { get; private set; }

    /// <summary>The limit of the budget that ran out.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>Starts a phase, or restarts it.</summary>
    /// <param name="phase">The budget of the phase.</param>
    /// <param name="limit">The length of the budget.</param>
    /// <param name="spent">How much of it was used before.</param>
    public void Enter(CCApiTimeoutKind phase, TimeSpan limit, TimeSpan spent = default)
    {
        lock (_gate)
        {
            var now = Elapsed;
            _phase = phase;
            _limit = limit;
            _phaseDeadline = Deadline(now - spent, limit);
            Schedule(now.Ticks);
        }
    }

    /// <summary>Leaves only the phase's budget, as when a stream has begun and may run as long as it speaks.</summary>
    public void EndTotal()
    {
        lock (_gate)
        {
            _totalDeadline = Never;
        }
    }

    /// <summary>Makes the call usable again after an attempt's budget ran out; the total budget has no second one.</summary>
    public void Renew()
    {
        CancellationTokenSource ended;
        lock (_gate)
        {
            _phaseDeadline = Never;
            if (Expired is CCApiTimeoutKind.None or CCApiTimeoutKind.Total)
            {
                return;
            }

            Expired = CCApiTimeoutKind.None;
            ended = _source;
            _source = CancellationTokenSource.CreateLinkedTokenSource(_caller);
            Schedule(Elapsed.Ticks);
        }

        ended.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        // Outside the lock: it waits for callbacks of the caller's cancellation, which may be waiting for the lock.
        _source.Dispose();
    }

    private static long Deadline(TimeSpan now, TimeSpan limit) =>
        limit == Timeout.InfiniteTimeSpan || limit.Ticks > Never - now.Ticks ? Never : now.Ticks + limit.Ticks;

    private void Schedule(long now)
    {
        var due = Math.Min(_phaseDeadline, _totalDeadline);
        if (due >= _wake || _isDisposed)
        {
            return;
        }

        _wake = due;
        var wait = TimeSpan.FromTicks(Math.Max(0, due - now));
        if (wait > TimeSpan.FromDays(45))
        {
            // Timers hold no more; the timer looks again when it fires.
            wait = TimeSpan.FromDays(45);
        }

        if (_timer is null)
        {
            _timer = _time.CreateTimer(static state => ((CallBudget)state!).Look(), this, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        CancellationTokenSource source;
        lock (_gate)
        {
            if (_isDisposed || Expired != CCApiTimeoutKind.None)
            {
                return;
            }

            var now = Elapsed.Ticks;
            _wake = Never;
            if (now < _phaseDeadline && now < _totalDeadline)
            {
                Schedule(now);
                return;
            }

            (Expired, Limit) = now >= _totalDeadline ? (CCApiTimeoutKind.Total, Total) : (_phase, _limit);
            source = _source;
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended just now.
        }
    }
}
