using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Writes pages of an OGG file (RFC 3533).</summary>
internal static class OggPage
{
    private const int HeaderSize = 27;
    private const int ChecksumAt = 22;
    private const int Serial = 0x43434150;

    private static readonly uint[] _crcTable = [.. Enumerable.Range(0, 256).Select(MakeCrc)];

    /// <summary>A page of whole packets, at most 255 of less than 255 bytes each.</summary>
    /// <param name="kind">Where in the file it is.</param>
    /// <param name="position">How many samples there are up to its end.</param>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="packets">What it holds.</param>
    public static byte[] Write(OggPageKind kind, long position, int number, IReadOnlyList<byte[]> packets)
    {
        var header = new byte[HeaderSize + packets.Count];
        "OggS"u8.CopyTo(header);
        header[5] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(6), position);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(14), Serial);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), number);
        header[HeaderSize - 1] = (byte)packets.Count;

        for (var i = 0; i < packets.Count; i++)
        {
            header[HeaderSize + i] = (byte)packets[i].Length;
        }

        byte[] page = [.. header, .. packets.SelectMany(packet => packet)];
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(ChecksumAt), Checksum(page));

        return page;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = 0u;
        foreach (var value in bytes)
        {
            crc = (crc << 8) ^ _crcTable[(crc >> 24) ^ value];
        }

        return crc;
    }

    private static uint MakeCrc(int value)
    {
        var crc = (uint)value << 24;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc << 1) ^ (0x04C11DB7u & (0u - (crc >> 31)));
        }

        return crc;
    }
}
