using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The chunks of one streamed call, as the gateway sends them.</summary>
/// <remarks>
/// Until the first content (text, reasoning or a tool call) the call may still be repeated, by the same rules as a plain one, so
/// what arrives before is held back. It is delivered when the content arrives, when there is too much of it, or before the
/// failure that ends the call. The move to the next model is decided in <see cref="RetryPolicy"/> and done by
/// <see cref="CallLoop"/> and <see cref="FailedAttempts"/>.
/// </remarks>
internal sealed class ChatChunkSource : IChunkSource
{
    private const int Idle = 0;
    private const int Reading = 1;
    private const int Disposed = 2;

    // Gateways send one chunk with the role, and a few comments, before the content.
    private const int MaxHeldPieces = 100;
    private const int MaxHeldBytes = 256 * 1024;

    private readonly CCApiTransport _transport;
    private readonly ApiRequest _request;
    private readonly CCApiRequestOptions? _options;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _closing = new();

    // Disposing may come from another thread than reading.
    private int _state;
    private List<(CancellationToken Token, CancellationTokenRegistration Registration)>? _readers;
    private ApiCall? _call;
    private HttpResponseMessage? _response;
    private ChunkReader? _reader;
    private Queue<StreamPiece>? _held;
    private Exception? _failed;
    private int _heldAttempt;
    private bool _isOpening;
    private volatile bool _isOpen;
    private bool _isBuffered;

    public ChatChunkSource(
        CCApiTransport transport,
        ApiRequest request,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        _transport = transport;
        _request = request;
        _options = options?.Clone();
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// The chunks of a response that has been received completely. Its failures are those of the attempt that received it.
    /// </summary>
    public static ChatChunkSource Of(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, Stream body)
    {
        var reader = new ChunkReader(transport.Options, call, response);
        reader.Open(body);

        return new ChatChunkSource(transport, call.Request, options: null, call.Clock.Caller)
        {
            _call = call,
            _response = response,
            _reader = reader,
            _isOpening = true,
            _isOpen = true,
            _isBuffered = true,
            Info = call.Info(response),
        };
    }

    public CCApiResponseInfo? Info { get; private set; }

    public TimeSpan? Elapsed => _call?.Clock.Elapsed;

    public bool SawEndMark => _reader?.SawEndMark == true;

    public bool IsCut => _reader?.IsCut == true;

    public async ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
    {
        BeginRead(cancellationToken);
        try
        {
            ThrowIfCanceled();
            if (!_isOpening)
            {
                await OpenAsync(textOnly).ConfigureAwait(false);
            }

            if (_held is { Count: > 0 })
            {
                return _held.Dequeue();
            }

            if (_failed is not null)
            {
                throw _failed;
            }

            var piece = await _reader!.NextAsync(textOnly).ConfigureAwait(false);
            if (!piece.IsEnd && !_isBuffered)
            {
                _call!.Telemetry?.AddChunk(_call.Clock.Elapsed);
            }

            return piece;
        }
        catch (Exception exception) when (!ReferenceEquals(exception, _failed) && !_isBuffered)
        {
            _failed = Failure(exception);
            throw _failed;
        }
        finally
        {
            EndRead();
        }
    }

    /// <remarks>While it is opened, nothing has been delivered, and other attempts may follow: only those that failed count.</remarks>
    public CCApiCost? CostOf(ChatCompletionResponse received)
    {
        var cost = _isOpen ? _call?.Costs.OfReceived(received) : _call?.FailedCost;
        if (cost is not null && Info is { } info)
        {
            info.Cost = cost;
        }

        return cost;
    }

    /// <remarks>
    /// A response that has been received completely is booked by the call that received it, and so is an attempt that has not
    /// delivered anything: when the stream is disposed meanwhile, it may not have reserved yet.
    /// </remarks>
    public ValueTask BookAsync()
    {
        var isBookedHere = _isOpen && !_isBuffered;

        return isBookedHere ? _call!.Costs.BookAsync() : default;
    }

    public void Fail(Exception exception)
    {
        if (!_isBuffered)
        {
            _call?.Telemetry?.Fail(exception);
        }
    }

    public void End(ChatCompletionResponse response)
    {
        if (!_isBuffered)
        {
            _call?.Telemetry?.AddResponse(response);
        }
    }

    public ValueTask DisposeAsync()
    {
        switch (Interlocked.Exchange(ref _state, Disposed))
        {
            case Idle:
                Release();
                break;
            case Reading:
                EndCurrentRead();
                break;
        }

        return default;
    }

    /// <summary>The current read uses the buffers: it is ended here, and releases them itself.</summary>
    private void EndCurrentRead()
    {
        try
        {
            _closing.Cancel();
            _reader?.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }

    private void BeginRead(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Reading, Idle) != Idle)
        {
            throw IsDisposed(cause: null);
        }

        // Any token given to any reader cancels, also that of a reader who is done.
        Listen(_cancellationToken);
        Listen(cancellationToken);
    }

    private void Listen(CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return;
        }

        _readers ??= [];
        if (!IsListening(_readers, token))
        {
            _readers.Add((token, token.Register(static source => ((ChatChunkSource)source!).EndCurrentRead(), this)));
        }
    }

    /// <summary>What was held back, or received at once, is not delivered after a cancellation either.</summary>
    private void ThrowIfCanceled()
    {
        if (_readers is null)
        {
            return;
        }

        foreach (var reader in _readers)
        {
            reader.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Without a lambda, whose closure would be allocated for each chunk.</summary>
    private static bool IsListening(
        List<(CancellationToken Token, CancellationTokenRegistration Registration)> readers,
        CancellationToken token)
    {
        foreach (var reader in readers)
        {
            if (reader.Token == token)
            {
                return true;
            }
        }

        return false;
    }

    private void EndRead()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Reading) != Reading)
        {
            Release();
        }
    }

    private void Release()
    {
        _reader?.Dispose();
        if (!_isBuffered)
        {
            _call?.Dispose();
        }

        _closing.Dispose();
        if (_readers is null)
        {
            return;
        }

        foreach (var (_, registration) in _readers)
        {
            registration.Dispose();
        }
    }

    /// <summary>
    /// Sends the request and reads to the first content. A failure is thrown at once, or after the pieces that were held back.
    /// </summary>
    private async ValueTask OpenAsync(bool textOnly)
    {
        _isOpening = true;
        _held = new Queue<StreamPiece>();

        try
        {
            await _transport.OpenAsync(
                _request,
                (call, response) => ReadToContentAsync(call, response, textOnly),
                _options,
                _closing.Token).ConfigureAwait(false);

            _isOpen = true;
        }
        catch (Exception exception) when (HasHeldPieces())
        {
            _failed = Failure(exception);
        }
    }

    /// <summary>Whether the attempt that ended the call had brought pieces; those of an earlier attempt are dropped.</summary>
    private bool HasHeldPieces()
    {
        if (_call is not null && _call.Log.Number != _heldAttempt)
        {
            _held!.Clear();
            Info = null;
        }

        return _held!.Count > 0;
    }

    private async ValueTask<bool> ReadToContentAsync(
        ApiCall call, HttpResponseMessage response, bool textOnly)
    {
        _held!.Clear();
        call.Telemetry?.DropChunks();
        _heldAttempt = call.Log.Number;
        call.Costs.IsBookedLater = true;
        _reader?.Dispose();
        (_call, _response, Info) = (call, response, call.Info(response));
        _reader = new ChunkReader(_transport.Options, call, response);
        await ChunkReaderOpener.OpenAsync(
            _reader, call, response, _transport.Options.MaxResponseBytes).ConfigureAwait(false);
        await HoldAsync(call, _reader, _held, textOnly).ConfigureAwait(false);

        return true;
    }

    private static async ValueTask HoldAsync(
        ApiCall call, ChunkReader reader, Queue<StreamPiece> held, bool textOnly)
    {
        var isHolding = true;

        while (isHolding)
        {
            var piece = await reader.NextAsync(textOnly).ConfigureAwait(false);
            held.Enqueue(piece);
            if (!piece.IsEnd)
            {
                call.Telemetry?.AddChunk(call.Clock.Elapsed);
            }

            var isTooMuch = held.Count >= MaxHeldPieces || call.BytesReceived >= MaxHeldBytes;
            isHolding = !isTooMuch && !IsContent(piece);
        }
    }

    private static bool IsContent(in StreamPiece piece)
    {
        if (piece.IsEnd || piece.Text is not null)
        {
            return true;
        }

        return ChatChunks.IsContent(piece.Chunk!);
    }

    private static ObjectDisposedException IsDisposed(Exception? cause) =>
        new("The stream was disposed while it was read.", cause);

    private KeyRedaction Redaction => _call?.Redaction ?? KeyRedaction.None;

    /// <summary>What the caller gets: the cancellation by any token, the disposal, or the failure of the call.</summary>
    private Exception Failure(Exception exception)
    {
        foreach (var (token, _) in _readers ?? [])
        {
            if (token.IsCancellationRequested)
            {
                return new OperationCanceledException($"{_request} was canceled.", Redaction.Cause(exception), token);
            }
        }

        if (Volatile.Read(ref _state) == Disposed)
        {
            return IsDisposed(Redaction.Cause(exception));
        }

        // Before the content, the transport has decided about it.
        var error = _isOpen ? _transport.Loop.Broken(_call!, _response!, exception) : exception;
        if (error is CCApiException { Attempts: var attempts } && Info is { } info)
        {
            info.Attempts = attempts;
        }

        return error;
    }
}
