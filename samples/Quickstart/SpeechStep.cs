using CCApi.Sdk;

namespace Quickstart;

/// <summary>A sentence becomes a file.</summary>
internal static class SpeechStep
{
    public static async Task<decimal> RunAsync(CCApiClient client, string folder)
    {
        Output.Title("3. Speech");

        var speech = await client.Audio.CreateSpeechAsync(
            "elevenlabs/eleven_turbo_v2", "Welcome to CCAPI, your unified AI gateway.", "aria");

        // No extension: the SDK appends the one of what really came.
        var path = await client.Audio.SaveAsync(
            speech, Path.Combine(folder, "welcome"), new MediaSaveOptions { Overwrite = true });
        Console.WriteLine($"{speech.Duration:0.0} s of speech, {new FileInfo(path).Length:#,0} bytes: {path}");

        return speech.CreditsCharged ?? 0;
    }
}
