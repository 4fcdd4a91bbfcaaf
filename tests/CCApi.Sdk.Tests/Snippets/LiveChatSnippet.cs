using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class LiveChatSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var messages = new List<ChatMessage> { ChatMessage.User("What is in this picture?", ChatContentPart.ImageFromFile("photo.jpg")) };
        await using var stream = client.Chat.StreamAsync(new ChatCompletionRequest { Model = "anthropic/claude-haiku-4-5", Messages = messages });
        await foreach (var reasoning in stream.ReadReasoningAsync()) // ends where the text begins
        {
            Console.Error.Write(reasoning);
        }

        await foreach (var text in stream.ReadTextAsync())
        {
            Console.Write(text);
        }

        Console.WriteLine($"first word after {stream.TimeToFirstToken}");
        messages.Add((await stream.GetResponseAsync()).Message!); // sent back as it was received, unknown members included
        messages.Add(ChatMessage.User("And behind it?"));
        #endregion
    }
}
