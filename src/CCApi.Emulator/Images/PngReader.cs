using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace CCApi.Emulator;

/// <summary>
/// Reads the pictures that people send most: PNG of 8 bits in gray or color, with or without transparency, not interlaced. Others
/// are null.
/// </summary>
internal static class PngReader
{
    private const int MostPixels = 4096 * 4096;

    public static Picture? Read(byte[] file)
    {
        try
        {
            return ReadCore(file);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or ArgumentException or EndOfStreamException
                or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static Picture? ReadCore(byte[] file)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (file.Length < 33 || !file.AsSpan(0, 8).SequenceEqual(signature))
        {
            return null;
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        var channels = file[25] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        var isSupported = file[24] == 8
            && channels > 0
            && file[28] == 0;
        var isSized = width >= 1
            && height >= 1
            && (long)width * height <= MostPixels;
        if (!isSupported || !isSized)
        {
            return null;
        }

        using var zlib = new ZLibStream(new MemoryStream(Data(file)), CompressionMode.Decompress);
        var pixels = new byte[width * height * 4];
        var (above, row) = (new byte[width * channels], new byte[width * channels]);

        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            zlib.ReadExactly(row);
            Unfilter(row, above, channels, filter);
            Spread(row, pixels.AsSpan(y * width * 4), channels);
            (above, row) = (row, above);
        }

        return new Picture(width, height, pixels);
    }

    private static byte[] Data(byte[] file)
    {
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(file, at + 8, length);
            }

            at = checked(at + 12 + Math.Max(length, 0));
        }

        return data.ToArray();
    }

    private static void Unfilter(byte[] row, byte[] above, int channels, int filter)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = (0, 0);
            if (i >= channels)
            {
                (left, corner) = (row[i - channels], above[i - channels]);
            }

            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Nearest(left, above[i], corner),
                _ => throw new InvalidDataException("There is no such filter."),
            });
        }
    }

    private static int Nearest(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        if (toLeft <= toAbove && toLeft <= toCorner)
        {
            return left;
        }

        if (toAbove <= toCorner)
        {
            return above;
        }

        return corner;
    }

    /// <summary>Makes red, green, blue and opacity of whatever channels there are.</summary>
    private static void Spread(byte[] row, Span<byte> pixels, int channels)
    {
        for (var x = 0; x * channels < row.Length; x++)
        {
            var source = row.AsSpan(x * channels, channels);
            var (red, green, blue) = (source[0], source[0], source[0]);
            if (channels >= 3)
            {
                (green, blue) = (source[1], source[2]);
            }

            pixels[x * 4] = red;
            pixels[(x * 4) + 1] = green;
            pixels[(x * 4) + 2] = blue;
            pixels[(x * 4) + 3] = channels % 2 == 0 ? source[^1] : byte.MaxValue;
        }
    }
}
