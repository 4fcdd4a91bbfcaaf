using System;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class PooledBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Write_InPieces_KeepsEveryByte(int piece)
    {
        using var buffer = new PooledBuffer();
        var bytes = Enumerable.Range(0, 10_000).Select(i => (byte)i).ToArray();

        for (var i = 0; i < bytes.Length; i += piece)
        {
            var part = bytes.AsSpan(i, Math.Min(piece, bytes.Length - i));
            part.CopyTo(buffer.GetSpan(part.Length));
            buffer.Advance(part.Length);
        }

        Assert.Equal(bytes, buffer.Written.ToArray());
        Assert.Equal(bytes, buffer.WrittenMemory.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void GetMemory_OfAnySize_IsAtLeastThatLargeAndNeverEmpty(int size)
    {
        using var buffer = new PooledBuffer();
        buffer.Advance(buffer.GetMemory().Length);

        Assert.True(buffer.GetMemory(size).Length >= Math.Max(size, 1));
        Assert.True(buffer.GetSpan(size).Length >= Math.Max(size, 1));
    }

#if !NETFRAMEWORK // There, tests on other threads may take what this one gave back.
    [Fact]
    public void Dispose_Twice_ReturnsTheMemoryOnce()
    {
        var buffer = new PooledBuffer(3000);
        var memory = Memory(buffer);
        buffer.Advance(1);

        buffer.Dispose();
        buffer.Dispose();

        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.Written.IsEmpty);
        Assert.True(IsInThePool(memory));
        Assert.False(IsInThePool(memory));
    }

    [Fact]
    public void GetMemory_OfMoreThanThereIs_ReturnsTheSmallerMemory()
    {
        using var buffer = new PooledBuffer(3000);
        var memory = Memory(buffer);
        buffer.Advance(memory.Length);

        var larger = buffer.GetMemory();

        Assert.Equal(memory.Length, larger.Length);
        Assert.True(IsInThePool(memory));
    }

    /// <summary>Whether memory is what the pool gives next; it is taken then.</summary>
    private static bool IsInThePool(byte[] memory) => ReferenceEquals(memory, System.Buffers.ArrayPool<byte>.Shared.Rent(memory.Length));
#endif

    [Fact]
    public void GetMemory_OfExactlyWhatThereIs_TakesNoMore()
    {
        using var buffer = new PooledBuffer(3000);
        var memory = Memory(buffer);

        buffer.GetMemory(memory.Length);

        Assert.Same(memory, Memory(buffer));
    }

    [Fact]
    public void Create_OfACapacity_HasThat()
    {
        using var buffer = new PooledBuffer(100_000);

        Assert.True(buffer.GetMemory().Length >= 100_000);
    }

    [Fact]
    public void GetMemory_OfMoreThanAnArrayHolds_Throws()
    {
        using var buffer = new PooledBuffer();
        buffer.Advance(10);

        Assert.ThrowsAny<Exception>(() => buffer.GetMemory(int.MaxValue));
        Assert.Equal(10, buffer.Length);
    }

    private static byte[] Memory(PooledBuffer buffer) => MemoryMarshal.TryGetArray<byte>(buffer.GetMemory(), out var segment) ? segment.Array! : [];
}
