using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans;

/// <summary>The limiter of an API key as the clients of one process use it. Thread-safe.</summary>
/// <remarks>
/// Only <see cref="RateLimiter.AcquireAsync"/> grants leases, of one permit or none: a lease is a call of a grain, so that
/// <see cref="RateLimiter.AttemptAcquire"/> rejects. While the silo of the limiter is gone, callers wait.
/// </remarks>
internal sealed class FleetRateLimiter : RateLimiter
{
    private readonly ILimiterGrain _grain;
    private readonly LeaseKeeper _keeper;
    private readonly TimeProvider _time;
    private readonly string _process = Guid.NewGuid().ToString("N");
    private long _last;
    private long _granted;
    private long _rejected;
    private int _waiting;

    public FleetRateLimiter(ILimiterGrain grain, TimeProvider time)
    {
        _grain = grain;
        _time = time;
        _keeper = new LeaseKeeper(grain, time);
    }

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics GetStatistics() => new()
    {
        // What is available is known to the fleet alone.
        CurrentAvailablePermits = 0,
        CurrentQueuedCount = Volatile.Read(ref _waiting),
        TotalSuccessfulLeases = Interlocked.Read(ref _granted),
        TotalFailedLeases = Interlocked.Read(ref _rejected),
    };

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        Check(permitCount);
        Interlocked.Increment(ref _rejected);
        return FleetLease.Rejected;
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        Check(permitCount);
        ObjectDisposedException.ThrowIf(_keeper.IsDisposed, this);
        if (permitCount == 0)
        {
            return FleetLease.Empty;
        }

        var number = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        var id = $"{_process}-{number}";
        Interlocked.Increment(ref _waiting);
        try
        {
            while (true)
            {
                var poll = GrainCalls.RepeatAsync(() => _grain.AcquireAsync(id), patience: null, _time, cancellationToken);
                var reply = await poll.ConfigureAwait(false);
                if (reply.IsGranted)
                {
                    _keeper.Add(id, reply.LeaseTime);
                    Interlocked.Increment(ref _granted);
                    return new FleetLease(_keeper, id, isAcquired: true);
                }
            }
        }
        catch
        {
            // The poll that was abandoned may be granted.
            _keeper.Release(id);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _keeper.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        _keeper.Dispose();
        return base.DisposeAsyncCore();
    }

    private static void Check(int permitCount)
    {
        if (permitCount > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, "The limiter of a fleet grants one permit at a time.");
        }
    }

    private sealed class FleetLease(LeaseKeeper? keeper, string id, bool isAcquired) : RateLimitLease
    {
        public static readonly FleetLease Rejected = new(keeper: null, string.Empty, isAcquired: false);

        /// <summary>A lease of no permit, which every limiter grants.</summary>
        public static readonly FleetLease Empty = new(keeper: null, string.Empty, isAcquired: true);

        private LeaseKeeper? _keeper = keeper;

        public override bool IsAcquired { get; } = isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Exchange(ref _keeper, null)?.Release(id);
            base.Dispose(disposing);
        }
    }
}
