using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class CostSnippet
{
    public static async Task RunAsync(CCApiClientOptions options)
    {
        #region README
        options.Budget = new CCApiBudget(5.00m); // US dollars; each call reserves the most that it may cost before it is sent
        using var client = new CCApiClient(options);

        using (CostScope.Begin("tenant-42"))
        {
            var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Say hello.");
            Console.WriteLine(response.Info!.Cost); // such as 0.00002 USD (reported)
        }

        Console.WriteLine(client.Costs.GetSnapshot()); // a table by model, operation, scope and tag
        #endregion
    }
}
