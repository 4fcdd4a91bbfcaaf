using System;
using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Goes through the frames of an MP3 file of MPEG-1 Layer III, and rejects anything between them.</summary>
internal sealed record Mp3File(int SampleRate, int Frames, int StatedFrames, int StatedBytes, double Seconds)
{
    private const int SamplesPerFrame = 1152;

    private static readonly int[] _rates = [44_100, 48_000, 32_000];
    private static readonly int[] _bits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    public static Mp3File Read(byte[] file)
    {
        var (frames, rate, at) = (0, 0, 0);
        while (at < file.Length)
        {
            var header = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            // Sync, MPEG-1, Layer III, no checksum; one channel.
            Assert.Equal(0xFFFB_0000, header & 0xFFFF_0000);
            Assert.Equal(3u, (header >> 6) & 3);
            rate = _rates[(header >> 10) & 3];
            at += (144_000 * _bits[(header >> 12) & 15] / rate) + (int)((header >> 9) & 1);
            frames++;
        }

        Assert.Equal(file.Length, at);
        // The first frame describes the others: it lies behind the header and the side information of one channel.
        Assert.Equal("Info", Encoding.ASCII.GetString(file, 21, 4));
        Assert.Equal(3, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(25)));
        var stated = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(29));
        return new Mp3File(rate, frames - 1, stated, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33)), (frames - 1) * SamplesPerFrame / (double)rate);
    }
}
