namespace CCApi.Sdk.Bulk;

/// <summary>How an item ended.</summary>
public enum BulkStatus
{
    /// <summary>It succeeded; the outcome has the response.</summary>
    Done,

    /// <summary>
    /// It failed for good, and that is known: it was rejected, or its result is not of use. A resumed run sends it again.
    /// <see cref="BulkOutcome.Cost"/> is what it cost although it failed.
    /// </summary>
    Failed,

    /// <summary>It was sent and may have been charged, but its result is not known.</summary>
    InDoubt,

    /// <summary>It was not sent, because a budget is used up or the ledger failed.</summary>
    NotSent,
}
