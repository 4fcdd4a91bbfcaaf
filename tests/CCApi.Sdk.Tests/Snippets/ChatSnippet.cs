using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ChatSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var request = new ChatCompletionRequest
        {
            Models = ["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5"], // the first that is available
            Messages = [ChatMessage.System("You are a precise assistant."), ChatMessage.User("Outline a launch plan.")],
            Temperature = 0.7,
        };

        await using var stream = client.Chat.StreamAsync(request);
        await foreach (var text in stream.ReadTextAsync())
        {
            Console.Write(text);
        }

        var response = await stream.GetResponseAsync(); // equals the response of the plain call
        Console.WriteLine($"{response.Usage?.TotalTokens} tokens, {response.FinishReason}, truncated: {response.IsTruncated}");
        #endregion
    }
}
