using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>Items a second when each is durable as sent before it leaves, without a network.</summary>
internal static class DurableProof
{
    public static async Task<int> RunAsync(int count)
    {
        foreach (var concurrency in (int[])[8, 64, 256])
        {
            var folder = Directory.CreateTempSubdirectory("ccapi-bulk-");
            try
            {
                using var client = AtOnce.Client();
                var options = new BulkOptions { LedgerPath = Path.Combine(folder.FullName, "run.ledger"), InitialConcurrency = concurrency, MaxConcurrency = concurrency };
                var clock = Stopwatch.StartNew();
                var done = 0;
                await foreach (var outcome in new BulkRunner(client, options).RunAsync(Prompts.Items(count)))
                {
                    done += outcome.Status == BulkStatus.Done ? 1 : 0;
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"durable, {concurrency} at once: {done / clock.Elapsed.TotalSeconds:f0} items/s, {done} of {count} done"));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return 0;
    }
}
