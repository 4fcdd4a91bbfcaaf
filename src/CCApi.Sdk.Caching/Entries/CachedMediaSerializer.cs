using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace CCApi.Sdk.Caching;

/// <summary>
/// The bytes of an entry in a distributed cache: a version, each part with its length, and a hash of all that, because a listener
/// would get what a disk or a network has changed. Media are bytes here and not base64, and no reflection is needed.
/// </summary>
internal sealed class CachedMediaSerializer : IHybridCacheSerializer<CachedMedia>
{
    private const byte Version = 2;
    private const int None = -1;

    // More than the images of any response.
    private const int MaxBlobs = 1_000;

    /// <summary>Never throws: the cache would fail the call.</summary>
    public CachedMedia Deserialize(ReadOnlySequence<byte> source)
    {
        if (source.Length <= SHA256.HashSizeInBytes || !IsUnchanged(source))
        {
            return CachedMedia.Unreadable;
        }

        var reader = new SequenceReader<byte>(source.Slice(0, source.Length - SHA256.HashSizeInBytes));
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

            // What is kept has its media: a response without them would be a success with nothing in it.
            if (bytes is not { Length: > 0 })
            {
                return CachedMedia.Unreadable;
            }

            blobs[i] = new CachedBlob(bytes, mediaType is null ? null : Encoding.UTF8.GetString(mediaType));
        }

        return reader.End && count > 0 ? new CachedMedia(response, blobs) : CachedMedia.Unreadable;
    }

    public void Serialize(CachedMedia value, IBufferWriter<byte> target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Write(target, hash, [Version]);
        WriteWithLength(target, hash, value.Response);
        WriteLength(target, hash, value.Blobs.Count);
        foreach (var blob in value.Blobs)
        {
            WriteWithLength(target, hash, blob?.MediaType is { } mediaType ? Encoding.UTF8.GetBytes(mediaType) : null);
            WriteWithLength(target, hash, blob?.Bytes);
        }

        target.Write(hash.GetHashAndReset());
    }

    private static void WriteWithLength(IBufferWriter<byte> target, IncrementalHash hash, byte[]? bytes)
    {
        WriteLength(target, hash, bytes?.Length ?? None);
        Write(target, hash, bytes);
    }

    private static void WriteLength(IBufferWriter<byte> target, IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        Write(target, hash, bytes);
    }

    private static void Write(IBufferWriter<byte> target, IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        target.Write(bytes);
    }

    private static bool IsUnchanged(in ReadOnlySequence<byte> source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in source.Slice(0, source.Length - SHA256.HashSizeInBytes))
        {
            hash.AppendData(piece.Span);
        }

        Span<byte> stated = stackalloc byte[SHA256.HashSizeInBytes];
        source.Slice(source.Length - SHA256.HashSizeInBytes).CopyTo(stated);

        return stated.SequenceEqual(hash.GetHashAndReset());
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
