namespace CCApi.Sdk.Bulk;

/// <summary>What a ledger holds of an item.</summary>
internal sealed record LedgerRow(
    ItemState State, string? JobId, string? Response, string? Value, CCApiCost? Cost, decimal? Charge, string? Files, string? Error)
{
    /// <summary>Whether the item was recorded with another request.</summary>
    public bool IsOtherRequest { get; init; }

    /// <summary>Whether its image job is to be waited for.</summary>
    /// <param name="inDoubt">What happens to items in doubt.</param>
    public bool IsToBeWaitedFor(InDoubtAction inDoubt)
    {
        var isRunning = State == ItemState.Sent && JobId is not null;
        return isRunning && !IsOtherRequest && inDoubt != InDoubtAction.Report;
    }

    /// <summary>Whether the item is to be sent: it has no result, and no doubt that keeps it from being sent again.</summary>
    /// <param name="inDoubt">What happens to items in doubt.</param>
    public bool IsToBeSent(InDoubtAction inDoubt)
    {
        var isResent = State == ItemState.InDoubt && inDoubt == InDoubtAction.Resend;
        var isOpen = State is ItemState.Pending or ItemState.Failed || isResent;
        return isOpen && !IsOtherRequest;
    }
}
