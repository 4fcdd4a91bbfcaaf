using System;
using System.ClientModel;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator;
using OpenAI;
using OpenAI.Images;

namespace CCApi.Sdk.Benchmarks;

/// <summary>What happens when the gateway fails: the same call by both packages against the emulator, and what its ledger charged.</summary>
internal static class Compare
{
    private const string Prompt = "Hello";

    public static async Task RunAsync()
    {
        Console.WriteLine("| the gateway | CCApi.Sdk | charges | OpenAI package | charges |");
        Console.WriteLine("|---|---|--:|---|--:|");
        await RowAsync("sends an error in a 200", sdk => ChatAsync(sdk, "emulator/hidden"), openAI => ChatAsync(openAI, "emulator/hidden"));
        await RowAsync("sends a web page in a 200", sdk => ChatAsync(sdk, "emulator/html"), openAI => ChatAsync(openAI, "emulator/html"));
        await RowAsync("ends a stream in its middle", sdk => StreamAsync(sdk, "emulator/truncated"), openAI => StreamAsync(openAI, "emulator/truncated"));
        await RowAsync("sends an error within a stream", sdk => StreamAsync(sdk, "emulator/hidden"), openAI => StreamAsync(openAI, "emulator/hidden"));
        await RowAsync("resets the connection of a charged image", sdk => ImageAsync(sdk, "emulator/reset"), openAI => ImageAsync(openAI, "emulator/reset"));
        await RowAsync("responds 504 to a charged image", sdk => ImageAsync(sdk, "emulator/status-504"), openAI => ImageAsync(openAI, "emulator/status-504"));
    }

    private static async Task RowAsync(string what, Func<CCApiClient, Task<string>> withSdk, Func<OpenAIClient, Task<string>> withOpenAI)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var sdk = emulator.CreateClient();
        var ofSdk = await OutcomeAsync(() => withSdk(sdk));
        var charges = Charges(emulator);

        var openAI = new OpenAIClient(new ApiKeyCredential(emulator.ApiKey), new OpenAIClientOptions { Endpoint = emulator.BaseAddress });
        var ofOpenAI = await OutcomeAsync(() => withOpenAI(openAI));

        Console.WriteLine($"| {what} | {ofSdk} | {charges} | {ofOpenAI} | {Charges(emulator) - charges} |");
    }

    private static int Charges(CCApiEmulator emulator) => emulator.Ledger.Charges.Count(charge => !charge.IsRefunded);

    private static async Task<string> OutcomeAsync(Func<Task<string>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
        {
            return $"`{exception.GetType().Name}`";
        }
    }

    private static async Task<string> ChatAsync(CCApiClient client, string model) =>
        $"text: \"{(await client.Chat.CompleteAsync(model, Prompt)).Text}\"";

    private static async Task<string> ChatAsync(OpenAIClient client, string model)
    {
        var completion = await client.GetChatClient(model).CompleteChatAsync(Prompt);
        return $"text: \"{string.Concat(completion.Value.Content.Select(part => part.Text))}\"";
    }

    private static async Task<string> StreamAsync(CCApiClient client, string model)
    {
        await using var stream = client.Chat.StreamAsync(model, Prompt);
        var response = await stream.GetResponseAsync();
        return $"{response.Text?.Length ?? 0} characters, `IsTruncated` {response.IsTruncated}";
    }

    private static async Task<string> StreamAsync(OpenAIClient client, string model)
    {
        var text = new StringBuilder();
        await foreach (var update in client.GetChatClient(model).CompleteChatStreamingAsync(Prompt))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }
        }

        return $"{text.Length} characters, ends normally";
    }

    private static async Task<string> ImageAsync(CCApiClient client, string model) => $"{(await client.Images.GenerateAsync(model, Prompt)).Data?.Count} images";

    private static async Task<string> ImageAsync(OpenAIClient client, string model)
    {
        GeneratedImage image = await client.GetImageClient(model).GenerateImageAsync(Prompt);
        return $"{(image.ImageBytes is null ? 0 : 1)} images";
    }
}
