using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The body of a response, piece by piece, with faults and silences where the test wants them.</summary>
internal sealed class FakeBody : Stream
{
    private readonly Queue<Func<byte[], int, int, CancellationToken, Task<int>>> _steps = new();
    private readonly TaskCompletionSource<bool> _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();

    public bool IsDisposed { get; private set; }

    /// <summary>Ends when somebody reads from the silence.</summary>
    public Task Silence => Patience.Wait(_silence.Task);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public FakeBody Then(string text) => Then(Encoding.UTF8.GetBytes(text));

    /// <param name="bytes">One read's worth; a reader with less room loses the rest.</param>
    public FakeBody Then(byte[] bytes)
    {
        _steps.Enqueue((buffer, offset, count, _) =>
        {
            Array.Copy(bytes, 0, buffer, offset, bytes.Length);
            return Task.FromResult(bytes.Length);
        });
        return this;
    }

    public FakeBody ThenFails(Func<Exception> fault)
    {
        _steps.Enqueue((_, _, _, _) => Task.FromException<int>(fault()));
        return this;
    }

    public FakeBody ThenDoes(Action action)
    {
        _steps.Enqueue((buffer, offset, count, cancellationToken) =>
        {
            action();
            return ReadAsync(buffer, offset, count, cancellationToken);
        });
        return this;
    }

    /// <summary>Nothing comes until the read is canceled or the body closed.</summary>
    public FakeBody ThenSilence()
    {
        _steps.Enqueue(async (_, _, _, cancellationToken) =>
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
            _silence.TrySetResult(true);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token);
            }
            catch (OperationCanceledException) when (_closed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new IOException("The connection was closed.");
            }

            return 0;
        });
        return this;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _steps.Count == 0 ? Task.FromResult(0) : _steps.Dequeue()(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            _closed.Cancel();
        }

        base.Dispose(disposing);
    }
}
