using CCApi.Sdk;
using CCApi.Sdk.Models;

using var client = CreateClient();
var messages = new List<ChatMessage> { ChatMessage.System("You are a helpful assistant.") };

// Ctrl+C ends the response, and the program when there is none. It may come at any time, so nothing disposes the source.
CancellationTokenSource? cancellation = null;
Console.CancelKeyPress += (_, pressed) =>
{
    var current = cancellation;
    pressed.Cancel = current is not null;
    current?.Cancel();
};

while (ReadPrompt() is { Length: > 0 } prompt)
{
    messages.Add(ChatMessage.User(prompt));
    cancellation = new CancellationTokenSource();
    var response = await RespondAsync(cancellation.Token);
    cancellation = null;

    if (response is null)
    {
        // Without a response, the prompt is not a part of the conversation.
        messages.RemoveAt(messages.Count - 1);
        continue;
    }

    messages.Add(response);
}

async Task<ChatMessage?> RespondAsync(CancellationToken cancellationToken)
{
    await using var stream = client.Chat.StreamAsync(new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = messages });
    try
    {
        await foreach (var text in stream.ReadTextAsync(cancellationToken))
        {
            Console.Write(text);
        }

        var completion = await stream.GetResponseAsync(cancellationToken);
        Console.WriteLine($"\n({completion.Usage?.TotalTokens} tokens)");

        return completion.Message;
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("\n(canceled)");
    }
    catch (CCApiException exception)
    {
        Console.Error.WriteLine(exception.Message);
    }

    return null;
}

static string? ReadPrompt()
{
    Console.Write("> ");
    return Console.ReadLine();
}

static CCApiClient CreateClient()
{
    try
    {
        return CCApiClient.FromEnvironment();
    }
    catch (ArgumentException exception)
    {
        Console.Error.WriteLine(exception.Message);
        Environment.Exit(1);
        throw; // Never reached; for the compiler.
    }
}
