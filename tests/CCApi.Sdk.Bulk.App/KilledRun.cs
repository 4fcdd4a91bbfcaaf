using System;
using System.Globalization;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>A run that reports each outcome at once, so that a test knows when to kill it.</summary>
internal static class KilledRun
{
    public static async Task<int> RunAsync(Uri address, string ledger, int count, int concurrency, string inDoubt, decimal? budget)
    {
        using var http = new HttpClient(new KeyPerSending()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        using var client = new CCApiClient(http, new CCApiClientOptions { ApiKey = "sk-ccapi-emulator", BaseAddress = address });
        var runner = new BulkRunner(client, new BulkOptions
        {
            LedgerPath = ledger,
            MaxConcurrency = concurrency,
            InDoubt = Enum.Parse<InDoubtAction>(inDoubt),
            RoundDelay = TimeSpan.FromMilliseconds(50),
            MaxRounds = 10,
            Budget = budget is { } limit ? new CCApiBudget(limit) : null,
        });
        await foreach (var outcome in runner.RunAsync(Prompts.Items(count)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Status} {outcome.Id} {outcome.Cost} {outcome.IsFromLedger}"));
        }

        Console.WriteLine("end");
        return 0;
    }
}
