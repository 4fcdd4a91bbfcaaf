using System;

namespace CCApi.Emulator;

/// <summary>How long a text takes to read, and how it sounds in a format that only has whole frames.</summary>
internal static class SpokenText
{
    /// <summary>The tone of a frame without sound.</summary>
    public const int Pause = -1;

    /// <summary>People read about so many characters in a second.</summary>
    private const double CharactersPerSecond = 15;

    private const double ShortestSeconds = 0.4;

    public static double Seconds(string text, double speed) =>
        Math.Max(text.Length / CharactersPerSecond / speed, ShortestSeconds);

    /// <summary>The tone of each frame, by the character that is read then and the voice; <see cref="Pause"/> between words.</summary>
    public static int[] Tones(string text, string voice, int frames, int tones)
    {
        var melody = new int[frames];
        for (var i = 0; i < frames; i++)
        {
            var character = text[(int)((long)i * text.Length / frames)];
            melody[i] = char.IsLetterOrDigit(character) ? (int)((GatewayRequest.Hash(character, voice + character) >> 16) % tones) : Pause;
        }

        return melody;
    }
}
