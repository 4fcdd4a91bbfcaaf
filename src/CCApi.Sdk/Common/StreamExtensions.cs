using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
#if NETSTANDARD2_0
using System.Runtime.InteropServices;
#endif

namespace CCApi.Sdk;

/// <summary>The memory overloads of streams, which .NET Framework lacks.</summary>
internal static class StreamExtensions
{
#if NETSTANDARD2_0
    public static async ValueTask<int> ReadSomeAsync(this Stream stream, Memory<byte> memory, CancellationToken cancellationToken)
    {
        _ = MemoryMarshal.TryGetArray<byte>(memory, out var array);
        return await stream.ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask WriteSomeAsync(this Stream stream, ReadOnlyMemory<byte> memory, CancellationToken cancellationToken)
    {
        _ = MemoryMarshal.TryGetArray(memory, out var array);
        await stream.WriteAsync(array.Array!, array.Offset, array.Count, cancellationToken).ConfigureAwait(false);
    }
#else
    public static ValueTask<int> ReadSomeAsync(
        this Stream stream, Memory<byte> memory, CancellationToken cancellationToken) =>
        stream.ReadAsync(memory, cancellationToken);

    public static ValueTask WriteSomeAsync(
        this Stream stream, ReadOnlyMemory<byte> memory, CancellationToken cancellationToken) =>
        stream.WriteAsync(memory, cancellationToken);
#endif
}
