namespace CCApi.Sdk.Bulk.App;

/// <summary>What came of a run with a budget that was killed.</summary>
public sealed record BudgetReport
{
    /// <summary>The budget of each of the runs.</summary>
    public decimal Limit { get; init; }

    /// <summary>The most that the emulator had charged at any time.</summary>
    public decimal MostCharged { get; init; }

    /// <summary>What the emulator charged in the end.</summary>
    public decimal Charged { get; init; }

    /// <summary>What the ledger counts for all items.</summary>
    public decimal Counted { get; init; }

    /// <summary>Items that are done.</summary>
    public int Done { get; init; }

    /// <summary>Items that the last run did not send.</summary>
    public int NotSent { get; init; }

    /// <summary>Items that the emulator charged more than once.</summary>
    public int Doubles { get; init; }
}
