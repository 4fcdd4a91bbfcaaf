using System;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Calls that the SDK does not model: any method, path and body.</summary>
internal static class GenericCalls
{
    /// <summary>A call that the SDK does not model, and of which it knows no model.</summary>
    private static readonly PlainOperation _send = new(TelemetryNames.Operations.Send, isCharged: true);

    /// <summary>Sends a request that the SDK does not model.</summary>
    public static Task<TResponse> SendAsync<TRequest, TResponse>(
        CCApiTransport transport,
        HttpMethod method,
        string path,
        TRequest? body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        Require.NotNull(method, nameof(method));
        Require.NotNull(requestType, nameof(requestType));
        Require.NotNull(responseType, nameof(responseType));
        CheckPath(transport, path);

        var request = new ApiRequest(
            method, path, ApiRequest.Json, body is null ? null : writer => JsonSerializer.Serialize(writer, body, requestType))
        {
            Operation = _send,
        };

        return transport.SendAsync(
            request, (call, response) => ResponseReader.ReadAsync(call, response, responseType), options, cancellationToken);
    }

    /// <summary>Sends a request with a content of the caller's, or none, whose response is JSON.</summary>
    public static async Task<TResponse> SendAsync<TResponse>(
        CCApiTransport transport,
        HttpMethod method,
        string path,
        HttpContent? content,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        Require.NotNull(responseType, nameof(responseType));
        var request = await CreateRequestAsync(transport, method, path, ApiRequest.Json, content, options, cancellationToken)
            .ConfigureAwait(false);

        return await transport.SendAsync(
            request,
            (call, response) => ResponseReader.ReadAsync(call, response, responseType),
            options,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request with a content of the caller's, or none, whose response stays open.</summary>
    public static async Task<CCApiResponse> SendAsync(
        CCApiTransport transport,
        HttpMethod method,
        string path,
        HttpContent? content,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var request = await CreateRequestAsync(transport, method, path, "*/*", content, options, cancellationToken)
            .ConfigureAwait(false);
        return await transport.OpenAsync(
            request,
            (call, response) => ResponseOpener.OpenAsync(transport, call, response),
            options,
            cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<ApiRequest> CreateRequestAsync(
        CCApiTransport transport,
        HttpMethod method,
        string path,
        string accept,
        HttpContent? content,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        Require.NotNull(method, nameof(method));
        CheckPath(transport, path);
        OptionsValidation.Check(options);
        var request = new ApiRequest(method, path, accept, WriteBody: null) { Operation = _send };
        if (content is null)
        {
            return request;
        }

        var start = transport.Options.TimeProvider.GetTimestamp();
        var preparing = CallContent.CreateAsync(content, needsFingerprint: options?.IdempotencyKey is not null).AsTask();
        if (!preparing.IsCompleted)
        {
            var unread = request with { Content = CallContent.Unread(start) };
            preparing = PrepareAsync(transport, unread, preparing, options, cancellationToken);
        }

        var own = await preparing.ConfigureAwait(false);
        own.Start = start;

        return request with { Content = own };
    }

    /// <summary>Waits for a content that is read before the call, within the total budget of it.</summary>
    /// <remarks>A content may never end, whatever its token.</remarks>
    private static async Task<CallContent> PrepareAsync(
        CCApiTransport transport,
        ApiRequest request,
        Task<CallContent> preparing,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        // The key belongs to the call itself, whose content is not known yet.
        var own = options?.Clone();
        own?.IdempotencyKey = null;
        using var call = transport.Begin(request, own, cancellationToken);
        call.Clock.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        call.Awaited = "the content had not been read";
        try
        {
            return await call.Clock.WaitAsync(new ValueTask<CallContent>(preparing)).ConfigureAwait(false);
        }
        catch (TokenIgnoredException exception)
        {
            throw AttemptExceptions.NotBegun(call, exception);
        }
    }

    private static void CheckPath(CCApiTransport transport, string path)
    {
        Require.Text(path, nameof(path));
        if (!RequestUri.IsBelow(transport.BaseAddress, path))
        {
            throw new ArgumentException($"It must be a path below {transport.BaseAddress}, such as embeddings.", nameof(path));
        }
    }
}
