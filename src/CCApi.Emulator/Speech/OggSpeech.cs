using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Hums a text as Opus in OGG, of packets that were encoded once: 48 kHz, one channel, 20 ms, 16 kbit/s.</summary>
internal static class OggSpeech
{
    private const int SampleRate = 48_000;
    private const int SamplesPerPacket = 960;
    private const int PacketSize = 40;
    private const int PacketsPerPage = 50;

    /// <summary>What decoders leave out at the beginning, in samples.</summary>
    private const int PreSkip = 312;

    // Tones of 150, 200, 250 and 350 Hz, whole periods in a packet. Each is what this prints (here for 150 Hz): ffmpeg -f lavfi
    // -i "aevalsrc=0.18*sin(2*PI*150*t)+0.06*sin(4*PI*150*t):s=48000:d=2" -c:a libopus -b:a 16k -vbr off -application lowdelay
    // -frame_duration 20 -page_duration 20000 -f ogg - | tail -c 680 | head -c 68 | tail -c 40 | base64 -w0
    private static readonly byte[][] _tones = [.. new[]
    {
        "+NjbXgTlfa6ibtddd2tEZgaRLB+HBBXjuEyszAIg5xKlxsL2jrAeQQ==",
        "+MNmV6wTnIXV436gFLarn6O6VsxDZgepAMg3hNh9QoQ95SlIABsTcQ==",
        "+MDlBTw2P6iFqbGW9JNzYmMZqfGMHuJJAMg3hNl9Q+/TdznZruwTQQ==",
        "+MMEtS6+J2LQkueAFSkDVPVpVKOzwhWIxM4s+deW22udWMMzVl3XCg==",
    }.Select(Convert.FromBase64String)];

    // What the same encoder makes of silence.
    private static readonly byte[] _pause = [0xF8, 0xFF, 0xFE, .. new byte[PacketSize - 3]];

    public static (byte[] File, double Seconds) Speak(string text, string voice, double speed)
    {
        var samples = (int)(SpokenText.Seconds(text, speed) * SampleRate);
        var packets = SpokenText.Tones(
            text, voice, (int)Math.Ceiling((samples + PreSkip) / (double)SamplesPerPacket), _tones.Length)
            .Select(tone => tone == SpokenText.Pause ? _pause : _tones[tone]).ToArray();

        using var file = new MemoryStream();
        var number = 0;
        file.Write(OggPage.Write(OggPageKind.First, position: 0, number++, [Head()]));
        file.Write(OggPage.Write(OggPageKind.Inner, position: 0, number++, [Tags()]));

        for (var i = 0; i < packets.Length; i += PacketsPerPage)
        {
            var page = packets[i..Math.Min(i + PacketsPerPage, packets.Length)];
            var isLast = i + PacketsPerPage >= packets.Length;
            // The position on the last page cuts off what its last packet has too much.
            var position = isLast ? PreSkip + samples : (i + page.Length) * SamplesPerPacket;

            file.Write(OggPage.Write(isLast ? OggPageKind.Last : OggPageKind.Inner, position, number++, page));
        }

        return (file.ToArray(), Math.Round(samples / (double)SampleRate, 3));
    }

    private static byte[] Head()
    {
        var head = new byte[19];
        "OpusHead"u8.CopyTo(head);
        head[8] = 1;
        head[9] = 1;
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(10), PreSkip);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), SampleRate);

        return head;
    }

    private static byte[] Tags()
    {
        var vendor = "CCApi.Emulator"u8;
        var tags = new byte[16 + vendor.Length];
        "OpusTags"u8.CopyTo(tags);
        BinaryPrimitives.WriteInt32LittleEndian(tags.AsSpan(8), vendor.Length);
        vendor.CopyTo(tags.AsSpan(12));

        return tags;
    }
}
