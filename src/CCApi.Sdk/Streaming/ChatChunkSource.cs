using System;
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
    private readonly CCApiTransport _transport;
    private readonly ApiRequest _request;
    private readonly CCApiRequestOptions? _options;
    private readonly CancellationToken _cancellationToken;

    private CancellationTokenSource? _linked;
    private ApiCall? _call;
    private HttpResponseMessage? _response;
    private SseReader? _events;
    private ChatCompletionChunk? _plain;
    private bool _hasBegun;

    public ChatChunkSource(CCApiTransport transport, ApiRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        _transport = transport;
        _request = request;
        _options = options;
        _cancellationToken = cancellationToken;
    }

    public CCApiResponseInfo? Info { get; private set; }

    public bool SawEndMark { get; private set; }

    public bool IsCut { get; private set; }

    public async ValueTask<ChatCompletionChunk?> NextAsync(CancellationToken cancellationToken)
    {
        if (_call is null)
        {
            _linked = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
            _call = new ApiCall(_request, _transport.Options, _options, _linked.Token);
            _response = await _transport.RunAsync(_call, OpenAsync).ConfigureAwait(false);
        }

        if (_plain is { } plain)
        {
            _plain = null;
            return plain;
        }

        try
        {
            return await ReadAsync(_call).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            throw Broken(_call, exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        // The response first: it ends a read that may still be waiting.
        _response?.Dispose();
        _events?.Dispose();
        _call?.Dispose();
        _linked?.Dispose();
        return default;
    }

    /// <summary>The cancellation is the caller's, of either token; a broken connection is the stream's.</summary>
    private static Exception Broken(ApiCall call, Exception exception) => CCApiTransport.Translate(call, client: null, exception) switch
    {
        CCApiConnectionException connection => new CCApiStreamException($"The stream of {call.Request} broke off: {connection.InnerException!.Message}", exception)
        {
            IsTransient = true,
        },
        var other => other,
    };

    private async ValueTask<HttpResponseMessage> OpenAsync(HttpResponseMessage response)
    {
        try
        {
            Info = _call!.Info(response);
            _call.Budget.Enter(CCApiTimeoutKind.FirstChunk, _call.FirstChunkTimeout);
            if (response.Content.Headers.ContentType?.MediaType is { } type && type.Equals(ApiRequest.EventStream, StringComparison.OrdinalIgnoreCase))
            {
                _events = NewReader(await ResponseBody.OpenAsync(_call, response).ConfigureAwait(false));
            }
            else
            {
                await OpenUnlabeledAsync(_call, response).ConfigureAwait(false);
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>The media type is another: a gateway that does not stream answers with plain JSON, and some label their streams wrong.</summary>
    private async ValueTask OpenUnlabeledAsync(ApiCall call, HttpResponseMessage response)
    {
        using var body = await ResponseBody.ReadAsync(call, response, _transport.Options.MaxResponseBytes).ConfigureAwait(false);
        var start = JsonStart.Of(body.Written);
        if (start.StartsWith("data:"u8) || start.StartsWith(":"u8) || start.StartsWith("event:"u8))
        {
            _events = NewReader(new MemoryStream(body.Written.ToArray(), writable: false));
            return;
        }

        var answer = PlainAnswer.Read(call, response, body.Written, ChatCompletionResponse.ReadFrom);
        _plain = ChatChunks.FromResponse(answer);
        _hasBegun = SawEndMark = true;
    }

    private SseReader NewReader(Stream stream) => new(stream, _transport.Options.MaxLineBytes, () => { }, OnRead);

    private void OnRead(int bytes)
    {
        _call!.BytesReceived += bytes;
        if (bytes == 0 && _hasBegun)
        {
            _call.Budget.Enter(CCApiTimeoutKind.Idle, _call.IdleTimeout);
        }
    }

    private async ValueTask<ChatCompletionChunk?> ReadAsync(ApiCall call)
    {
        while (_events is not null && !SawEndMark && await _events.MoveNextAsync(call.Budget.Token).ConfigureAwait(false))
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                call.Budget.EndTotal();
            }

            if (IsEndMark(_events.Data))
            {
                SawEndMark = true;
                return null;
            }

            if (Parse(call, _events, out var problem) is { } chunk)
            {
                return chunk;
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
            return null;
        }

        return null;
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
            chunk = ChatCompletionChunk.ReadFrom(ref reader);
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
        if (events.IsError)
        {
            return ErrorBody.Parse(events.Data) ?? ErrorBody.Text(problem);
        }

        if (chunk is null)
        {
            return problem is null ? ErrorBody.Parse(events.Data) : null;
        }

        return HiddenError.Find(chunk.AdditionalProperties, ChatChunks.HasPayload(chunk)) ?? ChatChunks.FindErrorInChoice(chunk);
    }

    private static bool IsEndMark(ReadOnlySpan<byte> data) => data.StartsWith("[DONE]"u8);
}
