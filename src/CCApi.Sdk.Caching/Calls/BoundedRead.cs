using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Caching;

/// <summary>Reads a stream into memory, up to a limit.</summary>
internal static class BoundedRead
{
    private const int PieceBytes = 81_920;

    /// <summary>The bytes; null when there are none, or more than the limit.</summary>
    public static async Task<byte[]?> ToEndAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var piece = new byte[PieceBytes];
        while (true)
        {
            var read = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return bytes.Length == 0 ? null : bytes.ToArray();
            }

            if (bytes.Length + read > limit)
            {
                return null;
            }

            bytes.Write(piece.AsSpan(0, read));
        }
    }
}
