using System;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>The limiter of an API key, which lives as long as the process: the clients that share it cannot dispose it.</summary>
internal sealed class SharedRateLimiter(RequestRateLimiter limiter, CCApiRateLimiterOptions options) : RateLimiter, IRateLimitObserver
{
    /// <summary>The limits, for messages.</summary>
    public string Limits => $"{options.RequestsPerMinute} requests a minute and {options.MaxConcurrency} at once";

    public override TimeSpan? IdleDuration => limiter.IdleDuration;

    public bool HasLimitsOf(CCApiRateLimiterOptions other) =>
        (other.RequestsPerMinute, other.MaxConcurrency, other.LearnFromResponses, other.TimeProvider)
        == (options.RequestsPerMinute, options.MaxConcurrency, options.LearnFromResponses, options.TimeProvider);

    public override RateLimiterStatistics? GetStatistics() => limiter.GetStatistics();

    public void Observe(CCApiRateLimits? limits, bool isLimited, TimeSpan? retryAfter) => limiter.Observe(limits, isLimited, retryAfter);

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => limiter.AttemptAcquire(permitCount);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        limiter.AcquireAsync(permitCount, cancellationToken);
}
