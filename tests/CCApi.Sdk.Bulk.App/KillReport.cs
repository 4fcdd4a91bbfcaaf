using System;

namespace CCApi.Sdk.Bulk.App;

/// <summary>What came of a run that was killed.</summary>
public sealed record KillReport
{
    /// <summary>Items with an outcome in the last run.</summary>
    public int Outcomes { get; init; }

    /// <summary>Outcomes of the last run.</summary>
    public int Lines { get; init; }

    /// <summary>Items that the ledger has as done.</summary>
    public int Done { get; init; }

    /// <summary>Items that the ledger has as in doubt.</summary>
    public int InDoubt { get; init; }

    /// <summary>Those of them that the emulator charged.</summary>
    public int InDoubtCharged { get; init; }

    /// <summary>Items that the emulator charged more than once.</summary>
    public int Doubles { get; init; }

    /// <summary>What the emulator charged.</summary>
    public decimal Charged { get; init; }

    /// <summary>The costs of what the ledger has as done.</summary>
    public decimal RunCost { get; init; }

    /// <summary>Whether the emulator charged the costs of the run and of what is in doubt, to the last digit.</summary>
    public bool IsLedgerEqual { get; init; }

    /// <summary>The time of all three runs.</summary>
    public TimeSpan Elapsed { get; init; }
}
