using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace CCApi.Sdk.Bulk.App;

/// <summary>A run with a ledger beside a loop over a bare HttpClient with the same number of calls at once.</summary>
internal static class ThroughputProof
{
    private const int Repetitions = 3;

    /// <param name="windows">How many items are sent for each call at once.</param>
    public static async Task<int> RunAsync(int windows)
    {
        foreach (var concurrency in (int[])[8, 32, 64])
        {
            await MeasureAsync("no faults", windows * concurrency, concurrency, strays: false);
        }

        await MeasureAsync("one 429 in 100 calls of the run", windows * 32, concurrency: 32, strays: true);
        return 0;
    }

    private static async Task MeasureAsync(string name, int count, int concurrency, bool strays)
    {
        await using var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions { Latency = TimeSpan.FromMilliseconds(100), Credits = 1_000_000 });
        await LoopAsync(emulator, 10 * concurrency, concurrency);
        await BulkAsync(emulator, 10 * concurrency, concurrency);

        // One after the other, several times: the machine may have other work meanwhile.
        var loops = new double[Repetitions];
        var runs = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            loops[i] = await LoopAsync(emulator, count, concurrency);
            for (var fault = 0; strays && fault < count / 100; fault++)
            {
                emulator.Faults.Add(fault: null, times: 99);
                emulator.Faults.Add(EmulatorFault.WithStatus(429));
            }

            runs[i] = await BulkAsync(emulator, count, concurrency);
            emulator.Faults.Clear();
        }

        Array.Sort(loops);
        Array.Sort(runs);
        var (loop, bulk) = (loops[Repetitions / 2], runs[Repetitions / 2]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"throughput, {concurrency} at once, latency 100 ms, {name}: HttpClient loop {loop:f0}/s, BulkRunner with ledger {bulk:f0}/s, ratio {bulk / loop:f2}"));
    }

    private static async Task<double> LoopAsync(CCApiEmulator emulator, int count, int concurrency)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);
        var address = new Uri(emulator.BaseAddress, "chat/completions");
        var clock = Stopwatch.StartNew();
        var next = 0;
        var workers = new Task[concurrency];
        for (var i = 0; i < concurrency; i++)
        {
            workers[i] = Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= count)
                {
                    var body = $$"""{"model":"{{Prompts.Model}}","messages":[{"role":"user","content":"{{Prompts.TextOf(number)}}"}]}""";
                    using var content = new StringContent(body, Encoding.UTF8, "application/json");
                    using var response = await http.PostAsync(address, content);
                    using var document = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                    _ = document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
                }
            });
        }

        await Task.WhenAll(workers);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> BulkAsync(CCApiEmulator emulator, int count, int concurrency)
    {
        var folder = Directory.CreateTempSubdirectory("ccapi-bulk-");
        try
        {
            using var client = emulator.CreateClient();
            var options = new BulkOptions { LedgerPath = Path.Combine(folder.FullName, "run.ledger"), InitialConcurrency = concurrency, MaxConcurrency = concurrency };
            var clock = Stopwatch.StartNew();
            var done = 0;
            await foreach (var outcome in new BulkRunner(client, options).RunAsync(Prompts.Items(count)))
            {
                done += outcome.Status == BulkStatus.Done ? 1 : 0;
            }

            return done / clock.Elapsed.TotalSeconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
