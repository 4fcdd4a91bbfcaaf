using System;

namespace CCApi.Sdk.Json;

/// <summary>
/// Reads a point in time that may be in seconds, as documented, or in milli-, micro- or nanoseconds, as some gateways send it.
/// </summary>
internal static class UnixTime
{
    /// <summary>The first second that a date can hold (the start of the year 1). The last one is beyond what is plausible.</summary>
    private const long MinSeconds = -62_135_596_800;

    // A smaller unit is assumed only where seconds would lie after the year 5138.
    private const long LargestPlausibleSeconds = 100_000_000_000;

    public static DateTimeOffset? ToDate(long? value)
    {
        if (value is not { } seconds || seconds is 0 or long.MinValue)
        {
            return null;
        }

        var milliseconds = 0L;
        if (Math.Abs(seconds) > LargestPlausibleSeconds)
        {
            while (Math.Abs(seconds) > LargestPlausibleSeconds * 1000)
            {
                seconds /= 1000;
            }

            milliseconds = seconds % 1000;
            seconds /= 1000;
        }

        if (seconds <= MinSeconds)
        {
            return null;
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddMilliseconds(milliseconds);
    }
}
