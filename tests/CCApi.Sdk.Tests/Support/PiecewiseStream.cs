using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A body that arrives as a test says: each read gets one piece at most; it can wait, fail, do something in between, and then it ends.</summary>
internal sealed class PiecewiseStream : Stream
{
    private readonly Queue<object> _steps = new();
    private readonly TaskCompletionSource<bool> _waiting = New();
    private readonly TaskCompletionSource<bool> _disposed = New();
    private ArraySegment<byte> _piece = new([]);

    /// <summary>Completes when a read waits.</summary>
    public Task Waiting => _waiting.Task;

    public bool IsDisposed => _disposed.Task.IsCompleted;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>A body in pieces of one size, the last one shorter.</summary>
    public static PiecewiseStream Of(byte[] bytes, int pieceLength = int.MaxValue)
    {
        var stream = new PiecewiseStream();
        for (var start = 0; start < bytes.Length; start += Math.Min(pieceLength, bytes.Length - start))
        {
            stream.Send(bytes, start, Math.Min(pieceLength, bytes.Length - start));
        }

        return stream;
    }

    public PiecewiseStream Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public PiecewiseStream Send(byte[] bytes) => Send(bytes, 0, bytes.Length);

    public PiecewiseStream Send(byte[] bytes, int start, int count) => Add(new ArraySegment<byte>(bytes, start, count));

    public PiecewiseStream Do(Action action) => Add(action);

    public PiecewiseStream Fail(Exception exception) => Add(exception);

    /// <summary>Waits until the token ends the read or the stream is disposed.</summary>
    public PiecewiseStream Wait() => Add(this);

    /// <summary>Waits until the task completes.</summary>
    public PiecewiseStream WaitFor(Task task) => Add(task);

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

#if NETFRAMEWORK
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadSomeAsync(buffer.AsMemory(offset, count), cancellationToken);
#else
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(ReadSomeAsync(buffer, cancellationToken));
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult(true);
        base.Dispose(disposing);
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PiecewiseStream Add(object step)
    {
        _steps.Enqueue(step);
        return this;
    }

    private async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_piece.Count == 0 && _steps.Count > 0)
        {
            switch (_steps.Dequeue())
            {
                case Exception exception:
                    throw exception;
                case Action action:
                    action();
                    break;
                case ArraySegment<byte> piece:
                    _piece = piece;
                    break;
                case Task task:
                    _waiting.TrySetResult(true);
                    await task;
                    break;
                default:
                    await WaitAsync(cancellationToken);
                    break;
            }
        }

        if (IsDisposed)
        {
            throw new ObjectDisposedException(nameof(PiecewiseStream));
        }

        var count = Math.Min(buffer.Length, _piece.Count);
        _piece.AsSpan(0, count).CopyTo(buffer.Span);
        _piece = new ArraySegment<byte>(_piece.Array!, _piece.Offset + count, _piece.Count - count);
        return count;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var canceled = New();
        using (cancellationToken.Register(() => canceled.TrySetResult(true)))
        {
            _waiting.TrySetResult(true);
            await Task.WhenAny(_disposed.Task, canceled.Task);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
