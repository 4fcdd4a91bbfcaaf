namespace CCApi.Sdk.Bulk;

/// <summary>What a ledger holds of an item.</summary>
internal sealed record LedgerRow(
    ItemState State, string? JobId, string? Response, string? Value, decimal? Cost, string? Files, string? Error)
{
    /// <summary>Whether the item was recorded with another request.</summary>
    public bool IsOtherRequest { get; init; }
}
