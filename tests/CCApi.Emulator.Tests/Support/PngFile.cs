using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Decodes a PNG of 24-bit pixels without filters, and rejects anything else.</summary>
internal sealed record PngFile(int Width, int Height, byte[] Pixels)
{
    private static readonly byte[] _signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static PngFile Read(byte[] file)
    {
        Assert.Equal(_signature, file[..8]);
        var chunks = Chunks(file).ToList();
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        var header = chunks[0].Data;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);

        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var rows = raw.ToArray().Chunk(1 + (3 * width)).ToList();
        Assert.Equal(height, rows.Count);
        Assert.All(rows, row => Assert.Equal((0, 1 + (3 * width)), (row[0], row.Length)));
        return new PngFile(width, height, rows.SelectMany(row => row.Skip(1)).ToArray());
    }

    /// <summary>How bright a pixel is: 0 is black, 255 white.</summary>
    public int Brightness(int x, int y) => Pixels.AsSpan(((y * Width) + x) * 3, 3) is [var red, var green, var blue] ? (red + green + blue) / 3 : 0;

    /// <summary>How many pixels of a rectangle are almost black.</summary>
    public int CountDark(int left, int top, int width, int height) =>
        Enumerable.Range(top, height).Sum(y => Enumerable.Range(left, width).Count(x => Brightness(x, y) < 40));

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(Crc(file.AsSpan(at + 4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
            }
        }

        return ~crc;
    }
}
