using System;

namespace CCApi.Sdk;

/// <summary>A limiter that learns from responses.</summary>
internal interface IRateLimitObserver
{
    /// <summary>Takes note of what a response reports.</summary>
    /// <param name="limits">The limits in its headers; null when it reports none.</param>
    /// <param name="isLimited">Whether the request was rejected because of a limit.</param>
    /// <param name="retryAfter">The delay that it demands.</param>
    void Observe(CCApiRateLimits? limits, bool isLimited, TimeSpan? retryAfter);
}
