using System;
using System.Buffers.Binary;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Hums a text as MP3, of frames that were encoded once: MPEG-1 Layer III, 48 kHz, one channel, 32 kbit/s.</summary>
internal static class Mp3Speech
{
    public const int FrameSize = 96;

    private const int SampleRate = 48_000;
    private const int SamplesPerFrame = 1152;
    private const int SideInfoSize = 17;

    // Tones of 4, 5, 6 and 8 periods in a frame, so that repeated frames join without a click; without the reservoir each frame
    // stands alone. Each is what this prints (here for 4 periods): ffmpeg -f lavfi -i
    // "aevalsrc=0.18*sin(2*PI*48000*4/1152*t)+0.06*sin(4*PI*48000*4/1152*t):s=48000:d=2" -c:a libmp3lame -b:a 32k -reservoir 0
    // -write_xing 0 -id3v2_version 0 -f mp3 - | tail -c +2881 | head -c 96 | base64 -w0
    private static readonly byte[][] _tones = [.. new[]
    {
        "//sUxAADwcwLBgv/oAA5gWDBf/QAhHtqKyt8sNCxXLX///2Qj21FZW+WGhYrlr///7ExBTUUzLjEwMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "//sUxAADwgQdBguCBIBAg6DBcECQwPukEIYRaFAYFsD8DP//9GB90ohBCLQoDAtgfgZ///pTEFNRTMuMTAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "//sUxAADwhgdBgvahCBDA6DBe1CEwj3UAwIahFoQBjRvCJIGd6MI91AMCGoRaEAY0bwiSBnehMQU1FMy4xMDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "//sUxAADwugXBgBewIBdAuDAC9gQhHueBgsFhFn6BkEgiKAGOT+j/T////ohHueBgsFhFn6BkEgiKAGOT+j/T////oTEFNRTMuMTAwAAAAAAAAAAAAAAAAAAAAAAAAAA",
    }.Select(Convert.FromBase64String)];

    private static ReadOnlySpan<byte> Header => [0xFF, 0xFB, 0x14, 0xC4];

    public static (byte[] File, double Seconds) Speak(string text, string voice, double speed)
    {
        var frames = (int)Math.Ceiling(SpokenText.Seconds(text, speed) * SampleRate / SamplesPerFrame);
        var file = new byte[(frames + 1) * FrameSize];
        WriteInfo(file, frames);

        var at = FrameSize;

        foreach (var tone in SpokenText.Tones(text, voice, frames, _tones.Length))
        {
            // A frame whose side information is all 0 holds no sound.
            (tone == SpokenText.Pause ? Header : _tones[tone]).CopyTo(file.AsSpan(at));
            at += FrameSize;
        }

        return (file, Math.Round(frames * SamplesPerFrame / (double)SampleRate, 3));
    }

    /// <summary>The frame before the sound that informs players how many follow; decoders that do not know it play it as a pause.</summary>
    private static void WriteInfo(Span<byte> file, int frames)
    {
        Header.CopyTo(file);
        var info = file[(Header.Length + SideInfoSize)..];
        "Info"u8.CopyTo(info);
        BinaryPrimitives.WriteInt32BigEndian(info[4..], 0b11);
        BinaryPrimitives.WriteInt32BigEndian(info[8..], frames);
        BinaryPrimitives.WriteInt32BigEndian(info[12..], file.Length);
    }
}
