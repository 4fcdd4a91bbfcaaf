using System;

namespace CCApi.Sdk.Bulk;

/// <summary>The state of a run at one time.</summary>
public sealed class BulkProgress
{
    /// <summary>Items that are done, those of earlier runs included.</summary>
    public int Done { get; init; }

    /// <summary>Items that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Items in doubt.</summary>
    public int InDoubt { get; init; }

    /// <summary>Items that were not sent, because a budget is used up or the ledger failed.</summary>
    public int NotSent { get; init; }

    /// <summary>Items whose outcome an earlier run had recorded; they are among the others.</summary>
    public int FromLedger { get; init; }

    /// <summary>Calls under way.</summary>
    public int InFlight { get; init; }

    /// <summary>Items that wait to be sent again.</summary>
    public int Waiting { get; init; }

    /// <summary>The number of items; null when it is not known.</summary>
    public int? Total { get; init; }

    /// <summary>How many calls may be under way at once at this time.</summary>
    public int Concurrency { get; init; }

    /// <summary>Responses that were 429.</summary>
    public int RateLimited { get; init; }

    /// <summary>
    /// The sum of the known costs in <see cref="Currency"/>, those of failed calls and of earlier runs of the ledger included. Costs in
    /// another unit are not in it.
    /// </summary>
    public decimal Cost { get; init; }

    /// <summary>
    /// The unit of <see cref="Cost"/>: that of <see cref="BulkOptions.Budget"/>; without one <c>USD</c>, or <c>credits</c> when all
    /// costs are in credits.
    /// </summary>
    public string Currency { get; init; } = "USD";

    /// <summary>How long the run has taken.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Outcomes a second in this run, without those of earlier runs.</summary>
    public double ItemsPerSecond => Elapsed > TimeSpan.Zero ? (Finished - FromLedger) / Elapsed.TotalSeconds : 0;

    /// <summary>Items with an outcome.</summary>
    public int Finished => Done + Failed + InDoubt + NotSent;

    /// <summary>When the rest will be finished at the rate so far; null when that is not known.</summary>
    public TimeSpan? Eta
    {
        get
        {
            var rate = ItemsPerSecond;
            var isKnown = Total is not null && rate > 0;
            return isKnown ? TimeSpan.FromSeconds(Math.Max(0, Total!.Value - Finished) / rate) : null;
        }
    }
}
