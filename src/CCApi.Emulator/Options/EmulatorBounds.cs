using System;

namespace CCApi.Emulator;

/// <summary>How large values of scripts, cassettes, options and control calls may be, so that nothing overflows later.</summary>
internal static class EmulatorBounds
{
    /// <summary>The longest wait that the platform's timers take, about 24 days.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>The most credits, of either sign.</summary>
    public const decimal MaxCredits = 1_000_000_000_000m;

    /// <summary>The longest <c>Retry-After</c> in seconds, about 31 years.</summary>
    public const decimal MaxRetryAfter = 1_000_000_000m;
}
