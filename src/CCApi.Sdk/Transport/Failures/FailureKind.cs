namespace CCApi.Sdk;

/// <summary>What went wrong with an attempt.</summary>
internal enum FailureKind
{
    /// <summary>The status of the response, or an error inside a success, reports that the call failed.</summary>
    Response,

    /// <summary>A time budget ran out.</summary>
    Timeout,

    /// <summary>There was no connection, or it broke before the response was complete.</summary>
    Connection,

    /// <summary>The response is not what the contract specifies.</summary>
    Protocol,

    /// <summary>A stream broke, or holds what cannot be read.</summary>
    Stream,

    /// <summary>The key provider returned no usable key.</summary>
    ApiKey,

    /// <summary>A rate limiter of the caller granted no lease, or failed; nothing was sent.</summary>
    RateLimiter,

    /// <summary>A handler or a resilience strategy of the caller threw an exception of the SDK.</summary>
    External,
}
