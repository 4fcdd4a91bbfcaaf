using System;
using System.Globalization;

namespace CCApi.Sdk.Orleans;

/// <summary>The limits of one API key, which a fleet keeps together. Immutable.</summary>
/// <param name="RequestsPerMinute">The most requests in any 60 seconds, 1 or more.</param>
/// <param name="MaxConcurrency">The most requests at once, 1 or more.</param>
public sealed record FleetLimits(int RequestsPerMinute, int MaxConcurrency)
{
    /// <summary>The documented limits of a tier.</summary>
    /// <param name="tier">The tier of the key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tier is not one of the three.</exception>
    public static FleetLimits Of(CCApiTier tier)
    {
        var options = CCApiRateLimiterOptions.Of(tier);
        return new FleetLimits(options.RequestsPerMinute, options.MaxConcurrency);
    }

    /// <summary>Returns both limits in words.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{RequestsPerMinute} requests a minute and {MaxConcurrency} at once");

    internal void Check(string name)
    {
        if (RequestsPerMinute < 1 || MaxConcurrency < 1)
        {
            throw FleetException.Of(FleetError.InvalidSetting, $"The limits of \"{name}\" are {this}: set both to 1 or more.");
        }
    }
}
