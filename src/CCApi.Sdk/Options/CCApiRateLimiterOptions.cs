using System;

namespace CCApi.Sdk;

/// <summary>The limits that a rate limiter of <see cref="CCApiRateLimiters"/> keeps. Copied when the limiter is created.</summary>
public sealed class CCApiRateLimiterOptions
{
    /// <summary>The number of requests in any 60 seconds.</summary>
    /// <value>1 or more. The default is 600, the limit of <see cref="CCApiTier.Standard"/>.</value>
    public int RequestsPerMinute { get; set; } = CCApiDefaults.RequestsPerMinute;

    /// <summary>The number of requests under way at once; a stream or a download of the API counts until it ends.</summary>
    /// <value>1 or more. The default is 10, the limit of <see cref="CCApiTier.Standard"/>.</value>
    public int MaxConcurrency { get; set; } = CCApiDefaults.MaxConcurrency;

    /// <summary>Whether the limiter also obeys what responses report.</summary>
    /// <value>The default is false.</value>
    /// <remarks>
    /// After a 429, no lease is granted until its <c>Retry-After</c> is over (1 second without one). When
    /// <c>x-ratelimit-remaining-requests</c> is 0, none is granted until <c>x-ratelimit-reset-requests</c>. A smaller
    /// <c>x-ratelimit-limit-requests</c> replaces <see cref="RequestsPerMinute"/>; nothing ever raises it. A pause is at most
    /// 5 minutes.
    /// </remarks>
    public bool LearnFromResponses { get; set; }

    /// <summary>The clock; a fake one makes tests fast.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal static CCApiRateLimiterOptions Of(CCApiTier tier) => tier switch
    {
        CCApiTier.Free => new CCApiRateLimiterOptions { RequestsPerMinute = 30, MaxConcurrency = 2 },
        CCApiTier.Standard => new CCApiRateLimiterOptions { RequestsPerMinute = 600, MaxConcurrency = 10 },
        CCApiTier.Pro => new CCApiRateLimiterOptions { RequestsPerMinute = 3000, MaxConcurrency = 30 },
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "It must be Free, Standard or Pro."),
    };

    /// <exception cref="ArgumentException">A limit is below 1, or there is no clock.</exception>
    internal CCApiRateLimiterOptions CheckedCopy()
    {
        if (RequestsPerMinute < 1)
        {
            throw new ArgumentException(
                $"CCApiRateLimiterOptions.RequestsPerMinute is {RequestsPerMinute}; set it to 1 or more.", "options");
        }

        if (MaxConcurrency < 1)
        {
            throw new ArgumentException($"CCApiRateLimiterOptions.MaxConcurrency is {MaxConcurrency}; set it to 1 or more.", "options");
        }

        if (TimeProvider is null)
        {
            throw new ArgumentException(
                "CCApiRateLimiterOptions.TimeProvider must not be null; TimeProvider.System is the default.", "options");
        }

        return (CCApiRateLimiterOptions)MemberwiseClone();
    }
}
