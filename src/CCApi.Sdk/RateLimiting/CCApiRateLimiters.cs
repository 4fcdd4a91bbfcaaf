using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace CCApi.Sdk;

/// <summary>
/// Creates rate limiters that fit the limits of the service, for <see cref="CCApiClientOptions.RateLimiter"/>. Thread-safe.
/// </summary>
/// <remarks>
/// Each limiter combines a rate and a concurrency limit: a lease is granted when both allow it, in the order of the calls, so that
/// a canceled wait uses up neither. A request counts for 60 seconds after its lease ends, so that the limit holds wherever in
/// between the request reached the gateway. The requests of a minute may all leave in its first second. Waits count for
/// <see cref="CCApiTimeoutOptions.Total"/>.
/// </remarks>
public static class CCApiRateLimiters
{
    private static readonly ConcurrentDictionary<string, SharedRateLimiter> _shared = new(StringComparer.Ordinal);

    /// <summary>Creates a limiter with the documented limits of a tier.</summary>
    /// <param name="tier">The tier of the key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tier is not one of the three.</exception>
    /// <example><code>
    /// var client = new CCApiClient(new CCApiClientOptions { ApiKey = key, RateLimiter = CCApiRateLimiters.ForTier(CCApiTier.Standard) });
    /// </code></example>
    public static RateLimiter ForTier(CCApiTier tier) =>
        new RequestRateLimiter(CCApiRateLimiterOptions.Of(tier));

    /// <summary>Creates a limiter with limits of the caller's.</summary>
    /// <param name="options">The limits.</param>
    /// <exception cref="ArgumentException">A limit is below 1.</exception>
    public static RateLimiter Create(CCApiRateLimiterOptions options) =>
        new RequestRateLimiter(Require.NotNull(options, nameof(options)).CheckedCopy());

    /// <summary>
    /// Returns the one limiter of an API key in this process: created by the first call for that key, shared by all clients that
    /// ask for it.
    /// </summary>
    /// <param name="apiKey">The key; only a hash of it is kept.</param>
    /// <param name="tier">The tier of the key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tier is not one of the three.</exception>
    /// <exception cref="InvalidOperationException">The limiter of the key was created with other limits.</exception>
    /// <remarks>It lives as long as the process; disposing it has no effect.</remarks>
    public static RateLimiter GetShared(string apiKey, CCApiTier tier) =>
        GetShared(apiKey, CCApiRateLimiterOptions.Of(tier));

    /// <summary>
    /// Returns the one limiter of an API key in this process: created by the first call for that key, shared by all clients that
    /// ask for it.
    /// </summary>
    /// <param name="apiKey">The key; only a hash of it is kept.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="ArgumentException">A limit is below 1, or the key is empty.</exception>
    /// <exception cref="InvalidOperationException">The limiter of the key was created with other limits.</exception>
    /// <remarks>It lives as long as the process; disposing it has no effect.</remarks>
    public static RateLimiter GetShared(string apiKey, CCApiRateLimiterOptions options)
    {
        Require.Text(apiKey, nameof(apiKey));
        var copy = Require.NotNull(options, nameof(options)).CheckedCopy();
        var shared = _shared.GetOrAdd(HashOf(apiKey), _ => new SharedRateLimiter(new RequestRateLimiter(copy), copy));
        if (!shared.HasLimitsOf(copy))
        {
            throw new InvalidOperationException(
                $"The limiter of this API key was created with {shared.Limits}: ask for the same limits everywhere, "
                + "or create limiters of your own with CCApiRateLimiters.Create.");
        }

        return shared;
    }

    private static string HashOf(string apiKey)
    {
        var bytes = Encoding.UTF8.GetBytes(apiKey);
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(bytes));
#else
        return Convert.ToBase64String(SHA256.HashData(bytes));
#endif
    }
}
