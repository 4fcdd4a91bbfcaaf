using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;
using RedisRateLimiting;
using StackExchange.Redis;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/bulk.md, of the readme of its package, and of docs/rate-limits.md.</summary>
/// <remarks>It changes the current directory, where other tests would look for their files.</remarks>
[Collection(nameof(BulkSnippets))]
[CollectionDefinition(nameof(BulkSnippets), DisableParallelization = true)]
public sealed class BulkSnippets : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ccapi-docs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Runner_OfAFile_HasOneOutcomeForEachLine()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        var directory = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_folder);
        try
        {
            await File.WriteAllTextAsync("prompts.jsonl", Line("a") + Line("b"));

            await GuideAsync(client);
            await ReadmeAsync(client);
            await ItemsAsync(client, ["Hello c", "Hello d"]);
            await ItemsAsync(client, ["Hello c", "Hello d"]);
        }
        finally
        {
            Directory.SetCurrentDirectory(directory);
        }

        Assert.Equal(4, emulator.Ledger.Charges.Count);
    }

    private static async Task GuideAsync(CCApiClient client)
    {
        #region GUIDE
        var runner = new BulkRunner(client, new BulkOptions { LedgerPath = "run.ledger" });
        await foreach (var outcome in runner.RunFileAsync("prompts.jsonl"))
        {
            Console.WriteLine($"{outcome.Id}: {outcome.Text ?? outcome.Error?.Message}");
        }
        #endregion
    }

    private static async Task ItemsAsync(CCApiClient client, string[] prompts)
    {
        #region ITEMS
        var runner = new BulkRunner(client, new BulkOptions { LedgerPath = "run.ledger", MaxConcurrency = 8 });
        var items = prompts.Select((prompt, number) => BulkItem.Chat($"prompt-{number}", "openai/gpt-4o-mini", prompt));
        await foreach (var outcome in runner.RunAsync(items))
        {
            Console.WriteLine($"{outcome.Id}: {outcome.Status}, {outcome.Text}");
        }
        #endregion
    }

    private static async Task ReadmeAsync(CCApiClient client)
    {
        #region README
        var runner = new BulkRunner(client, new BulkOptions { LedgerPath = "run.ledger", MaxConcurrency = 32 });
        await foreach (var outcome in runner.RunFileAsync("prompts.jsonl"))
        {
            Console.WriteLine($"{outcome.Id}: {outcome.Text ?? outcome.Error?.Message}");
        }
        #endregion
    }

    /// <summary>Compiled only: it needs a Redis server.</summary>
    internal static void UseRedis(CCApiClientOptions options, IConnectionMultiplexer redis)
    {
        #region REDIS
        options.RateLimiter = new RedisFixedWindowRateLimiter<string>("ccapi:key-1", new RedisFixedWindowRateLimiterOptions
        {
            ConnectionMultiplexerFactory = () => redis,
            PermitLimit = 600,
            Window = TimeSpan.FromMinutes(1),
        });
        #endregion
    }

    private static string Line(string id) =>
        $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hello {{{id}}}"}]}}"""
        + "\n";
}
