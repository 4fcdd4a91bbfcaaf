using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Limits requests in any 60 seconds and at once. Both are decided together under one lock, so that no wait holds one limit while it
/// waits for the other, and the queue is first in, first out.
/// </summary>
/// <remarks>
/// A request counts from its lease until 60 seconds after the lease ended. It reached the gateway at some time in between, so the gateway
/// cannot see more than the limit in any window, however slow the network is. Invariant: <c>_ended</c> is in ascending order.
/// </remarks>
internal sealed class RequestRateLimiter : RateLimiter, IRateLimitObserver
{
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private readonly CCApiRateLimiterOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Queue<TimeSpan> _ended = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private ITimer? _timer;
    private TimeSpan? _wake;
    private TimeSpan _pausedUntil;
    private TimeSpan _idleSince;
    private int _requestsPerMinute;
    private int _underWay;
    private int _queued;
    private long _granted;
    private long _rejected;
    private bool _isDisposed;

    /// <param name="options">Checked options that nobody else changes.</param>
    public RequestRateLimiter(CCApiRateLimiterOptions options)
    {
        _options = options;
        _time = options.TimeProvider;
        _start = _time.GetTimestamp();
        _requestsPerMinute = options.RequestsPerMinute;
    }

    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                var now = Forget();
                var isIdle = _underWay == 0
                    && _queued == 0
                    && _ended.Count == 0;

                return isIdle ? now - _idleSince : null;
            }
        }
    }

    private int LargestCount => Math.Min(_options.MaxConcurrency, _options.RequestsPerMinute);

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = Math.Max(0, Available(Forget())),
                CurrentQueuedCount = _queued,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _rejected,
            };
        }
    }

    public void Observe(CCApiRateLimits? limits, bool isLimited, TimeSpan? retryAfter)
    {
        if (!_options.LearnFromResponses)
        {
            return;
        }

        lock (_gate)
        {
            if (limits?.RequestLimit is > 0 and var limit)
            {
                _requestsPerMinute = (int)Math.Min(_options.RequestsPerMinute, limit);
            }

            var pause = isLimited ? retryAfter ?? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
            if (limits is { RequestsRemaining: <= 0, RequestsReset: { } reset }
                && ResetTime.Parse(reset) is { } untilReset
                && untilReset > pause)
            {
                pause = untilReset;
            }

            var end = Now() + (pause < _longestPause ? pause : _longestPause);
            _pausedUntil = end > _pausedUntil && pause > TimeSpan.Zero ? end : _pausedUntil;
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        Check(permitCount);
        lock (_gate)
        {
            if (CanGrant(permitCount, Forget()))
            {
                return Grant(permitCount);
            }

            _rejected++;

            return RequestLease.Rejected;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        Check(permitCount);
        if (cancellationToken.IsCancellationRequested)
        {
            return new ValueTask<RateLimitLease>(Task.FromCanceled<RateLimitLease>(cancellationToken));
        }

        Waiter waiter;
        lock (_gate)
        {
            var now = Forget();
            if (CanGrant(permitCount, now))
            {
                return new ValueTask<RateLimitLease>(Grant(permitCount));
            }

            waiter = new Waiter(this, permitCount);
            waiter.Node = _waiters.AddLast(waiter);
            _queued += permitCount;
            Schedule(now);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Close();
        return base.DisposeAsyncCore();
    }

    private void Close()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();

            foreach (var waiter in _waiters)
            {
                waiter.Node = null;
                waiter.Lease.TrySetResult(RequestLease.Rejected);
            }

            _waiters.Clear();
            _queued = 0;
        }
    }

    /// <remarks>The registration is disposed outside the lock: that waits for a cancellation under way, which needs the lock.</remarks>
    private static async ValueTask<RateLimitLease> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        using var registration = cancellationToken.Register(state => ((Waiter)state!).Cancel(cancellationToken), waiter);
#else
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Cancel(token), waiter);
#endif
        return await waiter.Lease.Task.ConfigureAwait(false);
    }

    private void Check(int permitCount)
    {
        if (permitCount > LargestCount)
        {
            throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, $"This limiter grants at most {LargestCount} at once.");
        }

        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(RateLimiter));
        }
    }

    private TimeSpan Now() => _time.GetElapsedTime(_start);

    /// <summary>Drops what is older than the window; returns the time.</summary>
    private TimeSpan Forget()
    {
        var now = Now();
        while (_ended.Count > 0 && now - _ended.Peek() >= _window)
        {
            _idleSince = _ended.Dequeue() + _window;
        }

        return now;
    }

    private int Available(TimeSpan now)
    {
        var atOnce = _options.MaxConcurrency - _underWay;
        var inWindow = _requestsPerMinute - _underWay - _ended.Count;
        if (now < _pausedUntil)
        {
            return 0;
        }

        return Math.Min(atOnce, inWindow);
    }

    /// <summary>Nobody overtakes those who wait.</summary>
    private bool CanGrant(int permitCount, TimeSpan now)
    {
        var available = Available(now);
        if (permitCount == 0)
        {
            return available > 0;
        }

        return _waiters.Count == 0 && available >= permitCount;
    }

    private RequestLease Grant(int permitCount)
    {
        _underWay += permitCount;
        _granted++;

        return new RequestLease(this, permitCount);
    }

    private void Release(int permitCount)
    {
        lock (_gate)
        {
            var now = Forget();
            _underWay -= permitCount;

            for (var i = 0; i < permitCount; i++)
            {
                _ended.Enqueue(now);
            }

            GrantWaiters(now);
        }
    }

    private void GrantWaiters(TimeSpan now)
    {
        while (_waiters.First is { Value: var waiter } && Available(now) >= waiter.PermitCount)
        {
            Remove(waiter);
            waiter.Lease.TrySetResult(Grant(waiter.PermitCount));
        }

        Schedule(now);
    }

    private void Remove(Waiter waiter)
    {
        _waiters.Remove(waiter.Node!);
        waiter.Node = null;
        _queued -= waiter.PermitCount;
    }

    /// <summary>Sets the timer to the next time at which the first waiter may have its turn without the end of a lease.</summary>
    private void Schedule(TimeSpan now)
    {
        if (_isDisposed || _waiters.Count == 0)
        {
            return;
        }

        // After a pause that leaves room in the window, nothing has to leave the window first.
        var isPaused = now < _pausedUntil;
        var due = _ended.Count > 0 && !isPaused ? _ended.Peek() + _window : now;
        due = isPaused ? _pausedUntil : due;
        var isUseless = due <= now || _wake <= due;
        if (isUseless)
        {
            return;
        }

        _wake = due;
        if (_timer is null)
        {
            _timer = _time.CreateTimer(static state => ((RequestRateLimiter)state!).OnTimer(), this, due - now, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due - now, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _wake = null;
            if (!_isDisposed)
            {
                GrantWaiters(Forget());
            }
        }
    }

    private sealed class Waiter(RequestRateLimiter limiter, int permitCount)
    {
        public int PermitCount => permitCount;

        /// <summary>Its place in the queue; null when it has left it.</summary>
        public LinkedListNode<Waiter>? Node { get; set; }

        public TaskCompletionSource<RateLimitLease> Lease { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Cancel(CancellationToken cancellationToken)
        {
            lock (limiter._gate)
            {
                if (Node is null)
                {
                    return;
                }

                limiter.Remove(this);
                Lease.TrySetCanceled(cancellationToken);

                // Those behind it may need fewer permits.
                limiter.GrantWaiters(limiter.Forget());
            }
        }
    }

    private sealed class RequestLease(RequestRateLimiter? limiter, int permitCount) : RateLimitLease
    {
        public static readonly RequestLease Rejected = new(limiter: null, 0);

        private RequestRateLimiter? _limiter = limiter;

        public override bool IsAcquired { get; } = limiter is not null;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Exchange(ref _limiter, null)?.Release(permitCount);
            base.Dispose(disposing);
        }
    }
}
