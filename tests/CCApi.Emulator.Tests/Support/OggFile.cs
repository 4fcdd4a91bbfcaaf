using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Reads an OGG file of Opus page by page, and rejects what a decoder would.</summary>
internal sealed record OggFile(IReadOnlyList<OggFile.Page> Pages, IReadOnlyList<byte[]> Packets, double Seconds)
{
    private const int SampleRate = 48_000;
    private const int SamplesPerPacket = 960;

    public static OggFile Read(byte[] file)
    {
        var pages = ReadPages(file).ToList();
        Assert.Equal(Enumerable.Range(0, pages.Count), pages.Select(page => page.Number));
        Assert.Single(pages.Select(page => page.Serial).Distinct());
        Assert.Equal([2, .. Enumerable.Repeat(0, pages.Count - 2), 4], pages.Select(page => (int)page.Flags));

        var head = Assert.Single(pages[0].Packets);
        Assert.Equal("OpusHead", Encoding.ASCII.GetString(head, 0, 8));
        Assert.Equal((1, 1), (head[8], head[9]));
        var preSkip = BinaryPrimitives.ReadInt16LittleEndian(head.AsSpan(10));
        Assert.Equal("OpusTags", Encoding.ASCII.GetString(Assert.Single(pages[1].Packets), 0, 8));
        Assert.Equal((0L, 0L), (pages[0].Position, pages[1].Position));

        // Each page of sound contains the number of samples up to its end; the last one may contain fewer than its packets hold.
        var samples = 0L;
        foreach (var page in pages.Skip(2))
        {
            Assert.All(page.Packets, packet => Assert.Equal(0xF8, packet[0]));
            samples += page.Packets.Count * SamplesPerPacket;
            Assert.InRange(page.Position, page == pages[^1] ? samples - SamplesPerPacket + 1 : samples, samples);
        }

        return new OggFile(pages, pages.Skip(2).SelectMany(page => page.Packets).ToList(), (pages[^1].Position - preSkip) / (double)SampleRate);
    }

    private static IEnumerable<Page> ReadPages(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            Assert.Equal("OggS\0", Encoding.ASCII.GetString(file, at, 5));
            var sizes = file.AsSpan(at + 27, file[at + 26]).ToArray();
            var body = at + 27 + sizes.Length;
            var page = file[at..(body + sizes.Sum(size => size))];
            var stated = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(22));
            page.AsSpan(22, 4).Clear();
            Assert.Equal(Crc(page), stated);

            var packets = new List<byte[]>();
            foreach (var size in sizes)
            {
                Assert.InRange(size, 1, 254);
                packets.Add(file[body..(body + size)]);
                body += size;
            }

            yield return new Page(
                page[5], BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(6)), BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(14)),
                BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(18)), packets);
            at = body;
        }
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0u;
        foreach (var bit in bytes.SelectMany(value => Enumerable.Range(0, 8).Select(i => (uint)(value >> (7 - i)) & 1)))
        {
            crc = (crc >> 31) == bit ? crc << 1 : (crc << 1) ^ 0x04C11DB7;
        }

        return crc;
    }

    internal sealed record Page(byte Flags, long Position, int Serial, int Number, IReadOnlyList<byte[]> Packets);
}
