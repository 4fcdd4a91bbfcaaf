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
            Models = ["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5"], // the first that is up answers
            Messages = [ChatMessage.System("You are a precise assistant."), ChatMessage.User("Outline a launch plan.")],
            Temperature = 0.7,
        };

        await using var stream = client.Chat.StreamAsync(request);
        await foreach (var text in stream.ReadTextAsync())
        {
            Console.Write(text);
        }

        var answer = await stream.GetResponseAsync(); // what the plain call would have answered
        Console.WriteLine($"{answer.Usage?.TotalTokens} tokens, {answer.FinishReason}, truncated: {answer.IsTruncated}");
        #endregion
    }
}
