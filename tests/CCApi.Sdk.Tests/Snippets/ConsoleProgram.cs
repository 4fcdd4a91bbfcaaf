using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ConsoleProgram
{
    public static async Task RunAsync()
    {
        #region README
        using var client = CCApiClient.FromEnvironment(); // CCAPI_API_KEY and, if set, CCAPI_BASE_URL

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Name three uses of a paper clip.");
        Console.WriteLine(response.Text);

        await foreach (var text in client.Chat.StreamAsync("openai/gpt-4o-mini", "Now as a poem.").ReadTextAsync())
        {
            Console.Write(text);
        }

        Console.WriteLine();
        var overwrite = new MediaSaveOptions { Overwrite = true };
        var speech = await client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
        Console.WriteLine(await client.Audio.SaveAsync(speech, "welcome", overwrite)); // .../welcome.mp3

        var images = await client.Images.GenerateAsync("stabilityai/stable-diffusion-xl-1024-v1-0", "A fox in the snow.");
        Console.WriteLine(await client.Images.SaveAsync(images.Data![0], "fox", overwrite)); // .../fox.png
        #endregion
    }
}
