using System;

namespace CCApi.Sdk;

/// <summary>Random numbers for the jitter of retries and polls.</summary>
internal static class Dice
{
    // Jitter is no secret.
#pragma warning disable CA5394
#if NETSTANDARD2_0
    private static readonly Random _random = new();

    public static double Roll()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
#else
    public static double Roll() => Random.Shared.NextDouble();
#endif
#pragma warning restore CA5394
}
