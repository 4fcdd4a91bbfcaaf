using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class FailoverSnippet
{
    public static async Task RunAsync(string key)
    {
        #region README
        var options = new CCApiClientOptions { ApiKey = key };
        options.Failover.Alternatives["openai/gpt-4o-mini"] = ["anthropic/claude-haiku-4-5", "google/gemini-2.5-flash"];
        using var client = new CCApiClient(options);

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello.");
        Console.WriteLine(string.Join("\n", response.Info!.Attempts)); // attempt 1 (openai/gpt-4o-mini): 503 ...; fails over to anthropic/claude-haiku-4-5
        #endregion
    }
}
