using System;

namespace CCApi.Sdk;

/// <summary>When and how failed calls are retried. Copied when a client is created; not thread-safe.</summary>
/// <remarks>
/// Retried are failures before the request was sent, and the statuses 408, 429, 500, 502, 503, 521, 522, 523 and 529,
/// for which the gateway refunds what it charged (inferred). What may have been charged is only retried for reading
/// calls, or with <see cref="RetryPossiblyCharged"/>.
/// <para>
/// A gateway may decide otherwise with a header: <c>x-should-retry: false</c> is never retried, and
/// <c>x-should-retry: true</c> makes any other error status retryable, within the same limits. It does not let a POST
/// be charged twice: after a status of 500 or more that is not in the list above, a retry still takes
/// <see cref="RetryPossiblyCharged"/>, because the header says that another attempt may succeed, and not that the
/// first one cost nothing.
/// </para>
/// </remarks>
public sealed class CCApiRetryOptions
{
    /// <summary>How often a failed call is retried.</summary>
    /// <value>0 or more; 0 switches retries off. The default is 2.</value>
    public int MaxRetries { get; set; } = CCApiDefaults.MaxRetries;

    /// <summary>The upper bound of the first delay; the delay is random below it, and the bound doubles with each retry.</summary>
    /// <value>0 or more, and not more than <see cref="MaxDelay"/> when it is set. The default is 0.5 s.</value>
    public TimeSpan BaseDelay { get; set; } = CCApiDefaults.BaseDelay;

    /// <summary>The longest delay that the gateway did not request.</summary>
    /// <value>0 or more. The default is 8 s.</value>
    public TimeSpan MaxDelay { get; set; } = CCApiDefaults.MaxDelay;

    /// <summary>
    /// The longest <c>Retry-After</c> (seconds or any date of HTTP) or <c>retry-after-ms</c> that is followed. When the
    /// gateway requests more, or more than is left of <see cref="CCApiTimeoutOptions.Total"/>, the call fails at once
    /// and the exception has the delay.
    /// </summary>
    /// <value>0 or more. The default is 60 s.</value>
    public TimeSpan MaxRetryAfter { get; set; } = CCApiDefaults.MaxRetryAfter;

    /// <summary>
    /// Whether a POST is also retried when the first attempt may have been charged: the connection broke after sending, the
    /// attempt (or the HttpClient) timed out, or the status is 504, 520 or 524. The same <c>Idempotency-Key</c> goes with each
    /// attempt, but no document says that the gateway honors it.
    /// </summary>
    /// <value>The default is false.</value>
    public bool RetryPossiblyCharged { get; set; } = CCApiDefaults.RetryPossiblyCharged;

    internal CCApiRetryOptions Clone() => (CCApiRetryOptions)MemberwiseClone();
}
