using System.Globalization;
using CCApi.Emulator;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Orleans;

namespace BulkFleet;

/// <summary>What the gateway charged beside what the fleet recorded.</summary>
internal sealed record Report
{
    public int Items { get; init; }

    public int Outcomes { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    public int InDoubt { get; init; }

    /// <summary>Items in doubt that were charged.</summary>
    public int InDoubtCharged { get; init; }

    /// <summary>Items that were charged more than once.</summary>
    public int Doubles { get; init; }

    /// <summary>Responses that were 429: more calls at once than the limit allows.</summary>
    public int Limited { get; init; }

    public decimal Ledger { get; init; }

    /// <summary>What is recorded of items that are done.</summary>
    public decimal Recorded { get; init; }

    /// <summary>What was charged for items in doubt.</summary>
    public decimal OfDoubt { get; init; }

    public int Revivals { get; init; }

    /// <summary>The longest time in which the gateway charged nothing.</summary>
    public TimeSpan LongestGap { get; init; }

    /// <summary>The charges a second, without the times of more than one second in which there were none.</summary>
    public double SteadyRate { get; init; }

    public TimeSpan Elapsed { get; init; }

    public static Report Of(CCApiEmulator emulator, FleetProgress progress, List<BulkOutcome> outcomes, TimeSpan elapsed)
    {
        var kept = emulator.Ledger.Charges.Where(charge => !charge.IsRefunded).ToList();
        var byItem = kept.GroupBy(charge => charge.IdempotencyKey!.Split(KeyPerSending.Separator)[0]).ToList();
        var recorded = outcomes.Sum(outcome => outcome.Cost ?? 0);
        var gaps = kept.Zip(kept.Skip(1), (first, second) => second.Time - first.Time).ToList();
        var steady = gaps.Where(gap => gap <= TimeSpan.FromSeconds(1)).Sum(gap => gap.TotalSeconds);
        return new Report
        {
            Items = progress.Total,
            Outcomes = outcomes.Select(outcome => outcome.Id).Distinct().Count(),
            Done = outcomes.Count(outcome => outcome.Status == BulkStatus.Done),
            Failed = outcomes.Count(outcome => outcome.Status is BulkStatus.Failed or BulkStatus.NotSent),
            InDoubt = outcomes.Count(outcome => outcome.Status == BulkStatus.InDoubt),
            InDoubtCharged = byItem.Count - outcomes.Count(outcome => outcome.Status == BulkStatus.Done),
            Doubles = byItem.Count(charges => charges.Count() > 1),
            Limited = emulator.Requests.Count(request => request.Status == 429),
            Ledger = emulator.Ledger.Spent,
            Recorded = recorded,
            OfDoubt = emulator.Ledger.Spent - recorded,
            Revivals = progress.Revivals,
            LongestGap = gaps.DefaultIfEmpty().Max(),
            SteadyRate = steady > 0 ? gaps.Count / steady : 0,
            Elapsed = elapsed,
        };
    }

    /// <summary>Whether nothing was charged twice, unless that was wanted, and everything has its outcome.</summary>
    public bool IsRight(DemoSettings settings)
    {
        var isComplete = Outcomes == Items && Done + Failed + InDoubt == Items;
        var isLedgerRight = InDoubtCharged >= 0 && InDoubtCharged <= InDoubt && (InDoubt > 0 || Ledger == Recorded);
        var isControl = settings.InDoubt == InDoubtAction.Resend;
        return isComplete && Limited == 0 && (isControl ? Doubles > 0 : Doubles == 0 && isLedgerRight);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        items {Items}, outcomes {Outcomes}: done {Done}, failed {Failed}, in doubt {InDoubt} (charged {InDoubtCharged})
        charged twice: {Doubles}; responses 429: {Limited}
        ledger {Ledger} = records {Recorded} + in doubt {OfDoubt}
        revived partitions: {Revivals}; longest time without a charge: {LongestGap.TotalSeconds:0.0} s
        {Elapsed.TotalSeconds:0.0} s, {SteadyRate:0} items/s without pauses of more than 1 s, {Items / Elapsed.TotalSeconds:0} items/s
        """);
}
