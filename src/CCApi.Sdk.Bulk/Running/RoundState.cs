namespace CCApi.Sdk.Bulk;

/// <summary>What is known of an item when its call failed.</summary>
internal readonly record struct RoundState
{
    /// <summary>Whether the gateway may have received it.</summary>
    public bool IsSent { get; init; }

    /// <summary>Whether it has an image job, which is waited for and never started again.</summary>
    public bool HasJob { get; init; }

    /// <summary>Whether an earlier run left it in doubt, and it was sent again on demand.</summary>
    public bool WasInDoubt { get; init; }

    /// <summary>Whether the run was canceled.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>How often it was sent without a 429.</summary>
    public int Rounds { get; init; }

    /// <summary>How many 429s it got in a row.</summary>
    public int RateLimits { get; init; }
}
