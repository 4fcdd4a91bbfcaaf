namespace CCApi.Sdk.Bulk;

/// <summary>How the latency of a window of calls compares with the best one.</summary>
internal enum LatencyChange
{
    None,

    /// <summary>Twice the best: more calls at once would only wait.</summary>
    Slower,

    /// <summary>More than four times the best, at the end of a window.</summary>
    MuchSlower,
}
