namespace CCApi.Sdk.Bulk;

/// <summary>How an item ended.</summary>
public enum BulkStatus
{
    /// <summary>It succeeded; the outcome has the response.</summary>
    Done,

    /// <summary>It failed for good, and nothing of it was charged as far as the gateway reports.</summary>
    Failed,

    /// <summary>It was sent and may have been charged, but its result is not known.</summary>
    InDoubt,

    /// <summary>It was not sent, because a budget is used up or the ledger failed.</summary>
    NotSent,
}
