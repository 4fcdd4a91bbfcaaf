using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace CCApi.Sdk.Bulk.App;

/// <summary>Where the concurrency settles against a limit of ten at once.</summary>
public static class AdaptiveProof
{
    internal static async Task<int> RunAsync(int count)
    {
        var (settled, share, rate) = await MeasureAsync(count, limit: 10);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"adaptive, limit 10: settles at {settled:f1} on average, {100 * share:f2} % of the responses were 429, {rate:f0} items/s"));
        return settled is >= 8 and <= 12 && share < 0.02 ? 0 : 1;
    }

    /// <summary>Runs against a limit.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="limit">The calls at once that the emulator accepts.</param>
    /// <returns>The average concurrency of the second half, the share of 429s, and items a second.</returns>
    public static async Task<(double Settled, double Share, double Rate)> MeasureAsync(int count, int limit)
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions
        {
            Latency = TimeSpan.FromMilliseconds(50),
            ConcurrentRequests = limit,
            Credits = 1_000_000,
        });
        using var client = emulator.CreateClient();
        var states = new States();
        var options = new BulkOptions { MaxConcurrency = 200, Progress = states, ProgressInterval = TimeSpan.FromMilliseconds(20) };
        await foreach (var outcome in new BulkRunner(client, options).RunAsync(Prompts.Items(count)))
        {
            if (outcome.Status != BulkStatus.Done)
            {
                throw new InvalidOperationException(outcome.ToString());
            }
        }

        var last = states.All[^1];
        var settled = states.All.Where(state => state.Finished > count / 2).Average(state => state.Concurrency);
        return (settled, (double)last.RateLimited / (count + last.RateLimited), last.ItemsPerSecond);
    }

    private sealed class States : IProgress<BulkProgress>
    {
        public List<BulkProgress> All { get; } = [];

        public void Report(BulkProgress value)
        {
            lock (All)
            {
                All.Add(value);
            }
        }
    }
}
