using CCApi.Sdk;
using CCApi.Sdk.Models;

using var client = CreateClient();
var messages = new List<ChatMessage> { ChatMessage.System("You are a helpful assistant.") };

// Ctrl+C ends the response, and the program when there is none.
CancellationTokenSource? response = null;
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = response is not null;
    response?.Cancel();
};

while (ReadPrompt() is { Length: > 0 } prompt)
{
    messages.Add(ChatMessage.User(prompt));
    using (response = new CancellationTokenSource())
    {
        await RespondAsync(response.Token);
    }

    response = null;
}

async Task RespondAsync(CancellationToken cancellationToken)
{
    await using var stream = client.Chat.StreamAsync(new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = messages });
    try
    {
        await foreach (var text in stream.ReadTextAsync(cancellationToken))
        {
            Console.Write(text);
        }

        var completion = await stream.GetResponseAsync(cancellationToken);
        messages.Add(completion.Message!);
        Console.WriteLine($"\n({completion.Usage?.TotalTokens} tokens)");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("\n(canceled)");
    }
    catch (CCApiException exception)
    {
        Console.Error.WriteLine(exception.Message);
    }
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
        throw;
    }
}
