using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.FaultTests.Support;

/// <summary>The client's end of a connection, which signals when the client has taken all that was sent and waits for more: only then may the clock move.</summary>
internal sealed class WatchedConnection(Stream inner) : Stream
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _change = NewChange();
    private long _taken;
    private bool _isReading;
    private bool _isClosed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Waits until the client has taken that much and waits for more, or has closed the connection.</summary>
    public async Task WaitUntilTakenAsync(long bytes)
    {
        while (true)
        {
            Task change;
            lock (_gate)
            {
                if (_isClosed || (_isReading && _taken >= bytes))
                {
                    return;
                }

                change = _change.Task;
            }

            await change;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Set(isReading: true, taken: 0);
        var read = 0;
        try
        {
            return read = await inner.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            Set(isReading: false, read);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isClosed = true;
            Signal();
        }

        inner.Dispose();
        base.Dispose(disposing);
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Set(bool isReading, int taken)
    {
        lock (_gate)
        {
            _isReading = isReading;
            _taken += taken;
            Signal();
        }
    }

    private void Signal()
    {
        _change.TrySetResult();
        _change = NewChange();
    }
}
