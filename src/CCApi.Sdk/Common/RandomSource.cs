using System;

namespace CCApi.Sdk;

/// <summary>Random numbers for the jitter of retries and polls, and for names that need only be unique.</summary>
internal static class RandomSource
{
    // None of it is a secret.
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

    /// <summary>32 hexadecimal digits that nobody else has.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N");
#else
    public static double Roll() => Random.Shared.NextDouble();

    /// <summary>
    /// 32 hexadecimal digits that nobody else has. <see cref="Guid.NewGuid"/> would ask the operating system, at a tenth of the
    /// cost of a whole call.
    /// </summary>
    public static string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);

        return new Guid(bytes).ToString("N");
    }
#endif
#pragma warning restore CA5394
}
