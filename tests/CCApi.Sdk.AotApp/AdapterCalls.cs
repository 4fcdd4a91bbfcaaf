using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.AotApp;

/// <summary>Calls through the adapters of Microsoft.Extensions.AI, with a function of this program.</summary>
internal static class AdapterCalls
{
    public static async Task RunAsync(CCApiClient client, Action<string, bool> report)
    {
        using var chat = client.Chat.AsIChatClient("openai/gpt-4o-mini").AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((string city) => $"Snow in {city}", "get_weather", "Current weather")],
            AdditionalProperties = new() { ["metadata"] = new Dictionary<string, object?> { ["run"] = 1 } },
        };

        var response = await chat.GetResponseAsync("What is the weather in Oslo?", options);
        report("IChatClient with a function", response.Text.Contains("Snow in", StringComparison.Ordinal));

        var streamed = await chat.GetStreamingResponseAsync("What is the weather in Oslo?", options).ToChatResponseAsync();
        report("IChatClient, streamed", streamed.Text.Contains("Snow in", StringComparison.Ordinal) && streamed.Usage is not null);

        using var images = client.Images.AsIImageGenerator("google/nano-banana");
        var image = await images.GenerateAsync(new ImageGenerationRequest("A fox."), new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data });
        report("IImageGenerator", image.Contents.Single() is DataContent { MediaType: "image/png" });

        using var speech = client.Audio.AsITextToSpeechClient("elevenlabs/eleven_turbo_v2", "aria");
        var sound = await speech.GetAudioAsync("Hello.");
        report("ITextToSpeechClient", sound.Contents.Single() is DataContent { Data.Length: > 1000 });
    }
}
