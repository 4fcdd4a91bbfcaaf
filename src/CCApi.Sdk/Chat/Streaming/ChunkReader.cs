using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The chunks of one answer, from its headers to its end.</summary>
internal sealed class ChunkReader : IDisposable
{
    private readonly CCApiTransport _transport;
    private readonly ApiCall _call;
    private readonly HttpResponseMessage _response;
    private readonly ChunkShape _shape = new();
    private SseReader? _events;
    private ChatCompletionChunk? _plain;
    private ChatCompletionChunk? _previous;
    private bool _hasBegun;

    public ChunkReader(CCApiTransport transport, ApiCall call, HttpResponseMessage response) => (_transport, _call, _response) = (transport, call, response);

    public bool SawEndMark { get; private set; }

    public bool IsCut { get; private set; }

    /// <summary>Finds out what the answer is.</summary>
    public async ValueTask OpenAsync()
    {
        _call.Budget.Enter(CCApiTimeoutKind.FirstChunk, _call.FirstChunkTimeout);
        var body = await ResponseBody.OpenAsync(_call, _response).ConfigureAwait(false);
        if (_response.Content.Headers.ContentType?.MediaType is { } type && type.Equals(ApiRequest.EventStream, StringComparison.OrdinalIgnoreCase))
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

    /// <summary>The media type is another: a gateway that does not stream answers with plain JSON, and some label their streams wrong.</summary>
    private async ValueTask OpenUnlabeledAsync(Stream body)
    {
        using var start = new PooledBuffer();
        var limit = _transport.Options.MaxResponseBytes;
        while (EventStreamStart.Matches(start.Written) is null && await ResponseBody.ReadMoreAsync(_call, body, start, limit).ConfigureAwait(false))
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
            _call.Budget.Enter(CCApiTimeoutKind.Idle, _call.IdleTimeout);
        }
        while (await ResponseBody.ReadMoreAsync(_call, body, start, limit).ConfigureAwait(false));

        var answer = ResponseReader.Read(_call, _response, start.Written, ChatCompletionResponse.ReadFrom);
        _plain = ChatChunks.FromResponse(answer);
        _hasBegun = SawEndMark = true;
    }

    private SseReader NewReader(Stream stream, ReadOnlySpan<byte> start = default) => new(stream, _transport.Options.MaxLineBytes, OnReading, OnRead, start);

    private void OnReading()
    {
        if (_hasBegun)
        {
            _call.Budget.Enter(CCApiTimeoutKind.Idle, _call.IdleTimeout);
        }
    }

    private void OnRead(int bytes)
    {
        _call.BytesReceived += bytes;
        if (_call.BytesReceived > _transport.Options.MaxResponseBytes)
        {
            // What arrives is kept, so that the answer can be put together.
            throw new CCApiStreamException(FormattableString.Invariant(
                $"The stream of {_call.Request} has more than {_transport.Options.MaxResponseBytes} bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right."));
        }

        if (_hasBegun)
        {
            StopClock(_call);
        }
    }

    /// <summary>Only the gateway is on the clock, not the caller who works on a chunk.</summary>
    private static void StopClock(ApiCall call) => call.Budget.Enter(CCApiTimeoutKind.Idle, Timeout.InfiniteTimeSpan);

    private async ValueTask<StreamPiece> ReadAsync(bool textOnly)
    {
        while (_events is not null && !SawEndMark && await _events.MoveNextAsync(_call.Budget.Token).ConfigureAwait(false))
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                _call.Budget.EndTotal();
                StopClock(_call);
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

            if (Parse(_events, out var problem) is { } chunk)
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
            if (await _events.MoveNextAsync(_call.Budget.Token).ConfigureAwait(false) && !IsEndMark(_events.Data))
            {
                throw new CCApiStreamException($"{_call.Request} sent a chunk that cannot be read, and more after it. It starts: {problem}");
            }

            IsCut = true;
            return default;
        }

        return default;
    }

    private ChatCompletionChunk? Parse(SseReader events, out string? problem)
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
            problem = ErrorMapper.Snippet(data, _call.Key) ?? "nothing readable";
        }

        if (FindError(events, chunk, problem) is { } error)
        {
            throw ErrorMapper.FromSuccess(_call, _response, error, data);
        }

        return chunk;
    }

    private static ErrorBody? FindError(SseReader events, ChatCompletionChunk? chunk, string? problem)
    {
        if (chunk is not null && (EmbeddedError.Find(chunk.AdditionalProperties, ChatChunks.HasPayload(chunk)) ?? ChatChunks.FindErrorInChoice(chunk)) is { } error)
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
