using System.Collections.Generic;

namespace CCApi.Sdk.Bulk;

/// <summary>One item of a ledger.</summary>
public sealed class BulkLedgerEntry
{
    /// <summary>The id of the item.</summary>
    public required string Id { get; init; }

    /// <summary>How it ended; null when it waits to be sent again.</summary>
    public BulkStatus? Status { get; init; }

    /// <summary>The id of the image job; null when there is none.</summary>
    public string? JobId { get; init; }

    /// <summary>What all its calls cost, those that failed included, as far as it is known; null when it is not.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The unit of <see cref="Cost"/>: <c>USD</c> or <c>credits</c>.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>
    /// What <see cref="BulkOptions.Budget"/> counts for it, in the currency of the budget: what its calls were charged, and the most
    /// that they may have been charged where that is not known. Null when that is not known either, or nothing was charged.
    /// </summary>
    public decimal? Charge { get; init; }

    /// <summary>The files that were saved.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The response as JSON; null without one.</summary>
    public string? ResponseJson { get; init; }

    /// <summary>Why it failed or is in doubt; null when it is done.</summary>
    public string? Error { get; init; }

    /// <summary>The <c>Idempotency-Key</c> that it was sent with.</summary>
    public required string IdempotencyKey { get; init; }
}
