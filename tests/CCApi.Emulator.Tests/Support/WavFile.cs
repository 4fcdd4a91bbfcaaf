using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Reads a WAV file of 16-bit samples on one channel, and rejects anything else.</summary>
internal sealed record WavFile(int SampleRate, short[] Samples)
{
    public double Seconds => Samples.Length / (double)SampleRate;

    /// <summary>How loud it is: 0 is silence, 1 the loudest.</summary>
    public double Rms => Math.Sqrt(Samples.Average(sample => (double)sample * sample)) / short.MaxValue;

    public static WavFile Read(byte[] file)
    {
        Assert.Equal("RIFF", Encoding.ASCII.GetString(file, 0, 4));
        Assert.Equal(file.Length - 8, Int32(file, 4));
        Assert.Equal("WAVEfmt ", Encoding.ASCII.GetString(file, 8, 8));
        var (format, channels, rate) = (Int16(file, 20), Int16(file, 22), Int32(file, 24));
        var (bytesPerSecond, block, bits) = (Int32(file, 28), Int16(file, 32), Int16(file, 34));
        Assert.Equal((1, 1, 16, 2, 2 * rate), (format, channels, bits, block, bytesPerSecond));
        Assert.Equal("data", Encoding.ASCII.GetString(file, 36, 4));
        Assert.Equal(file.Length - 44, Int32(file, 40));
        return new WavFile(rate, Enumerable.Range(0, (file.Length - 44) / 2).Select(index => Int16(file, 44 + (2 * index))).ToArray());
    }

    private static short Int16(byte[] file, int at) => BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(at));

    private static int Int32(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
}
