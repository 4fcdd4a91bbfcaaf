using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace CCApi.Sdk;

/// <summary>
/// One wait of a call for code that may ignore its token: a handler, a body, a content of the caller. It ends with that code, or
/// shortly after the call was canceled.
/// </summary>
internal abstract class CallWait
{
    /// <summary>How long canceled code may take to end by itself, which keeps its own exception.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(0.2);

    private Timer? _timer;

    /// <summary>The next one in the list of its clock.</summary>
    public CallWait? Next { get; set; }

    /// <summary>Whether the call was canceled during the wait.</summary>
    protected bool IsCanceled => _timer is not null;

    /// <summary>Gives the code a moment to end. The clock calls it, within its lock, while the wait is in its list.</summary>
    /// <remarks>The clock is the machine's: one of a test may stand still.</remarks>
    public void BeginGrace() =>
        _timer ??= new Timer(static wait => ((CallWait)wait!).Abandon(), this, _grace, Timeout.InfiniteTimeSpan);

    protected void EndGrace() => _timer?.Dispose();

    protected abstract void Abandon();
}

/// <summary>The same with the result of the code.</summary>
/// <remarks>
/// Pooled, because a stream waits for each of its reads; one that saw a cancellation is not used again, because its timer or its
/// code may still run.
/// </remarks>
internal sealed class CallWait<T> : CallWait, IValueTaskSource<T>
{
    private static readonly CallWait<T>?[] _idle = new CallWait<T>?[16];

    private readonly Action _onCompleted;
    private ManualResetValueTaskSourceCore<T> _core;
    private System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter _code;
    private CallClock? _clock;
    private Action<T>? _late;
    private int _isEnded;

    private CallWait() => _onCompleted = OnCompleted;

    /// <summary>Starts the wait.</summary>
    /// <param name="clock">The clock of the call.</param>
    /// <param name="pending">What the code returned.</param>
    /// <param name="late">Receives what arrives when nobody waits any more; null for nothing to dispose of.</param>
    public static ValueTask<T> Start(CallClock clock, ValueTask<T> pending, Action<T>? late)
    {
        var wait = Rent();
        (wait._clock, wait._late) = (clock, late);
        wait._code = pending.ConfigureAwait(false).GetAwaiter();

        var version = wait._core.Version;
        clock.Add(wait);
        wait._code.UnsafeOnCompleted(wait._onCompleted);

        return new ValueTask<T>(wait, version);
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Return();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    protected override void Abandon()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            _clock!.Remove(this);
            _core.SetException(new TokenIgnoredException());
        }
    }

    private void OnCompleted()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            EndLate();
            return;
        }

        _clock!.Remove(this);
        EndGrace();
        T result;
        try
        {
            result = _code.GetResult();
        }
#pragma warning disable CA1031 // The exception is thrown to who waits.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.SetException(exception);
            return;
        }

        // Nothing follows: what continues here may use this object again.
        _core.SetResult(result);
    }

    private void EndLate()
    {
        try
        {
            var result = _code.GetResult();
            _late?.Invoke(result);
        }
#pragma warning disable CA1031 // Nobody waits for it any more.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The exception is observed.
        }
    }

    private static CallWait<T> Rent()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            var isFree = Volatile.Read(ref _idle[i]) is not null;
            if (isFree && Interlocked.Exchange(ref _idle[i], null) is { } wait)
            {
                return wait;
            }
        }

        return new CallWait<T>();
    }

    private void Return()
    {
        if (IsCanceled)
        {
            return;
        }

        _core.Reset();
        _code = default;
        (_clock, _late, _isEnded) = (null, null, 0);

        for (var i = 0; i < _idle.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _idle[i], this, null) is null)
            {
                return;
            }
        }
    }
}
