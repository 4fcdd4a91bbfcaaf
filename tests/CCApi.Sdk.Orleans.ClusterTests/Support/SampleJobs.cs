using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CCApi.Emulator;
using CCApi.Sdk.Bulk;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>Jobs, and what the emulator charged for them.</summary>
internal static class SampleJobs
{
    public const string Model = "openai/gpt-4o-mini";

    public static IEnumerable<BulkItem> Items(int count) => Enumerable.Range(1, count)
        .Select(i => BulkItem.Chat(string.Create(CultureInfo.InvariantCulture, $"item-{i}"), Model, $"Write one sentence about the number {i}."));

    public static BulkItem One() => Items(1).Single();

    /// <summary>The charges by item.</summary>
    public static ILookup<string, EmulatorCharge> ByItem(EmulatorLedger ledger) => ledger.Charges
        .Where(charge => !charge.IsRefunded)
        .ToLookup(charge => charge.IdempotencyKey!.Split(KeyPerSending.Separator)[0]);
}
