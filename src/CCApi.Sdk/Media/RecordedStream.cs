using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Keeps what is read from a stream, so that audio that was charged is not lost when it cannot be saved.</summary>
/// <param name="source">The stream; disposed of with this one.</param>
/// <param name="limit">How many bytes are kept at most; of a longer stream nothing is.</param>
internal sealed class RecordedStream(Stream source, long limit) : ForwardStream
{
    private const int BufferSize = 80 * 1024;

    private MemoryStream? _kept = new();

    /// <summary>Whether reading from the source failed, so that the bytes are not complete.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads to the end and returns everything; null when it is larger than the limit.</summary>
    public async Task<byte[]?> ReadAllAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (_kept is not null && await this.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
            // Kept by the read.
        }

        return _kept?.ToArray();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            _kept?.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override async ValueTask<int> ReadNextAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        IsBroken = true;
        var read = await source.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false);
        IsBroken = false;

        if (_kept?.Length + read > limit)
        {
            _kept = null;
        }

        if (_kept is not null)
        {
            await _kept.WriteSomeAsync(buffer.Slice(0, read), cancellationToken).ConfigureAwait(false);
        }

        return read;
    }
}
