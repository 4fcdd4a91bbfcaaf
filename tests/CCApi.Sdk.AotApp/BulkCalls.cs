using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.AotApp;

/// <summary>A run with a ledger and a budget, and its resumption: SQLite is native code that the program brings along.</summary>
internal static class BulkCalls
{
    public static async Task RunAsync(CCApiClient client, Action<string, bool> report)
    {
        var folder = Directory.CreateTempSubdirectory("ccapi-aot-");
        try
        {
            var options = new BulkOptions
            {
                LedgerPath = Path.Combine(folder.FullName, "run.ledger"),
                MediaFolder = folder.FullName,
                Budget = new CCApiBudget(1m) { UnknownPriceReservation = 0.01m },
            };
            var first = await OutcomesAsync(client, options);
            report("a bulk run", first.All(outcome => outcome.Status == BulkStatus.Done));
            var again = await OutcomesAsync(client, options);
            report("a bulk run that is resumed", again.All(outcome => outcome is { Status: BulkStatus.Done, IsFromLedger: true }));
            report("the entries of a ledger", BulkLedger.Read(options.LedgerPath).Count == first.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<BulkOutcome>> OutcomesAsync(CCApiClient client, BulkOptions options)
    {
        var outcomes = new List<BulkOutcome>();
        await foreach (var outcome in new BulkRunner(client, options).RunAsync(Items()))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    private static async IAsyncEnumerable<BulkItem> Items()
    {
        await Task.CompletedTask;
        yield return BulkItem.Chat("chat", "openai/gpt-4o-mini", "Hello.");
        yield return BulkItem.Speech("speech", new AudioSpeechRequest { Model = "elevenlabs/eleven_turbo_v2", Input = "Hello.", Voice = "aria" });
        yield return BulkItem.Image("image", new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox." });
    }
}
