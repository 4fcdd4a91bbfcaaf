using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class SpeechSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var speech = await client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");
        Console.WriteLine($"{speech.Duration} s, {speech.CreditsCharged} credits");
        Console.WriteLine(await client.Audio.SaveAsync(speech, "welcome")); // .../welcome.mp3: the extension of what really came
        #endregion
    }
}
