using System;
using System.IO;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class SpeechSnippet
{
    public static async Task RunAsync(CCApiClient client, Stream player)
    {
        #region README
        var request = new AudioSpeechRequest { Model = "elevenlabs/eleven_turbo_v2", Input = "Welcome.", Voice = "aria" };
        Console.WriteLine(await client.Audio.SpeakToFileAsync(request, "welcome")); // .../welcome.mp3: the extension is that of the received type

        using var sound = await client.Audio.StreamSpeechAsync(request); // the bytes as they arrive
        await sound.CopyToAsync(player);

        var speech = await client.Audio.CreateSpeechAsync(request); // the response, to be saved later
        Console.WriteLine($"{speech.Duration} s, {speech.CreditsCharged} credits: {await client.Audio.SaveAsync(speech, "speech/")}");
        #endregion
    }
}
