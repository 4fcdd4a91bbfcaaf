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
        await foreach (var thought in stream.ReadReasoningAsync()) // ends where the answer begins
        {
            Console.Error.Write(thought);
        }

        await foreach (var text in stream.ReadTextAsync())
        {
            Console.Write(text);
        }

        Console.WriteLine($"first word after {stream.TimeToFirstToken}");
        messages.Add((await stream.GetResponseAsync()).Message!); // goes back as it came, with what the SDK does not know
        messages.Add(ChatMessage.User("And behind it?"));
        #endregion
    }
}
