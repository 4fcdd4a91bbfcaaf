namespace CCApi.Sdk.Soak;

/// <summary>What a call has cost, as far as its caller can know.</summary>
internal enum Payment
{
    /// <summary>The response came, with what it cost.</summary>
    Paid,

    /// <summary>The gateway reported that it failed, so it gave back what it had charged; or nothing was sent.</summary>
    Free,

    /// <summary>The response was lost: only the gateway knows.</summary>
    Unknown,
}
