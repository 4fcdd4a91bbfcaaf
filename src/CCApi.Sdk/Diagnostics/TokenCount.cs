namespace CCApi.Sdk;

/// <summary>A number of tokens as a gateway reported it, which may be anything.</summary>
internal static class TokenCount
{
    /// <summary>The largest count of a call in spans and metrics. Beyond it, the sums that exporters keep could overflow.</summary>
    public const long Max = 1_000_000_000_000;

    /// <summary>The count for spans and metrics alike; null when there is none, or when no call can have used that many.</summary>
    public static long? Of(long? reported)
    {
        var isCount = reported is >= 0 and <= Max;

        return isCount ? reported : null;
    }
}
