namespace CCApi.Emulator;

/// <summary>A spoken text in one of the formats of the contract.</summary>
/// <param name="Format">The format as responses name it; also the extension.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Seconds">How long it lasts.</param>
internal sealed record SpeechFile(string Format, string MediaType, byte[] Bytes, double Seconds)
{
    /// <summary>The formats of the contract, for messages.</summary>
    public const string Formats = "mp3, wav or ogg";

    /// <summary>
    /// The format that a word stands for; null when there is none. OpenAI calls the codec <c>opus</c> what comes in an OGG file.
    /// </summary>
    public static string? Find(string? word) => word switch
    {
        "mp3" or "wav" or "ogg" => word,
        "opus" => "ogg",
        _ => null,
    };

    public static SpeechFile Speak(string format, string text, string voice, double speed)
    {
        var (file, seconds) = format switch
        {
            "wav" => WavSpeech.Speak(text, voice, speed),
            "ogg" => OggSpeech.Speak(text, voice, speed),
            _ => Mp3Speech.Speak(text, voice, speed),
        };

        return new SpeechFile(format, format == "mp3" ? "audio/mpeg" : $"audio/{format}", file, seconds);
    }
}
