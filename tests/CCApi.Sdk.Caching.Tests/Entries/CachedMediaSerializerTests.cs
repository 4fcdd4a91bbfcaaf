using System.Buffers;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Caching.Tests.Entries;

public class CachedMediaSerializerTests
{
    private static readonly CachedMedia _entry = new([1, 2], [new CachedBlob([3, 4, 5], "image/png"), new CachedBlob([6], null)]);

    [Fact]
    public void Deserialize_OfWhatWasSerialized_IsTheSame()
    {
        var read = new CachedMediaSerializer().Deserialize(new ReadOnlySequence<byte>(Serialized()));

        Assert.True(read.IsReadable);
        Assert.Equal(_entry.Response, read.Response);
        Assert.Equal(["image/png", null], read.Blobs.Select(blob => blob?.MediaType));
        Assert.Equal([3, 4, 5], read.Blobs[0]!.Bytes);
        Assert.Equal([6], read.Blobs[1]!.Bytes);
        Assert.Equal(6 + "image/png".Length, read.Bytes);
    }

    [Fact]
    public void Deserialize_OfAnyPart_IsUnreadable()
    {
        var bytes = Serialized();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(new CachedMediaSerializer().Deserialize(new ReadOnlySequence<byte>(bytes, 0, length)).IsReadable);
        }
    }

    [Fact]
    public void Deserialize_WithAnyByteChanged_IsUnreadable()
    {
        var bytes = Serialized();

        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var value in new byte[] { 0, 1, 127, 128, 255 })
            {
                var changed = (byte[])bytes.Clone();
                changed[i] = value;
                var read = new CachedMediaSerializer().Deserialize(new ReadOnlySequence<byte>(changed));
                Assert.Equal(value == bytes[i], read.IsReadable);
            }
        }
    }

    [Fact]
    public void Deserialize_WithoutMedia_IsUnreadable()
    {
        CachedMedia[] entries = [new([1], []), new([1], [null]), new([1], [new CachedBlob([], null)]), new([1], [new CachedBlob([1], null), null])];

        Assert.All(entries, entry => Assert.False(new CachedMediaSerializer().Deserialize(new ReadOnlySequence<byte>(Serialized(entry))).IsReadable));
    }

    [Fact]
    public void Deserialize_WithMoreBehindIt_IsUnreadable()
    {
        Assert.False(new CachedMediaSerializer().Deserialize(new ReadOnlySequence<byte>([.. Serialized(), 0])).IsReadable);
    }

    private static byte[] Serialized() => Serialized(_entry);

    private static byte[] Serialized(CachedMedia entry)
    {
        var writer = new ArrayBufferWriter<byte>();
        new CachedMediaSerializer().Serialize(entry, writer);
        return writer.WrittenSpan.ToArray();
    }
}
