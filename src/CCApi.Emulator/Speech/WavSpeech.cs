using System;
using System.Buffers.Binary;

namespace CCApi.Emulator;

/// <summary>
/// Hums a text: a tone for each character, a breath for each pause, in the pitch of the voice. No words, but real sound of the
/// right length.
/// </summary>
internal static class WavSpeech
{
    private const int SampleRate = 22_050;
    private const int HeaderSize = 44;

    public static (byte[] File, double Seconds) Speak(string text, string voice, double speed)
    {
        var samples = (int)(SpokenText.Seconds(text, speed) * SampleRate);
        var file = new byte[HeaderSize + (samples * sizeof(short))];
        WriteHeader(file, samples);

        var pitch = 110 + (GatewayRequest.Hash(0, voice) % 120);

        for (var i = 0; i < samples; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(
                file.AsSpan(HeaderSize + (i * sizeof(short))), Sample(text, pitch, i, samples));
        }

        return (file, Math.Round(samples / (double)SampleRate, 3));
    }

    private static short Sample(string text, double pitch, int index, int samples)
    {
        var position = (double)index / samples * text.Length;
        var character = text[Math.Min((int)position, text.Length - 1)];
        if (!char.IsLetterOrDigit(character))
        {
            return 0;
        }

        // Each character swells and fades; vowels are loud and full, the others quieter.
        var within = position - Math.Floor(position);
        var envelope = Math.Sin(Math.PI * within);
        var isVowel = "aeiouyäöüAEIOUYÄÖÜ".Contains(character, StringComparison.Ordinal);
        var frequency = pitch * (1 + (character % 12 / 24.0));
        var phase = 2 * Math.PI * frequency * index / SampleRate;
        var tone = Math.Sin(phase) + (isVowel ? 0.5 * Math.Sin(2 * phase) : 0) + (0.25 * Math.Sin(3 * phase));

        return (short)(tone / 1.75 * envelope * (isVowel ? 0.6 : 0.3) * short.MaxValue);
    }

    private static void WriteHeader(Span<byte> file, int samples)
    {
        var size = samples * sizeof(short);
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], HeaderSize - 8 + size);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], SampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 8 * sizeof(short));
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], size);
    }
}
