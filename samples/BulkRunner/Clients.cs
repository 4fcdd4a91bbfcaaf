using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;

namespace BulkRunner;

internal static class Clients
{
    /// <summary>A client of the emulator, or of the gateway that the environment names.</summary>
    public static CCApiClient Create(CCApiEmulator? emulator, CCApiTier? tier)
    {
        var options = new CCApiClientOptions
        {
            ApiKey = emulator?.ApiKey ?? Environment.GetEnvironmentVariable("CCAPI_API_KEY"),
            RateLimiter = tier is { } known ? CCApiRateLimiters.ForTier(known) : null,
        };
        var address = emulator?.BaseAddress.ToString() ?? Environment.GetEnvironmentVariable("CCAPI_BASE_URL");
        if (!string.IsNullOrEmpty(address))
        {
            options.BaseAddress = new Uri(address);
        }

        return new CCApiClient(options);
    }

    /// <summary>More would only wait for the limiter, and be in doubt after a crash.</summary>
    public static int MostAtOnce(CCApiTier? tier) => tier switch
    {
        CCApiTier.Free => 2,
        CCApiTier.Standard => 10,
        CCApiTier.Pro => 30,
        _ => new BulkOptions().MaxConcurrency,
    };
}
