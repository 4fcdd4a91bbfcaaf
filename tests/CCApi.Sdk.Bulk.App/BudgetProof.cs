using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace CCApi.Sdk.Bulk.App;

/// <summary>
/// A run with a budget of half the price of its items that is killed twice and resumed, each time with a new budget of the same limit,
/// and sends again what is in doubt, against an emulator that charges each sending and loses responses: does it ever charge more?
/// </summary>
public static class BudgetProof
{
    // Given back, as it is an error of the gateway itself; and charged, while nobody but the gateway knows.
    private static readonly EmulatorFault[] _faults =
    [
        EmulatorFault.WithStatus(503),
        EmulatorFault.WithStatus(429),
        EmulatorFault.WithStatus(504),
        new(EmulatorFaultKind.Reset),
        new(EmulatorFaultKind.Cut),
        new(EmulatorFaultKind.Html),
    ];

    internal static async Task<int> RunAsync(int count, int concurrency)
    {
        var report = await MeasureAsync(count, concurrency);
        Console.WriteLine(report);
        return report.MostCharged <= report.Limit && report is { Done: > 0, NotSent: > 0 } ? 0 : 1;
    }

    /// <summary>Runs, kills twice and resumes.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="concurrency">The most calls at once.</param>
    public static async Task<BudgetReport> MeasureAsync(int count, int concurrency)
    {
        var limit = await PriceOfAsync(count) / 2;
        var folder = Directory.CreateTempSubdirectory("ccapi-bulk-");
        try
        {
            var ledger = Path.Combine(folder.FullName, "run.ledger");
            await using var emulator = await CCApiEmulator.StartAsync(
                new CCApiEmulatorOptions { Latency = TimeSpan.FromMilliseconds(5), Credits = 1_000_000 });
            Plan(emulator, requests: 4 * count);

            var most = 0m;
            using var ended = new CancellationTokenSource();
            var watching = WatchAsync(() => most = Math.Max(most, emulator.Ledger.Spent), ended.Token);
            foreach (var outcomes in (int[])[count / 8, count / 4])
            {
                using var killed = ChildRun.Start(emulator.BaseAddress, ledger, count, concurrency, InDoubtAction.Resend, limit);
                await killed.KillAfterAsync(outcomes);
            }

            using var last = ChildRun.Start(emulator.BaseAddress, ledger, count, concurrency, InDoubtAction.Resend, limit);
            var lines = await last.ReadToEndAsync();
            await ended.CancelAsync();
            await watching;
            return Compare(emulator.Ledger, BulkLedger.Read(ledger), lines) with { Limit = limit, MostCharged = most };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<decimal> PriceOfAsync(int count)
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Credits = 1_000_000 });
        using var client = emulator.CreateClient();
        await foreach (var outcome in new BulkRunner(client).RunAsync(Prompts.Items(count)))
        {
            _ = outcome.Status == BulkStatus.Done ? 0 : throw new InvalidOperationException(outcome.ToString());
        }

        return emulator.Ledger.Spent;
    }

    /// <summary>Lets one request in ten meet a fault.</summary>
    private static void Plan(CCApiEmulator emulator, int requests)
    {
        var random = new Random(11);
        for (var i = 0; i < requests; i++)
        {
            emulator.Faults.Add(random.Next(10) == 0 ? _faults[random.Next(_faults.Length)] : null);
        }
    }

    private static async Task WatchAsync(Action look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                look();
            }
        }
        catch (OperationCanceledException)
        {
            look();
        }
    }

    private static BudgetReport Compare(EmulatorLedger charged, IReadOnlyList<BulkLedgerEntry> entries, List<string> lines)
    {
        var kept = charged.Charges.Where(charge => !charge.IsRefunded).ToList();
        return new BudgetReport
        {
            Charged = charged.Spent,
            Counted = entries.Sum(entry => entry.Charge ?? 0),
            Done = entries.Count(entry => entry.Status == BulkStatus.Done),
            NotSent = lines.Count(line => line.StartsWith(nameof(BulkStatus.NotSent), StringComparison.Ordinal)),
            Doubles = kept.GroupBy(charge => charge.IdempotencyKey!.Split(KeyPerSending.Separator)[0]).Count(group => group.Count() > 1),
        };
    }
}
