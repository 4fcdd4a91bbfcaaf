using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>The chunks of one streamed call, as the gateway sends them.</summary>
internal sealed class ChatChunkSource : IChunkSource
{
    private const int Idle = 0;
    private const int Reading = 1;
    private const int Disposed = 2;

    private readonly CCApiTransport _transport;
    private readonly ApiRequest _request;
    private readonly CCApiRequestOptions? _options;
    private readonly CancellationToken _cancellationToken;

    // Disposing may come from another thread than reading.
    private int _state;
    private CancellationTokenSource? _closing;
    private CancellationToken _readToken;
    private ApiCall? _call;
    private ChunkReader? _reader;

    // Nothing can be taken back any more, or nothing is to be.
    private bool _hasSpoken;
    private Exception? _noted;
    private Queue<StreamPiece>? _held;
    private bool _hasComeWhole;

    public ChatChunkSource(CCApiTransport transport, ApiRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        _transport = transport;
        _request = request;
        _options = options;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The chunks of an answer that has come whole.</summary>
    public static ChatChunkSource Of(CCApiTransport transport, ApiCall call, HttpResponseMessage response, Stream body)
    {
        var reader = new ChunkReader(transport, call, response);
        reader.Open(body);
        return new ChatChunkSource(transport, call.Request, options: null, call.Budget.Caller)
        {
            _call = call,
            _reader = reader,
            _hasComeWhole = true,
            _hasSpoken = true,
            Info = call.Info(response),
        };
    }

    public CCApiResponseInfo? Info { get; private set; }

    public TimeSpan? Elapsed => _call?.Budget.Elapsed;

    public bool SawEndMark => _reader?.SawEndMark == true;

    public bool IsCut => _reader?.IsCut == true;

    public async ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
    {
        BeginRead(cancellationToken);
        try
        {
            _call ??= new ApiCall(_request, _transport.Options, _options, _closing!.Token);
            if (_held is { Count: > 0 })
            {
                return _held.Dequeue();
            }

            if (!_hasSpoken && _call.HasOtherModel)
            {
                return await TakeFirstAsync(_call, textOnly).ConfigureAwait(false);
            }

            var reader = _reader ?? await OpenAsync(_call).ConfigureAwait(false);
            return await reader.NextAsync(textOnly).ConfigureAwait(false);
        }
        catch (CCApiException exception)
        {
            Note(exception);
            throw;
        }
        catch (Exception exception) when (Meaning(exception) is { } meaning)
        {
            Note(meaning);
            throw meaning;
        }
        finally
        {
            EndRead();
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
                EndReadUnderWay();
                break;
        }

        return default;
    }

    /// <summary>The read under way uses the buffers: it is ended here, and gives them back itself.</summary>
    private void EndReadUnderWay()
    {
        try
        {
            _closing!.Cancel();
            _reader?.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }

    private void BeginRead(CancellationToken cancellationToken)
    {
        if (_closing is null)
        {
            _readToken = cancellationToken;
            _closing = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        }

        if (Interlocked.CompareExchange(ref _state, Reading, Idle) != Idle)
        {
            _closing.Dispose();
            throw IsDisposed(cause: null);
        }
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
        if (!_hasComeWhole)
        {
            _call?.Dispose();
        }

        _closing?.Dispose();
    }

    /// <summary>A stream that broke after its headers leaves a trace; before them, or when it had come whole, the transport has noted it.</summary>
    private void Note(Exception exception)
    {
        if (exception is CCApiException error && Info is { } info && !_hasComeWhole && !ReferenceEquals(exception, _noted))
        {
            _noted = exception;
            _transport.Break(_call!, error, info.StatusCode);
            info.Attempts = error.Attempts;
        }
    }

    private static ObjectDisposedException IsDisposed(Exception? cause) => new("The stream was disposed of while it was read.", cause);

    /// <summary>The cancellation is the caller's, of either token; a time-out has its own exception; everything else is a stream that broke. Null: what it says.</summary>
    private Exception? Meaning(Exception exception)
    {
        if (FirstCanceled() is { } token)
        {
            return new OperationCanceledException($"{_request} was canceled.", exception, token);
        }

        if (Volatile.Read(ref _state) == Disposed)
        {
            return IsDisposed(exception);
        }

        if (_call is null || Info is null)
        {
            return null;
        }

        return _call.Budget.Expired == CCApiTimeoutKind.None
            ? new CCApiStreamException($"The stream of {_request} broke off: {KeyRedaction.Apply(exception.Message, _call.Key)}", KeyRedaction.Cause(exception, _call.Key)) { IsTransient = true }
            : CCApiTransport.Timeout(_call, _call.Budget.Expired, _call.Budget.Limit, exception);
    }

    private CancellationToken? FirstCanceled() =>
        _cancellationToken.IsCancellationRequested ? _cancellationToken : _readToken.IsCancellationRequested ? _readToken : default(CancellationToken?);

    private async ValueTask<ChunkReader> OpenAsync(ApiCall call)
    {
        var response = await _transport.RunAsync(call, response => new ValueTask<HttpResponseMessage>(response)).ConfigureAwait(false);

        // From here on nothing is tried again: the headers said yes.
        _reader = new ChunkReader(_transport, call, response);
        Info = call.Info(response);
        await _reader.OpenAsync().ConfigureAwait(false);
        return _reader;
    }

    /// <summary>As long as the answer has said nothing, another model may still give it; so what comes before is held back.</summary>
    private async ValueTask<StreamPiece> TakeFirstAsync(ApiCall call, bool textOnly)
    {
        _held ??= new Queue<StreamPiece>();
        while (!_hasSpoken)
        {
            try
            {
                var reader = _reader ?? await OpenAsync(call).ConfigureAwait(false);
                var piece = await reader.NextAsync(textOnly).ConfigureAwait(false);
                _held.Enqueue(piece);
                _hasSpoken = piece.IsEnd || piece.Text is not null || ChatChunks.SaysSomething(piece.Chunk!);
            }
            catch (CCApiException exception)
            {
                if (!GoOnWithAnother(call, exception))
                {
                    throw;
                }
            }
        }

        return _held.Dequeue();
    }

    private bool GoOnWithAnother(ApiCall call, CCApiException exception)
    {
        Note(exception);
        if (!_transport.FailOver(call, exception))
        {
            return false;
        }

        _reader?.Dispose();
        (_reader, Info) = (null, null);
        _held!.Clear();
        return true;
    }
}
