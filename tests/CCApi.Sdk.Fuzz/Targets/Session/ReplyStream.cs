using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>The body of a reply as it arrives over time. As that of a connection, a read ends with its token and when the stream is disposed of.</summary>
internal sealed class ReplyStream(ScriptedReply reply, ManualClock clock, Action onStep, Action onDisposed) : Stream
{
    private readonly CancellationTokenSource _disposed = new();
    private int _piece;
    private int _offset;
    private bool _hasWaited;
    private int _isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        onStep();
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        while (_piece < reply.Body.Count)
        {
            var (delay, bytes) = reply.Body[_piece];
            if (!_hasWaited)
            {
                _hasWaited = true;
                await WaitAsync(delay, cancellationToken).ConfigureAwait(false);
            }

            var count = Math.Min(Math.Min(buffer.Length, reply.PieceLength), bytes.Length - _offset);
            bytes.AsMemory(_offset, count).CopyTo(buffer);
            _offset += count;
            if (_offset == bytes.Length)
            {
                (_piece, _offset, _hasWaited) = (_piece + 1, 0, false);
            }

            if (count > 0 || buffer.Length == 0)
            {
                return count;
            }
        }

        switch (reply.End)
        {
            case ReplyEnd.Reset:
                throw new IOException("The connection was reset.");
            case ReplyEnd.Silence:
                await WaitAsync(SessionServer.Never, cancellationToken).ConfigureAwait(false);
                throw new FindingException("A read has lasted for a week.");
            default:
                return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new FindingException("A read blocks its thread.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            onDisposed();
            _disposed.Cancel();
        }

        base.Dispose(disposing);
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay == TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await clock.WaitAsync(delay, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The connection was closed.");
        }
    }
}
