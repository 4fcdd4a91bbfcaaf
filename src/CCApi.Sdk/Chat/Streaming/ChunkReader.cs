using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads the chunks of one response to its end.</summary>
internal sealed class ChunkReader : IReadObserver, IDisposable
{
    private readonly CCApiClientOptions _options;
    private readonly ApiCall _call;
    private readonly HttpResponseMessage _response;
    private readonly ChunkShape _shape = new();
    private readonly ChunkProgress _progress = new();
    private readonly StreamClock _clock;
    private readonly ChunkParser _parser;
    private SseReader? _events;
    private ChatCompletionChunk? _plain;
    private bool _hasBegun;
    private bool _isPlain;

    // What is read of the event's data.
    private EventDocuments _documents;

    public ChunkReader(CCApiClientOptions options, ApiCall call, HttpResponseMessage response)
    {
        _options = options;
        _call = call;
        _response = response;
        _parser = new ChunkParser(call, response);
        _clock = new StreamClock(call);
        _documents.End();
    }

    public bool SawEndMark => _isPlain || _documents.SawEndMark;

    public bool IsCut { get; private set; }

    /// <summary>Reads a body that is a stream of events.</summary>
    /// <param name="body">The body.</param>
    /// <param name="start">What was already read of it.</param>
    public void Open(Stream body, ReadOnlySpan<byte> start = default) =>
        _events = new SseReader(body, _options.MaxLineBytes, this, start, _call.Clock);

    /// <summary>Reads a body that was not a stream, but a plain response.</summary>
    public void Open(ChatCompletionChunk plain)
    {
        _plain = plain;
        _hasBegun = _isPlain = true;
    }

    /// <summary>The next piece.</summary>
    /// <param name="textOnly">Whether a text that comes alone needs no chunk.</param>
    public ValueTask<StreamPiece> NextAsync(bool textOnly)
    {
        if (_plain is not null)
        {
            var plain = StreamPiece.Of(_plain);
            _plain = null;

            return new ValueTask<StreamPiece>(plain);
        }

        return _events is null ? default : NextAsync(_events, textOnly);
    }

    /// <summary>Closes the connection, also while another thread reads, whose read fails then.</summary>
    public void Abort() => _response.Dispose();

    public void Dispose()
    {
        _response.Dispose();
        _events?.Dispose();
    }

    void IReadObserver.OnReading()
    {
        if (_hasBegun)
        {
            _clock.Start(_progress.IsComplete);
        }
    }

    void IReadObserver.OnRead(int bytes)
    {
        _call.BytesReceived += bytes;
        if (_call.BytesReceived > _options.MaxResponseBytes)
        {
            // The chunks are kept to assemble the response, so that a stream needs a limit too.
            throw _parser.TooLarge(_options.MaxResponseBytes);
        }

        if (_hasBegun)
        {
            _clock.Stop();
        }
    }

    /// <remarks>Most events are in the buffer already and have one piece: no state machine is started for these.</remarks>
    private ValueTask<StreamPiece> NextAsync(SseReader events, bool textOnly)
    {
        var isBetweenEvents = _documents.IsEnd && _parser.Unreadable is null && !SawEndMark;
        if (!isBetweenEvents)
        {
            return ReadAsync(events, new ValueTask<bool>(true), textOnly);
        }

        var moving = MoveNextAsync(events);
        if (!moving.IsCompletedSuccessfully)
        {
            return ReadAsync(events, moving, textOnly);
        }

        var hasEvent = moving.Result;
        if (hasEvent && TakeNext(events, textOnly) is { IsEnd: false } piece)
        {
            return new ValueTask<StreamPiece>(piece);
        }

        return ReadAsync(events, new ValueTask<bool>(hasEvent), textOnly);
    }

    private async ValueTask<StreamPiece> ReadAsync(SseReader events, ValueTask<bool> moving, bool textOnly)
    {
        while (await moving.ConfigureAwait(false))
        {
            if (!_documents.IsEnd && TakeNext(events, textOnly) is { IsEnd: false } piece)
            {
                return piece;
            }

            if (_parser.Unreadable is { } unreadable)
            {
                await EndCutAsync(events, unreadable).ConfigureAwait(false);
                return default;
            }

            if (SawEndMark)
            {
                return default;
            }

            moving = MoveNextAsync(events);
        }

        return default;
    }

    private ValueTask<bool> MoveNextAsync(SseReader events)
    {
        // When the read fails, nothing of the event before is left.
        _documents.End();
        var moving = events.MoveNextAsync(_call.Clock.Token);
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
    private bool IsEndOfComplete(Exception exception)
    {
        var isOfConnection = exception is not CallFailureException && !_call.Clock.IsStopped;

        return _progress.IsComplete && isOfConnection;
    }

    /// <summary>
    /// The start of something readable is truncated when nothing or an end mark follows it; otherwise the stream is broken.
    /// </summary>
    private async ValueTask EndCutAsync(SseReader events, string unreadable)
    {
        if (await MoveNextAsync(events).ConfigureAwait(false) && !IsEndMark(events))
        {
            throw _parser.Broken(unreadable);
        }

        IsCut = true;
    }

    /// <summary>Takes the next document of the event; an end when there is none.</summary>
    private StreamPiece TakeNext(SseReader events, bool textOnly)
    {
        var data = events.Data;
        var isWhole = _documents.IsStart;
        if (isWhole)
        {
            if (!events.IsError && _shape.Read(data) is { } text)
            {
                _documents.End();
                _clock.Restart();

                return new StreamPiece(textOnly ? null : _shape.ToChunk(data, text), text, _shape.Slot);
            }

            _parser.CheckSize(data);
        }

        while (_documents.Next(data) is >= 0 and var start)
        {
            _call.Clock.Token.ThrowIfCancellationRequested();
            var chunk = _parser.Parse(events, data.Slice(start), out var length);
            var isLast = _documents.Take(data, length);
            if (chunk is null)
            {
                continue;
            }

            if (start == 0 && isLast)
            {
                _shape.Learn(data, chunk);
            }

            Begin();
            _parser.FindCharge(chunk, data.Slice(start, length));
            if (_progress.Add(chunk))
            {
                _clock.Restart();
            }

            return StreamPiece.Of(chunk);
        }

        if (isWhole && events.IsError)
        {
            throw _parser.ErrorWithoutData(data);
        }

        return default;
    }

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _clock.Pause();
        }
    }

    private static bool IsEndMark(SseReader events) =>
        StreamEndMark.LengthIn(EventData.SkipSeparators(events.Data)) > 0;
}
