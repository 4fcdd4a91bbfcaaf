using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// The body of a download or of another response that stays open: each read within the idle budget, all reads within the download
/// budget, every fault an exception of the SDK.
/// </summary>
internal sealed class DownloadStream : ForwardStream
{
    private const int LargestRead = 80 * 1024;

    private readonly CCApiTransport _transport;
    private readonly ApiCall _call;
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private readonly DownloadBudget _budget;
    private readonly long? _promised;
    private ReadOnlyMemory<byte> _head;
    private readonly bool _isOfPlatform;
    private byte[] _own = [];

    // Disposing may come from another thread than reading.
    private volatile bool _isDisposed;

    private DownloadStream(
        CCApiTransport transport,
        ApiCall call,
        HttpResponseMessage response,
        Stream body,
        DownloadBudget budget)
    {
        _transport = transport;
        _call = call;
        _response = response;
        _body = body;
        _budget = budget;
        _isOfPlatform = IsOfPlatform(response.Content);
        call.Redaction.Apply(response.Content.Headers);
        MediaType = response.Content.Headers.ContentType?.MediaType;
        ContentLength = response.Content.Headers.ContentLength;

        // The response to HEAD reports the length of a body that it does not have.
        _promised = call.Request.Method == HttpMethod.Head ? null : ContentLength;
        StopTheClock();
    }

    public string? MediaType { get; }

    public long? ContentLength { get; }

    public static async ValueTask<DownloadStream> OpenAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, DownloadBudget budget)
    {
        var body = await ResponseBody.OpenAsync(call, response).ConfigureAwait(false);

        return new DownloadStream(transport, call, response, body, budget);
    }

    /// <summary>Continues with a body of which something may have been read, which comes first if it is given.</summary>
    public static DownloadStream Continue(
        CCApiTransport transport,
        ApiCall call,
        HttpResponseMessage response,
        Stream body,
        ReadOnlyMemory<byte> head = default)
    {
        var budget = new DownloadBudget(transport.Options.Timeouts.Download);

        return new DownloadStream(transport, call, response, body, budget) { _head = head };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isDisposed = true;

            // A read under way ends now: the platform would first wait for the rest of the body, for two seconds.
            _call.Clock.Interrupt();
            _response.Dispose();
            _call.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override async ValueTask<int> ReadNextAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_head.IsEmpty && !_isDisposed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TakeHead(buffer);
        }

        var start = _call.Clock.Elapsed;
        EnterRead();
#if NETSTANDARD2_0
        // There a read ignores its token; only closing the connection ends it.
        using var closing = cancellationToken.Register(static state => ((HttpResponseMessage)state!).Dispose(), _response);
#endif
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_call.Clock.Token, cancellationToken);
        using var interruption = _isOfPlatform
            ? default
            : cancellationToken.Register(static call => ((ApiCall)call!).Clock.Interrupt(), _call);

        try
        {
            // A stream that always has bytes may ignore its token for ever.
            linked.Token.ThrowIfCancellationRequested();
            var read = await ReadBodyAsync(buffer, linked.Token).ConfigureAwait(false);
            if (read == 0 && _isDisposed)
            {
                // A disposed body of the platform has no more bytes, which is not the end of the file.
                throw new EndOfStreamException();
            }

            StopTheClock();
            _budget.Spend(_call.Clock.Elapsed - start);
            _call.BytesReceived += read;

            var isEnd = read == 0 && !buffer.IsEmpty;
            if (isEnd)
            {
                _call.Turn?.Release();
                ThrowIfShort();
            }

            return read;
        }
        catch (Exception exception) when (IsReplaced(exception))
        {
            throw Replacement(exception, cancellationToken);
        }
    }

    /// <summary>The time between two reads is that of the reader.</summary>
    private void StopTheClock() => _call.Clock.Enter(CCApiTimeoutKind.Idle, Timeout.InfiniteTimeSpan);

    /// <summary>Starts the budgets of a read. Until the first byte, a model may take as long as until a first chunk.</summary>
    private void EnterRead()
    {
        var hasBegun = _call.BytesReceived > 0 || _call.Request.Download is not null;
        if (hasBegun)
        {
            _budget.Enter(_call.Clock, _call.IdleTimeout);
            return;
        }

        _budget.Enter(_call.Clock, _call.FirstChunkTimeout, CCApiTimeoutKind.FirstChunk);
    }

    /// <remarks>
    /// A read that ignores its token is abandoned, and may still write: never into the memory of the reader.
    /// </remarks>
    private async ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_isOfPlatform)
        {
            return await _body.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        var length = Math.Min(buffer.Length, LargestRead);
        if (_own.Length < length)
        {
            _own = new byte[length];
        }

        try
        {
            var own = _own.AsMemory(0, length);
            var read = await _call.Clock.WaitAsync(_body.ReadSomeAsync(own, cancellationToken)).ConfigureAwait(false);
            own.Slice(0, read).CopyTo(buffer);

            return read;
        }
        catch (TokenIgnoredException)
        {
            _own = [];
            throw;
        }
    }

    /// <summary>Whether a content is that of a handler of the platform, whose reads end with their token.</summary>
    private static bool IsOfPlatform(HttpContent content)
    {
        var type = content.GetType();
        return !type.IsPublic && type.Assembly == typeof(HttpContent).Assembly;
    }

    /// <summary>
    /// Whether a read throws another exception instead: for those of a connection, a body or a token, and for all after disposing.
    /// </summary>
    private bool IsReplaced(Exception exception) =>
        _isDisposed || ExceptionClassifier.IsOfPlatform(exception) || ExceptionClassifier.IsUndecodable(exception);

    /// <summary>The exception that a read throws instead. After a cancellation, the next read may continue.</summary>
    private Exception Replacement(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _call.Clock.Renew();

            return new OperationCanceledException($"{_call.Request} was canceled.", _call.Redaction.Cause(exception), cancellationToken);
        }

        if (_isDisposed)
        {
            return new ObjectDisposedException("The stream was disposed while it was read.", exception);
        }

        if (ExceptionClassifier.IsUndecodable(exception))
        {
            exception = new CallFailureException(ExceptionClassifier.Undecodable(_call, _response, exception));
        }

        return _transport.Loop.Broken(_call, _response, exception);
    }

    private int TakeHead(Memory<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _head.Length);
        _head.Slice(0, length).CopyTo(buffer);
        _head = _head.Slice(length);

        return length;
    }

    /// <summary>Throws when the body has ended before its length. Not every handler checks it.</summary>
    private void ThrowIfShort()
    {
        if (_call.BytesReceived < _promised)
        {
            throw new EndOfStreamException(
                FormattableString.Invariant($"The body ended after {_call.BytesReceived} of {ContentLength} bytes."));
        }
    }
}
