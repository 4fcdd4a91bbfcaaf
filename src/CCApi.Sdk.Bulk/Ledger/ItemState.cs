namespace CCApi.Sdk.Bulk;

/// <summary>The state of an item in a ledger. The numbers are stored.</summary>
internal enum ItemState
{
    /// <summary>It failed with an error that may pass, and nothing was charged.</summary>
    Pending = 0,

    /// <summary>It is sent from here on. Found when a ledger is opened, it is in doubt, unless it has a job.</summary>
    Sent = 1,

    Done = 2,

    Failed = 3,

    InDoubt = 4,
}
