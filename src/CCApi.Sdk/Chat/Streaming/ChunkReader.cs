using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads the chunks of one response, from its headers to its end.</summary>
internal sealed class ChunkReader : IDisposable
{
    private readonly CCApiTransport _transport;
    private readonly ApiCall _call;
    private readonly HttpResponseMessage _response;
    private readonly ChunkShape _shape = new();
    private readonly ChunkProgress _progress = new();
    private readonly StreamClock _clock;
    private SseReader? _events;
    private ChatCompletionChunk? _plain;
    private ChatCompletionChunk? _previous;
    private bool _hasBegun;
    private bool _isPlain;

    // Whether what was received shows that the model has worked.
    private bool _isCharged;

    // What is read of the event's data, and the start of what could not be read.
    private EventDocuments _documents;
    private string? _unreadable;

    public ChunkReader(CCApiTransport transport, ApiCall call, HttpResponseMessage response)
    {
        _transport = transport;
        _call = call;
        _response = response;
        _clock = new StreamClock(call);
        _documents.End();
    }

    public bool SawEndMark => _isPlain || _documents.SawEndMark;

    public bool IsCut { get; private set; }

    /// <summary>Finds out what the response is.</summary>
    public async ValueTask OpenAsync()
    {
        _call.Budget.Enter(CCApiTimeoutKind.FirstChunk, _call.FirstChunkTimeout);
        var body = await ResponseBody.OpenAsync(_call, _response).ConfigureAwait(false);
        if (_response.Content.Headers.ContentType?.MediaType is { } type && StreamLabels.Contains(type))
        {
            Open(body);
        }
        else
        {
            await OpenUnlabeledAsync(body).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a body that is known to be a stream of events.</summary>
    public void Open(Stream body) => _events = NewReader(body);

    /// <summary>The next piece.</summary>
    /// <param name="textOnly">Whether a text that comes alone needs no chunk.</param>
    public ValueTask<StreamPiece> NextAsync(bool textOnly)
    {
        if (_plain is null)
        {
            return ReadAsync(textOnly);
        }

        var plain = StreamPiece.Of(_plain);
        _plain = null;

        return new ValueTask<StreamPiece>(plain);
    }

    /// <summary>Closes the connection, also while another thread reads, whose read fails then.</summary>
    public void Abort() => _response.Dispose();

    public void Dispose()
    {
        _response.Dispose();
        _events?.Dispose();
    }

    /// <summary>
    /// The media type is another: a gateway that does not stream responds with plain JSON, and some label their streams wrong.
    /// </summary>
    private async ValueTask OpenUnlabeledAsync(Stream body)
    {
        using var start = new PooledBuffer();
        var limit = _transport.Options.MaxResponseBytes;
        var isMore = true;

        // The first bytes of a live stream show what it is.
        while (isMore && EventStreamStart.Matches(start.Written) is null)
        {
            isMore = await ResponseBody.ReadMoreAsync(_call, _response, body, start, limit).ConfigureAwait(false);
        }

        if (EventStreamStart.Matches(start.Written) == true)
        {
            _events = NewReader(body, JsonStart.Of(start.Written));
            return;
        }

        do
        {
            _call.Budget.Enter(CCApiTimeoutKind.Idle, _call.IdleTimeout);
        }
        while (await ResponseBody.ReadMoreAsync(_call, _response, body, start, limit).ConfigureAwait(false));

        if (EventData.HasSeveralDocuments(start.Written))
        {
            _events = NewReader(new MemoryStream(start.Written.ToArray(), writable: false));
            return;
        }

        var response = ResponseReader.Read(_call, _response, start.Written, ChatCompletionResponse.ReadFrom);
        if (ChatChunks.HasDelta(response))
        {
            _events = NewReader(new MemoryStream(start.Written.ToArray(), writable: false));
            return;
        }

        _plain = ChatChunks.FromResponse(response);
        _hasBegun = _isPlain = true;
    }

    private SseReader NewReader(Stream stream, ReadOnlySpan<byte> start = default) =>
        new(stream, _transport.Options.MaxLineBytes, OnReading, OnRead, start, _call.Budget);

    private void OnReading()
    {
        if (_hasBegun)
        {
            _clock.Start(_progress.IsComplete);
        }
    }

    private void OnRead(int bytes)
    {
        _call.BytesReceived += bytes;
        if (_call.BytesReceived > _transport.Options.MaxResponseBytes)
        {
            // What arrives is kept, so that the response can be assembled.
            throw new CallFailureException(CallFailure.Stream(
                FormattableString.Invariant($"The stream of {_call.Request} has more than {_transport.Options.MaxResponseBytes} ")
                + "bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right."));
        }

        if (_hasBegun)
        {
            _clock.Stop();
        }
    }

    private async ValueTask<StreamPiece> ReadAsync(bool textOnly)
    {
        while (_events is not null)
        {
            if (!_documents.IsEnd && TakeNext(_events, textOnly) is { IsEnd: false } piece)
            {
                return piece;
            }

            if (_unreadable is not null)
            {
                await EndCutAsync(_events, _unreadable).ConfigureAwait(false);
                return default;
            }

            if (SawEndMark || !await MoveNextAsync(_events).ConfigureAwait(false))
            {
                return default;
            }
        }

        return default;
    }

    private ValueTask<bool> MoveNextAsync(SseReader events)
    {
        // When the read fails, nothing of the event before is left.
        _documents.End();
        var moving = events.MoveNextAsync(_call.Budget.Token);
        if (!moving.IsCompletedSuccessfully)
        {
            return MoveNextAsync(moving);
        }

        // Most events are in the buffer already.
        var hasEvent = moving.Result;
        if (hasEvent)
        {
            _documents.Start();
        }

        return new ValueTask<bool>(hasEvent);
    }

    private async ValueTask<bool> MoveNextAsync(ValueTask<bool> moving)
    {
        try
        {
            if (!await moving.ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (Exception exception) when (IsEndOfComplete(exception))
        {
            return false;
        }

        _documents.Start();

        return true;
    }

    /// <summary>
    /// Whether a read failed when there was nothing more to come: silence, a reset or a cut are the end of a complete stream.
    /// </summary>
    private bool IsEndOfComplete(Exception exception) =>
        _progress.IsComplete && exception is not CallFailureException && !_call.Budget.IsStopped;

    /// <summary>At the end of the body, the start of something readable was cut; before it, the stream is broken.</summary>
    private async ValueTask EndCutAsync(SseReader events, string unreadable)
    {
        if (await MoveNextAsync(events).ConfigureAwait(false) && !IsEndMark(events))
        {
            throw Unreadable(unreadable);
        }

        IsCut = true;
    }

    private CallFailureException Unreadable(string start) => new(CallFailure.Stream(
        $"{_call.Request} sent a chunk that cannot be read. It starts: {start}. Check what stands between this program and the gateway."));

    private CallFailureException Failure(ErrorBody error, ReadOnlySpan<byte> json) =>
        new(FailureClassifier.FromSuccess(_call, _response, error, json, _isCharged, _call.Costs.Reported));

    /// <summary>Takes the next document of the event; an end when there is none.</summary>
    private StreamPiece TakeNext(SseReader events, bool textOnly)
    {
        var data = events.Data;
        var isWhole = _documents.IsStart;
        if (isWhole && !events.IsError && _shape.Read(data) is { } text)
        {
            _documents.End();
            _clock.Restart();

            return new StreamPiece(textOnly ? null : _shape.ToChunk(data, text), text, _shape.Slot);
        }

        if (isWhole && !JsonValues.AreWithin(data, _call.MaxJsonValues))
        {
            throw new CCApiStreamException(ResponseReader.TooManyValues(_call));
        }

        while (_documents.Next(data) is >= 0 and var start)
        {
            _call.Budget.Token.ThrowIfCancellationRequested();
            var chunk = Parse(events, data.Slice(start), out var length);
            var isLast = _documents.Take(data, length);
            if (chunk is null)
            {
                continue;
            }

            if (start == 0 && isLast)
            {
                _shape.Learn(data, chunk);
            }

            Begin(chunk, data.Slice(start, length));
            return StreamPiece.Of(_previous = chunk);
        }

        if (isWhole && events.IsError)
        {
            throw Failure(ErrorBody.Text("The stream reports an error without a description."), data);
        }

        return default;
    }

    /// <summary>Reads a document; null when it is JSON, but nothing that a stream is made of, or a heartbeat.</summary>
    private ChatCompletionChunk? Parse(SseReader events, ReadOnlySpan<byte> data, out int length)
    {
        ChatCompletionChunk? chunk;
        try
        {
            var reader = JsonRead.Of(data);
            reader.Read();
            chunk = ChatCompletionChunk.ReadFrom(ref reader, _previous);

            if (chunk is null)
            {
                reader.Skip();
            }

            length = (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            length = data.Length;
            TakeUnreadable(events, data);

            return null;
        }

        var document = data.Slice(0, length);
        if (!events.IsError && IsHeartbeat(events, document, chunk))
        {
            return null;
        }

        if (ChatChunks.FindError(chunk, document, isNamedSo: events.IsError) is { } error)
        {
            throw Failure(error, document);
        }

        return chunk;
    }

    private static bool IsHeartbeat(SseReader events, ReadOnlySpan<byte> document, ChatCompletionChunk? chunk)
    {
        if (chunk is null)
        {
            return EventData.HeartbeatLength(document) == document.Length;
        }

        return ChatChunks.IsHeartbeat(chunk, isNamedSo: events.IsHeartbeat);
    }

    /// <summary>What is not JSON is a fault, unless it may have been cut, or a heartbeat allows anything.</summary>
    private void TakeUnreadable(SseReader events, ReadOnlySpan<byte> data)
    {
        if (events.IsHeartbeat)
        {
            return;
        }

        var start = BodySnippet.Of(data, _call.Redaction) ?? "nothing readable";
        if (events.IsError)
        {
            throw Failure(ErrorBody.Text(start), data);
        }

        if (!EventData.MayBeCut(data))
        {
            throw Unreadable(start);
        }

        _unreadable = start;
    }

    private void Begin(ChatCompletionChunk chunk, ReadOnlySpan<byte> document)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _clock.Pause();
        }

        if (chunk.Usage is not null)
        {
            (_call.Costs.Reported, _isCharged) = (chunk, true);
        }
        else if (!_isCharged)
        {
            FindCharge(chunk, document);
        }

        if (_progress.Add(chunk))
        {
            _clock.Restart();
        }
    }

    /// <summary>Some gateways report usage or a cost elsewhere, in the first chunk (observed).</summary>
    private void FindCharge(ChatCompletionChunk chunk, ReadOnlySpan<byte> document)
    {
        if (ChatChunks.IsContent(chunk))
        {
            _isCharged = true;
        }
        else if (ChatChunks.HasRare(chunk) && ChargeReport.IsIn(document))
        {
            (_call.Costs.Reported, _isCharged) = (chunk, true);
        }
    }

    private static bool IsEndMark(SseReader events) =>
        EventData.EndMarkLength(EventData.SkipSeparators(events.Data)) > 0;
}
