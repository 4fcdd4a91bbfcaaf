using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace CCApi.Sdk.Caching;

/// <summary>
/// The bytes of an entry in a distributed cache: a version, then each part with its length. Media are bytes here and not base64,
/// and no reflection is needed.
/// </summary>
internal sealed class CachedMediaSerializer : IHybridCacheSerializer<CachedMedia>
{
    private const byte Version = 1;
    private const int None = -1;

    // More than the images of any response.
    private const int MaxBlobs = 1_000;

    /// <summary>Never throws: the cache would fail the call.</summary>
    public CachedMedia Deserialize(ReadOnlySequence<byte> source)
    {
        var reader = new SequenceReader<byte>(source);
        var isKnown = reader.TryRead(out var version) && version == Version;
        if (!isKnown || !TryReadBytes(ref reader, out var response) || response is null || !TryReadCount(ref reader, out var count))
        {
            return CachedMedia.Unreadable;
        }

        var blobs = new CachedBlob?[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryReadBytes(ref reader, out var mediaType) || !TryReadBytes(ref reader, out var bytes))
            {
                return CachedMedia.Unreadable;
            }

            blobs[i] = bytes is null ? null : new CachedBlob(bytes, mediaType is null ? null : Encoding.UTF8.GetString(mediaType));
        }

        return reader.End ? new CachedMedia(response, blobs) : CachedMedia.Unreadable;
    }

    public void Serialize(CachedMedia value, IBufferWriter<byte> target)
    {
        target.Write([Version]);
        Write(target, value.Response);
        WriteLength(target, value.Blobs.Count);
        foreach (var blob in value.Blobs)
        {
            Write(target, blob?.MediaType is { } mediaType ? Encoding.UTF8.GetBytes(mediaType) : null);
            Write(target, blob?.Bytes);
        }
    }

    private static void Write(IBufferWriter<byte> target, byte[]? bytes)
    {
        WriteLength(target, bytes?.Length ?? None);
        target.Write(bytes);
    }

    private static void WriteLength(IBufferWriter<byte> target, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        target.Write(bytes);
    }

    private static bool TryReadBytes(ref SequenceReader<byte> reader, out byte[]? bytes)
    {
        bytes = null;
        if (!reader.TryReadLittleEndian(out int length) || length < None || length > reader.Remaining)
        {
            return false;
        }

        if (length != None)
        {
            bytes = new byte[length];
            reader.TryCopyTo(bytes);
            reader.Advance(length);
        }

        return true;
    }

    private static bool TryReadCount(ref SequenceReader<byte> reader, out int count) =>
        reader.TryReadLittleEndian(out count) && count is >= 0 and <= MaxBlobs;
}
