using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A body that arrives in the pieces of a script and then ends, breaks, or says nothing more until it is closed.</summary>
internal sealed class ScriptedStream : Stream
{
    private readonly Queue<byte[]> _pieces;
    private readonly Exception? _fault;
    private readonly bool _stalls;
    private int _given;
    private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedStream(IEnumerable<byte[]> pieces, Exception? fault, bool stalls)
    {
        _pieces = new Queue<byte[]>(pieces);
        _fault = fault;
        _stalls = stalls;
    }

    /// <summary>Ends when a read waits in vain.</summary>
    public Task Stalled => _stalled.Task;

    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static ScriptedStream Ending(params byte[][] pieces) => new(pieces, fault: null, stalls: false);

    public static ScriptedStream Breaking(params byte[][] pieces) => new(pieces, new IOException("The connection was reset."), stalls: false);

    public static ScriptedStream Stalling(params byte[][] pieces) => new(pieces, fault: null, stalls: true);

    /// <summary>Lets a read that waits go on to the end.</summary>
    public void End() => _closed.TrySetResult(0);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pieces.Count > 0)
        {
            var piece = _pieces.Peek();
            var read = Math.Min(count, piece.Length - _given);
            Array.Copy(piece, _given, buffer, offset, read);
            _given += read;
            if (_given == piece.Length)
            {
                _pieces.Dequeue();
                _given = 0;
            }

            return read;
        }

        if (_fault is not null)
        {
            throw _fault;
        }

        if (!_stalls)
        {
            return 0;
        }

        using var registration = cancellationToken.Register(() => _closed.TrySetCanceled(cancellationToken));
        _stalled.TrySetResult(true);
        return await _closed.Task;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        _closed.TrySetException(new ObjectDisposedException(nameof(ScriptedStream)));
        base.Dispose(disposing);
    }
}
