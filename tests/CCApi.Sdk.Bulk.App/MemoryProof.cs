using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>Memory and file size of a long run, and of its resumption.</summary>
internal static class MemoryProof
{
    public static async Task<int> RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("ccapi-bulk-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.ledger");
            await MeasureAsync("run", path, count);
            await MeasureAsync("resumed", path, count);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, string path, int count)
    {
        using var client = AtOnce.Client();
        var clock = Stopwatch.StartNew();
        var finished = 0;
        var fromLedger = 0;
        await foreach (var outcome in new BulkRunner(client, new BulkOptions { LedgerPath = path, InitialConcurrency = 64 }).RunAsync(Prompts.Items(count)))
        {
            fromLedger += outcome.IsFromLedger ? 1 : 0;
            if (++finished % (count / 5) == 0)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"memory, {name}, after {finished}: heap {GC.GetTotalMemory(forceFullCollection: true) / 1048576.0:f1} MB, process {Environment.WorkingSet / 1048576.0:f0} MB"));
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"memory, {name}: {count} items in {clock.Elapsed.TotalSeconds:f1} s, {fromLedger} from the ledger, file {new FileInfo(path).Length / 1048576.0:f1} MB"));
    }
}
