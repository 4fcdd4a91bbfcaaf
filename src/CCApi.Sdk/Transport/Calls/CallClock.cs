using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// The clock of one call: a total budget, the budget of the phase that the call is in, and one token that is canceled by the
/// caller or when a budget runs out.
/// </summary>
/// <remarks>
/// Moving a deadline later costs no timer call: the timer compares the deadlines again when it fires. So a budget can be renewed
/// with every read. Invariant: <c>_wake</c> is the time at which the timer fires next, or <c>Never</c>; it is never in the past,
/// because a deadline sets the timer only when it is before <c>_wake</c>. It is the lock of its own state, and listens to the
/// caller itself instead of linking a token, so that it can end waits without allocating more.
/// </remarks>
[SuppressMessage("Reliability", "CA2002", Justification = "Nothing outside has it, and a lock of its own costs bytes of each call.")]
internal sealed class CallClock : IReadWait, IDisposable
{
    private const long Never = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _closed;
    private readonly long _start;
    private readonly CancellationTokenRegistration _onCaller;
    private readonly CancellationTokenRegistration _onClosed;
    private CancellationTokenSource _source = new();
    private CallWait? _waits;
    private ITimer? _timer;
    private CCApiTimeoutKind _phase;
    private TimeSpan _limit;
    private long _phaseDeadline = Never;
    private long _totalDeadline = Never;
    private long _wake = Never;
    private bool _isInterrupted;
    private bool _isDisposed;

    /// <param name="time">The source of time and timers.</param>
    /// <param name="total">The budget of the whole call.</param>
    /// <param name="start">When the call began, as a timestamp of it; null for now.</param>
    /// <param name="caller">Is canceled by the caller.</param>
    /// <param name="closed">Is canceled when the client is disposed.</param>
    public CallClock(
        TimeProvider time, TimeSpan total, long? start, CancellationToken caller, CancellationToken closed = default)
    {
        _time = time;
        _caller = caller;
        _closed = closed;
        _start = start ?? time.GetTimestamp();
        Total = total;
        _totalDeadline = Deadline(TimeSpan.Zero, total);
        _onCaller = Listen(caller);
        _onClosed = Listen(closed);
    }

    public TimeSpan Total { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>What is left of the total budget.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (_totalDeadline == Never)
            {
                return TimeSpan.MaxValue;
            }

            return TimeSpan.FromTicks(Math.Max(0, _totalDeadline - Elapsed.Ticks));
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The same for what follows the call, which may have been disposed of.</summary>
    public CancellationToken TokenOrEnded
    {
        get
        {
            lock (this)
            {
                return _isDisposed ? new CancellationToken(canceled: true) : _source.Token;
            }
        }
    }

    public CancellationToken Caller => _caller;

    /// <summary>Whether the client was disposed.</summary>
    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>Whether the caller canceled, or disposed the client: nothing more is sent then.</summary>
    public bool IsStopped => _caller.IsCancellationRequested || IsClosed;

    /// <summary>The budget that ran out; <see cref="CCApiTimeoutKind.None"/> when none did.</summary>
    public CCApiTimeoutKind Expired { get; private set; }

    /// <summary>The limit of the budget that ran out.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>Starts a phase, or restarts it.</summary>
    /// <param name="phase">The budget of the phase.</param>
    /// <param name="limit">The length of the budget.</param>
    /// <param name="spent">How much of it was used before.</param>
    /// <returns>How long the call has run, so that callers need not read the clock again.</returns>
    public TimeSpan Enter(CCApiTimeoutKind phase, TimeSpan limit, TimeSpan spent = default) => Enter(phase, limit, spent, known: null);

    /// <summary>Starts the first phase of a call that begins with it: the clock was read just now.</summary>
    /// <returns>How long the call has run.</returns>
    public TimeSpan EnterAtStart(CCApiTimeoutKind phase, TimeSpan limit) => Enter(phase, limit, spent: default, TimeSpan.Zero);

    private TimeSpan Enter(CCApiTimeoutKind phase, TimeSpan limit, TimeSpan spent, TimeSpan? known)
    {
        lock (this)
        {
            var now = known ?? Elapsed;
            _phase = phase;
            _limit = limit;
            _phaseDeadline = Deadline(now - spent, limit);
            Schedule(now.Ticks);

            return now;
        }
    }

    /// <summary>Ends the total budget: a stream that has begun may run as long as its phases allow.</summary>
    public void EndTotal()
    {
        lock (this)
        {
            _totalDeadline = Never;
        }
    }

    /// <summary>Makes the call usable again after the budget of an attempt ran out. The total budget is not renewed.</summary>
    public void Renew()
    {
        CancellationTokenSource ended;
        lock (this)
        {
            _phaseDeadline = Never;
            var isUsable = Expired == CCApiTimeoutKind.None && !_source.IsCancellationRequested;
            if (isUsable || Expired == CCApiTimeoutKind.Total)
            {
                return;
            }

            Expired = CCApiTimeoutKind.None;
            ended = _source;
            _source = new CancellationTokenSource();
            _isInterrupted = false;
            Schedule(Elapsed.Ticks);
        }

        ended.Dispose();
        if (IsStopped)
        {
            Interrupt();
        }
    }

    /// <summary>Waits for code that may ignore its token: it ends with that code, or shortly after the call was canceled.</summary>
    /// <param name="pending">What the code returned.</param>
    /// <param name="late">Receives what arrives when nobody waits any more; null for nothing to dispose of.</param>
    /// <exception cref="TokenIgnoredException">The call was canceled, and the code went on.</exception>
    public ValueTask<T> WaitAsync<T>(ValueTask<T> pending, Action<T>? late = null) =>
        pending.IsCompleted ? pending : CallWait<T>.Start(this, pending, late);

    ValueTask<int> IReadWait.WaitAsync(ValueTask<int> read) => WaitAsync(read);

    internal void Add(CallWait wait)
    {
        lock (this)
        {
            wait.Next = _waits;
            _waits = wait;
            if (_isInterrupted)
            {
                wait.BeginGrace();
            }
        }
    }

    internal void Remove(CallWait wait)
    {
        lock (this)
        {
            CallWait? before = null;
            for (var other = _waits; other is not null; other = other.Next)
            {
                if (!ReferenceEquals(other, wait))
                {
                    before = other;
                    continue;
                }

                if (before is null)
                {
                    _waits = wait.Next;
                }
                else
                {
                    before.Next = wait.Next;
                }

                wait.Next = null;
                return;
            }
        }
    }

    /// <summary>Ends what is under way, for a strategy or a reader who no longer waits for it.</summary>
    public void Interrupt()
    {
        CancellationTokenSource source;
        lock (this)
        {
            source = _source;
        }

        Cancel(source);
    }

    public void Dispose()
    {
        lock (this)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        // Outside the lock: it waits for callbacks of the caller's cancellation, which may be waiting for the lock.
        _onCaller.Dispose();
        _onClosed.Dispose();
        _source.Dispose();
    }

    /// <param name="start">When the budget began; before the call when a part of it was used elsewhere.</param>
    /// <param name="limit">Its length.</param>
    private static long Deadline(TimeSpan start, TimeSpan limit)
    {
        var isEndless = limit == Timeout.InfiniteTimeSpan;
        var isTooLong = start.Ticks > 0 && limit.Ticks > Never - start.Ticks;
        if (isEndless || isTooLong)
        {
            return Never;
        }

        return start.Ticks + limit.Ticks;
    }

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
            // The longest time that timers accept.
            wait = TimeSpan.FromDays(45);
        }

        if (_timer is null)
        {
            _timer = _time.CreateTimer(static state => ((CallClock)state!).OnTimer(), this, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        CancellationTokenSource source;
        lock (this)
        {
            // The timer has fired, whatever follows: a value in the past would keep later deadlines from setting it.
            _wake = Never;
            if (_isDisposed || Expired != CCApiTimeoutKind.None)
            {
                return;
            }

            var now = Elapsed.Ticks;
            var isPhaseOver = now >= _phaseDeadline;
            var isTotalOver = now >= _totalDeadline;
            if (!isPhaseOver && !isTotalOver)
            {
                Schedule(now);
                return;
            }

            (Expired, Limit) = isTotalOver ? (CCApiTimeoutKind.Total, Total) : (_phase, _limit);
            source = _source;
        }

        Cancel(source);
    }

    private CancellationTokenRegistration Listen(CancellationToken token)
    {
#if NETSTANDARD2_0
        return token.Register(static clock => ((CallClock)clock!).Interrupt(), this);
#else
        return token.UnsafeRegister(static clock => ((CallClock)clock!).Interrupt(), this);
#endif
    }

    private void Cancel(CancellationTokenSource source)
    {
        lock (this)
        {
            var isCurrent = ReferenceEquals(source, _source);
            _isInterrupted |= isCurrent;
            for (var wait = isCurrent ? _waits : null; wait is not null; wait = wait.Next)
            {
                wait.BeginGrace();
            }
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
