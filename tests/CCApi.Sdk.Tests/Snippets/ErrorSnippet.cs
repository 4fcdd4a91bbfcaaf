using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ErrorSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        try
        {
            await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello.");
        }
        catch (CCApiBillingException exception)
        {
            Console.WriteLine(exception.Message); // ... The balance of this key does not cover the call: add credit ...
        }
        catch (CCApiException exception) when (exception.IsTransient)
        {
            Console.WriteLine($"{exception.Attempts.Count} attempts, request {exception.RequestId}: retry later.");
        }
        #endregion
    }
}
