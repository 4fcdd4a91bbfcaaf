using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

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
    private ChunkShape _shape = new();

    // Disposing may come from another thread than reading.
    private int _state;
    private CancellationTokenSource? _closing;
    private CancellationToken _readToken;
    private ApiCall? _call;
    private HttpResponseMessage? _response;
    private SseReader? _events;
    private ChatCompletionChunk? _plain;
    private ChatCompletionChunk? _previous;
    private bool _hasBegun;

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
        var source = new ChatChunkSource(transport, call.Request, options: null, call.Budget.Caller) { _call = call, _response = response, _hasComeWhole = true, _hasSpoken = true, Info = call.Info(response) };
        source._events = source.NewReader(body);
        return source;
    }

    public CCApiResponseInfo? Info { get; private set; }

    public TimeSpan? Elapsed => _call?.Budget.Elapsed;

    public bool SawEndMark { get; private set; }

    public bool IsCut { get; private set; }

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

            return _hasSpoken || !_call.HasOtherModel ? await TakeAsync(_call, textOnly).ConfigureAwait(false) : await TakeFirstAsync(_call, textOnly).ConfigureAwait(false);
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
            _response?.Dispose();
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
        _response?.Dispose();
        _events?.Dispose();
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
            : CCApiTransport.Translate(_call, client: null, exception is OperationCanceledException ? exception : new OperationCanceledException(exception.Message, exception));
    }

    private CancellationToken? FirstCanceled() =>
        _cancellationToken.IsCancellationRequested ? _cancellationToken : _readToken.IsCancellationRequested ? _readToken : default(CancellationToken?);

    private async ValueTask<StreamPiece> TakeAsync(ApiCall call, bool textOnly)
    {
        if (_response is null)
        {
            await OpenAsync(call).ConfigureAwait(false);
        }

        if (_plain is not { } plain)
        {
            return await ReadAsync(call, textOnly).ConfigureAwait(false);
        }

        _plain = null;
        return StreamPiece.Of(plain);
    }

    /// <summary>As long as the answer has said nothing, another model may still give it; so what comes before is held back.</summary>
    private async ValueTask<StreamPiece> TakeFirstAsync(ApiCall call, bool textOnly)
    {
        _held ??= new Queue<StreamPiece>();
        while (!_hasSpoken)
        {
            try
            {
                var piece = await TakeAsync(call, textOnly).ConfigureAwait(false);
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

        _response?.Dispose();
        _events?.Dispose();
        (_response, _events, _previous, Info) = (null, null, null, null);
        _held!.Clear();
        _shape = new ChunkShape();
        _hasBegun = SawEndMark = IsCut = false;
        return true;
    }

    private async ValueTask OpenAsync(ApiCall call)
    {
        var response = _response = await _transport.RunAsync(call, response => new ValueTask<HttpResponseMessage>(response)).ConfigureAwait(false);

        // From here on nothing is tried again: the headers said yes.
        Info = call.Info(response);
        call.Budget.Enter(CCApiTimeoutKind.FirstChunk, call.FirstChunkTimeout);
        if (response.Content.Headers.ContentType?.MediaType is { } type && type.Equals(ApiRequest.EventStream, StringComparison.OrdinalIgnoreCase))
        {
            _events = NewReader(await ResponseBody.OpenAsync(call, response).ConfigureAwait(false));
        }
        else
        {
            await OpenUnlabeledAsync(call, response).ConfigureAwait(false);
        }
    }

    /// <summary>The media type is another: a gateway that does not stream answers with plain JSON, and some label their streams wrong.</summary>
    private async ValueTask OpenUnlabeledAsync(ApiCall call, HttpResponseMessage response)
    {
        using var start = new PooledBuffer();
        var body = await ResponseBody.OpenAsync(call, response).ConfigureAwait(false);
        var limit = _transport.Options.MaxResponseBytes;
        while (EventStreamStart.Matches(start.Written) is null && await ResponseBody.ReadMoreAsync(call, body, start, limit).ConfigureAwait(false))
        {
            // A live stream is not waited for: its first bytes tell.
        }

        if (EventStreamStart.Matches(start.Written) == true)
        {
            _events = NewReader(body, JsonStart.Of(start.Written));
            return;
        }

        do
        {
            call.Budget.Enter(CCApiTimeoutKind.Idle, call.IdleTimeout);
        }
        while (await ResponseBody.ReadMoreAsync(call, body, start, limit).ConfigureAwait(false));

        var answer = PlainAnswer.Read(call, response, start.Written, ChatCompletionResponse.ReadFrom);
        _plain = ChatChunks.FromResponse(answer);
        _hasBegun = SawEndMark = true;
    }

    private SseReader NewReader(Stream stream, ReadOnlySpan<byte> start = default) => new(stream, _transport.Options.MaxLineBytes, OnReading, OnRead, start);

    private void OnReading()
    {
        if (_hasBegun)
        {
            _call!.Budget.Enter(CCApiTimeoutKind.Idle, _call.IdleTimeout);
        }
    }

    private void OnRead(int bytes)
    {
        _call!.BytesReceived += bytes;
        if (_call.BytesReceived > _transport.Options.MaxResponseBytes)
        {
            // What arrives is kept, so that the answer can be put together.
            throw new CCApiStreamException(FormattableString.Invariant(
                $"The stream of {_request} has more than {_transport.Options.MaxResponseBytes} bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right."));
        }

        if (_hasBegun)
        {
            StopClock(_call);
        }
    }

    /// <summary>Only the gateway is on the clock, not the caller who works on a chunk.</summary>
    private static void StopClock(ApiCall call) => call.Budget.Enter(CCApiTimeoutKind.Idle, Timeout.InfiniteTimeSpan);

    private async ValueTask<StreamPiece> ReadAsync(ApiCall call, bool textOnly)
    {
        while (_events is not null && !SawEndMark && await _events.MoveNextAsync(call.Budget.Token).ConfigureAwait(false))
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                call.Budget.EndTotal();
                StopClock(call);
            }

            if (!_events.IsError && _shape.Read(_events.Data) is { } text)
            {
                return new StreamPiece(textOnly ? null : _shape.ToChunk(_events.Data, text), text, _shape.Slot);
            }

            if (JsonStart.Of(_events.Data).IsEmpty)
            {
                continue;
            }

            if (IsEndMark(_events.Data))
            {
                SawEndMark = true;
                return default;
            }

            if (Parse(call, _events, out var problem) is { } chunk)
            {
                _shape.Learn(_events.Data, chunk);
                return StreamPiece.Of(_previous = chunk);
            }

            if (problem is null)
            {
                // JSON, but nothing that a stream is made of.
                continue;
            }

            // At the very end, what cannot be read was cut off; before it, the stream is broken.
            if (await _events.MoveNextAsync(call.Budget.Token).ConfigureAwait(false) && !IsEndMark(_events.Data))
            {
                throw new CCApiStreamException($"{call.Request} sent a chunk that cannot be read, and more after it. It starts: {problem}");
            }

            IsCut = true;
            return default;
        }

        return default;
    }

    private ChatCompletionChunk? Parse(ApiCall call, SseReader events, out string? problem)
    {
        var data = events.Data;
        ChatCompletionChunk? chunk = null;
        problem = null;
        try
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            chunk = ChatCompletionChunk.ReadFrom(ref reader, _previous);
        }
        catch (JsonException)
        {
            problem = ErrorMapper.Snippet(data, call.Key) ?? "nothing readable";
        }

        if (FindError(events, chunk, problem) is { } error)
        {
            throw ErrorMapper.FromSuccess(call.Request, _response!.StatusCode, _response.Headers, error, data, call.Key);
        }

        return chunk;
    }

    private static ErrorBody? FindError(SseReader events, ChatCompletionChunk? chunk, string? problem)
    {
        if (chunk is not null && (HiddenError.Find(chunk.AdditionalProperties, ChatChunks.HasPayload(chunk)) ?? ChatChunks.FindErrorInChoice(chunk)) is { } error)
        {
            return error;
        }

        if (events.IsError)
        {
            return ErrorBody.Parse(events.Data) ?? ErrorBody.Text(problem);
        }

        return chunk is null && problem is null ? ErrorBody.Parse(events.Data) : null;
    }

    private static bool IsEndMark(ReadOnlySpan<byte> data) => JsonStart.Of(data).StartsWith("[DONE]"u8);
}
