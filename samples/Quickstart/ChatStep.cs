using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace Quickstart;

/// <summary>A plain completion, then one that is shown as it is received.</summary>
internal static class ChatStep
{
    private const string Model = "openai/gpt-4o-mini";

    public static async Task<decimal> RunAsync(CCApiClient client)
    {
        Output.Title("2. Chat");

        var completion = await client.Chat.CompleteAsync(Model, "How much is 12 * 3?");
        Console.WriteLine($"Plain:    {completion.Text}");

        var request = new ChatCompletionRequest
        {
            Model = Model,
            Messages =
            [
                ChatMessage.System("You are a precise assistant."),
                ChatMessage.User("Outline a launch plan for a small bakery in three sentences."),
            ],
        };

        Console.Write("Streamed: ");
        await using var stream = client.Chat.StreamAsync(request);

        await foreach (var text in stream.ReadTextAsync())
        {
            Console.Write(text);
        }

        Console.WriteLine();

        var whole = await stream.GetResponseAsync();
        Console.WriteLine($"{whole.Usage?.TotalTokens} tokens of {whole.Model}, finished by '{whole.FinishReason}'.");

        return (completion.Usage?.Cost ?? 0) + (whole.Usage?.Cost ?? 0);
    }
}
