using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace CCApi.Sdk.Bulk.App;

/// <summary>
/// A run that is killed twice and resumed, against an emulator that fails one request in fifty and has a limit: what was charged, and
/// what the ledger of the run holds.
/// </summary>
public static class KillProof
{
    internal static async Task<int> RunAsync(int count, int concurrency)
    {
        var report = await MeasureAsync(count, concurrency, InDoubtAction.Report);
        Console.WriteLine(report);
        var control = await MeasureAsync(count, concurrency, InDoubtAction.Resend);
        Console.WriteLine($"control that resends: {control}");
        return report is { Doubles: 0, IsLedgerEqual: true } && report.Outcomes == count && report.InDoubt <= 2 * concurrency ? 0 : 1;
    }

    /// <summary>Runs, kills twice and resumes.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="concurrency">The most calls at once.</param>
    /// <param name="inDoubt">What the last run does with what is in doubt.</param>
    public static async Task<KillReport> MeasureAsync(int count, int concurrency, InDoubtAction inDoubt)
    {
        var folder = Directory.CreateTempSubdirectory("ccapi-bulk-");
        try
        {
            var ledger = Path.Combine(folder.FullName, "run.ledger");
            await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions
            {
                Latency = TimeSpan.FromMilliseconds(20),
                ConcurrentRequests = Math.Max(2, concurrency / 2),
                Credits = 1_000_000,
            });
            AddFaults(emulator, count);

            var clock = Stopwatch.StartNew();
            foreach (var outcomes in (int[])[count * 3 / 10, count * 6 / 10])
            {
                using var killed = ChildRun.Start(emulator.BaseAddress, ledger, count, concurrency, inDoubt);
                await killed.KillAfterAsync(outcomes);
            }

            using var last = ChildRun.Start(emulator.BaseAddress, ledger, count, concurrency, inDoubt);
            var lines = await last.ReadToEndAsync();
            return Compare(emulator.Ledger, BulkLedger.Read(ledger), lines, clock.Elapsed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One fault in fifty requests: half of them a 503, half of them a 429.</summary>
    private static void AddFaults(CCApiEmulator emulator, int count)
    {
        for (var i = 0; i < count / 50; i++)
        {
            emulator.Faults.Add(fault: null, times: 49);
            emulator.Faults.Add(i % 2 == 0 ? EmulatorFault.WithStatus(503) : EmulatorFault.WithStatus(429));
        }
    }

    private static KillReport Compare(EmulatorLedger charged, IReadOnlyList<BulkLedgerEntry> entries, List<string> lines, TimeSpan elapsed)
    {
        var kept = charged.Charges.Where(charge => !charge.IsRefunded).ToLookup(charge => charge.IdempotencyKey!.Split(KeyPerSending.Separator)[0]);
        var done = entries.Where(entry => entry.Status == BulkStatus.Done).ToList();
        var inDoubt = entries.Where(entry => entry.Status == BulkStatus.InDoubt).ToList();

        // What is in doubt may have been charged: that is not in the costs of the run.
        var ofDoubt = inDoubt.SelectMany(entry => kept[entry.IdempotencyKey]).ToList();
        var runCost = done.Sum(entry => entry.Cost ?? 0);
        return new KillReport
        {
            Outcomes = lines.Select(line => line.Split(' ')[1]).Distinct().Count(),
            Lines = lines.Count,
            Done = done.Count,
            InDoubt = inDoubt.Count,
            InDoubtCharged = ofDoubt.Count,
            Doubles = kept.Count(charges => charges.Count() > 1),
            Charged = charged.Spent,
            RunCost = runCost,
            IsLedgerEqual = charged.Spent == runCost + ofDoubt.Sum(charge => charge.Credits),
            Elapsed = elapsed,
        };
    }
}
