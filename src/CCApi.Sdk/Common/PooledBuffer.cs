using System;
using System.Buffers;

namespace CCApi.Sdk;

/// <summary>A growing buffer of pooled memory. Its owner disposes of it once, when nothing reads its bytes any more.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestSize = 1024;

    private byte[] _bytes;

    public PooledBuffer(int capacity = 0) =>
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, SmallestSize));

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Moves to other memory, because a read that ignored its cancellation may still write into this one.</summary>
    public void Detach()
    {
        var bytes = ArrayPool<byte>.Shared.Rent(_bytes.Length);
        Written.CopyTo(bytes);
        _bytes = bytes;
    }

    /// <summary>Leaves the memory to the garbage collector, because something may still read it.</summary>
    public void Abandon()
    {
        _bytes = [];
        Length = 0;
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;

        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int count)
    {
        count = Math.Max(count, 1);
        if (_bytes.Length - Length >= count)
        {
            return;
        }

        // Doubling stops at what an array can hold; past that, the rent throws.
        var size = Math.Max((long)Length + count, Math.Min(2L * _bytes.Length, 0x7FFFFFC7));
        var larger = ArrayPool<byte>.Shared.Rent(checked((int)size));
        Buffer.BlockCopy(_bytes, 0, larger, 0, Length);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
