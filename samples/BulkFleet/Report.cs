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

    /// <summary>What was charged beside the recorded costs: for items in doubt, and for doubles.</summary>
    public decimal OfDoubt { get; init; }

    /// <summary>Items that are done and whose recorded cost the gateway did not charge.</summary>
    public int NotCharged { get; init; }

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
        var done = outcomes.Where(outcome => outcome.Status == BulkStatus.Done).ToList();
        var (notCharged, others) = Compare(kept, done);
        var gaps = kept.Zip(kept.Skip(1), (first, second) => second.Time - first.Time).ToList();
        var steady = gaps.Where(gap => gap <= TimeSpan.FromSeconds(1)).Sum(gap => gap.TotalSeconds);
        return new Report
        {
            Items = progress.Total,
            Outcomes = outcomes.Select(outcome => outcome.Id).Distinct().Count(),
            Done = done.Count,
            Failed = outcomes.Count(outcome => outcome.Status is BulkStatus.Failed or BulkStatus.NotSent),
            InDoubt = outcomes.Count(outcome => outcome.Status == BulkStatus.InDoubt),
            InDoubtCharged = byItem.Count - done.Count,
            Doubles = byItem.Count(charges => charges.Count() > 1),
            Limited = emulator.Requests.Count(request => request.Status == 429),
            Ledger = emulator.Ledger.Spent,
            Recorded = done.Sum(outcome => outcome.Cost ?? 0),
            OfDoubt = others,
            NotCharged = notCharged,
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
        var isOfItems = NotCharged == 0 && InDoubtCharged >= 0 && InDoubtCharged <= InDoubt;
        var isLedgerRight = isOfItems && IsLedgerEqual;
        var isControl = settings.InDoubt == InDoubtAction.Resend;
        return isComplete && Limited == 0 && (isControl ? Doubles > 0 : Doubles == 0 && isLedgerRight);
    }

    private bool IsLedgerEqual => Ledger == Recorded + OfDoubt;

    /// <summary>Takes the recorded costs out of what was charged: how many were not charged, and the sum of what is left.</summary>
    private static (int NotCharged, decimal Others) Compare(List<EmulatorCharge> charges, List<BulkOutcome> done)
    {
        var left = charges.GroupBy(charge => charge.Credits).ToDictionary(each => each.Key, each => each.Count());
        var notCharged = 0;
        foreach (var cost in done.Select(outcome => outcome.Cost ?? 0))
        {
            if (left.GetValueOrDefault(cost) == 0)
            {
                notCharged++;
            }
            else
            {
                left[cost]--;
            }
        }

        return (notCharged, left.Sum(each => each.Key * each.Value));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        items {Items}, outcomes {Outcomes}: done {Done}, failed {Failed}, in doubt {InDoubt} (charged {InDoubtCharged})
        charged twice: {Doubles}; responses 429: {Limited}
        ledger {Ledger} {(IsLedgerEqual ? "=" : "is not")} records {Recorded} + {(Doubles == 0 ? "in doubt" : "others")} {OfDoubt}
        revived partitions: {Revivals}; longest time without a charge: {LongestGap.TotalSeconds:0.0} s
        {Elapsed.TotalSeconds:0.0} s, {SteadyRate:0} items/s without pauses of more than 1 s, {Items / Elapsed.TotalSeconds:0} items/s
        """);
}
