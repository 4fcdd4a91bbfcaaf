using System;

namespace CCApi.Emulator;

/// <summary>A rule for speech.</summary>
public sealed class SpeechScript : ScriptBuilder<SpeechScript>
{
    internal SpeechScript(EmulatorScript script, ScriptRule rule)
        : base(script, rule)
    {
    }

    /// <summary>Adds audio, returned by URL, as base64 or as bytes, whichever the request asks for. It is charged as speech is.</summary>
    /// <param name="audio">The file.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <exception cref="ArgumentException"><paramref name="mediaType"/> has a character that a header cannot have.</exception>
    public SpeechScript Reply(byte[] audio, string mediaType = "audio/mpeg")
    {
        ArgumentNullException.ThrowIfNull(audio);
        CheckMediaType(mediaType);

        return Add(new SpeechStep([.. audio], mediaType));
    }
}
