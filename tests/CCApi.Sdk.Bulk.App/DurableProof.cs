using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>
/// Items a second when each is durable as sent before it leaves, without a network, and what an item costs: CPU time and bytes of the
/// ledger.
/// </summary>
internal static class DurableProof
{
    public static async Task<int> RunAsync(int count)
    {
        await MeasureAsync("warm-up", count, concurrency: 64, hasLedger: false, budget: null);
        await MeasureAsync("warm-up", count, concurrency: 64, hasLedger: true, budget: null);
        await MeasureAsync("without a ledger", count, concurrency: 64, hasLedger: false, budget: null);
        foreach (var concurrency in (int[])[8, 64, 256])
        {
            await MeasureAsync("durable", count, concurrency, hasLedger: true, budget: null);
        }

        var budget = new CCApiBudget(1_000_000) { UnknownPriceReservation = 0.01m };
        await MeasureAsync("durable with a budget", count, concurrency: 64, hasLedger: true, budget);
        return 0;
    }

    private static async Task MeasureAsync(string name, int count, int concurrency, bool hasLedger, CCApiBudget? budget)
    {
        var folder = Directory.CreateTempSubdirectory("ccapi-bulk-");
        try
        {
            using var client = AtOnce.Client();
            var path = Path.Combine(folder.FullName, "run.ledger");
            var options = new BulkOptions
            {
                LedgerPath = hasLedger ? path : null,
                InitialConcurrency = concurrency,
                MaxConcurrency = concurrency,
                Budget = budget,
            };
            var clock = Stopwatch.StartNew();
            var before = Environment.CpuUsage.TotalTime;
            var done = 0;
            await foreach (var outcome in new BulkRunner(client, options).RunAsync(Prompts.Items(count)))
            {
                done += outcome.Status == BulkStatus.Done ? 1 : 0;
            }

            var rate = done / clock.Elapsed.TotalSeconds;
            var cpu = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
            var bytes = hasLedger ? new FileInfo(path).Length / count : 0;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, {concurrency} at once: {rate:f0} items/s, {cpu:f0} us of CPU and {bytes} bytes of ledger an item, {done} of {count} done"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
