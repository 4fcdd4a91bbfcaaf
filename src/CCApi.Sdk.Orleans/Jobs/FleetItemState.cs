namespace CCApi.Sdk.Orleans;

/// <summary>The state of an item: one byte for each in the storage. The numbers are stored.</summary>
internal enum FleetItemState : byte
{
    /// <summary>It waits.</summary>
    Pending = 0,

    /// <summary>It may have left.</summary>
    Sent = 1,

    /// <summary>It started an image job, whose id is among the results.</summary>
    Job = 2,

    /// <summary>It succeeded.</summary>
    Done = 3,

    /// <summary>It failed for good.</summary>
    Failed = 4,

    /// <summary>Its call failed after it was sent, and may have been charged.</summary>
    InDoubt = 5,

    /// <summary>It will not be sent. It has no result.</summary>
    NotSent = 6,

    /// <summary>Its silo died after it was sent. It has no result.</summary>
    Lost = 7,
}
