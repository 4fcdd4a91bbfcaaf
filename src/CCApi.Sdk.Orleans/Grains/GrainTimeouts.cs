namespace CCApi.Sdk.Orleans;

/// <summary>How long calls of grains may take.</summary>
internal static class GrainTimeouts
{
    /// <summary>
    /// A call under way to a silo that dies gets no response: what callers notice of a dead silo is this time-out, which is 30 seconds
    /// by default.
    /// </summary>
    public const string Call = "00:00:05";
}
