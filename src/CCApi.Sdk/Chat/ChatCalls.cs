using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The calls of chat completions: what is sent, and how the response is read. The requests were checked.</summary>
internal sealed class ChatCalls
{
    private const string Path = "chat/completions";

    private readonly CCApiTransport _transport;

    // Created once: a lambda in the call would be allocated for each one.
    private readonly Func<ApiCall, HttpResponseMessage, ValueTask<ChatCompletionResponse>> _read;
    private readonly Func<ApiCall, HttpResponseMessage, ValueTask<ChatCompletionResponse>> _readSeparated;

    public ChatCalls(CCApiTransport transport)
    {
        _transport = transport;
        _read = (call, response) => CompletionReader.ReadAsync(transport, call, response);
        _readSeparated = async (call, response) => ThinkTags.Separate(await _read(call, response).ConfigureAwait(false));
    }

    /// <summary>The address of the gateway.</summary>
    public Uri BaseAddress => _transport.BaseAddress;

    /// <summary>The clock of the runs.</summary>
    public TimeProvider Time => _transport.Options.TimeProvider;

    /// <summary>Is canceled when the client is disposed.</summary>
    public CancellationToken Closed => _transport.Closed;

    /// <summary>The call of a request, streamed if it sets that.</summary>
    public static ApiRequest CallFor(ChatCompletionRequest request)
    {
        if (request.Stream == true)
        {
            return ApiRequest.Post(Path, request.ToStreamed(), accept: ApiRequest.EventStream);
        }

        return ApiRequest.Post(Path, request.ToSent());
    }

    /// <summary>Sends a request and waits for all of the completion.</summary>
    public Task<ChatCompletionResponse> CompleteAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var read = options?.SeparateThinking == true ? _readSeparated : _read;

        return _transport.SendAsync(
            ApiRequest.Post(Path, request.ToSent(), ChatTelemetry.Instance), read, options, cancellationToken);
    }

    /// <summary>Creates the stream of a request, which is sent when it is read.</summary>
    public StreamingChatCompletion Stream(
        ChatCompletionRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var call = ApiRequest.Post(
            Path, request.ToStreamed(), ChatTelemetry.Instance, ApiRequest.EventStream, CostScope.Current);
        IChunkSource chunks = new ChatChunkSource(_transport, call, options, cancellationToken);
        if (options?.SeparateThinking == true)
        {
            chunks = new ThinkChunkSource(chunks);
        }

        return new StreamingChatCompletion(chunks);
    }

    /// <summary>Starts the spans of the tools of a run.</summary>
    public ToolTelemetrySource ToolTelemetry(CCApiRequestOptions? options) =>
        new(_transport.Telemetry, CallTelemetryStarter.TextOf(_transport.RedactionOf(options)));
}
