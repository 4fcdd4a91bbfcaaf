namespace CCApi.Sdk.Orleans;

/// <summary>How far a job is. The numbers are stored.</summary>
internal enum JobPhase
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Its items are being loaded.</summary>
    Loading = 1,

    /// <summary>It runs.</summary>
    Running = 2,

    /// <summary>Every item has its outcome.</summary>
    Finished = 3,
}
