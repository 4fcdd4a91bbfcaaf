using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>Creates the message of each attempt: a fresh one, because a message can be sent only once.</summary>
/// <param name="options">The options of the client.</param>
/// <param name="baseAddress">The normalized base address.</param>
internal sealed class RequestMessageFactory(CCApiClientOptions options, Uri baseAddress)
{
    private readonly string _userAgent = options.SentUserAgent;

    // Most calls of a program go to the same address.
    private Tuple<string, Uri>? _lastAddress;

    /// <summary>Creates the message of the current attempt, with its key.</summary>
    public HttpRequestMessage Create(ApiCall call, HttpClient client)
    {
        if (call.Request.Download is { } address)
        {
            return CreateDownload(client, address);
        }

        var message = CreateMessage(client, call.Request.Method, AddressOf(call.Request.Path));
        message.Content = call.Payload.CreateContent();
        var headers = message.Headers;
        headers.TryAddWithoutValidation("Authorization", call.Bearer!.Header);
        headers.TryAddWithoutValidation("Accept", call.Request.Accept);
        headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (call.Payload.IdempotencyKey is not null)
        {
            headers.TryAddWithoutValidation("Idempotency-Key", call.Payload.IdempotencyKey);
        }

        AddHeaders(message, options.Headers);
        AddHeaders(message, call.Settings.Headers);
#if NETSTANDARD2_0
        headers.ExpectContinue = false;
#endif
        return message;
    }

    private Uri AddressOf(string path)
    {
        var last = Volatile.Read(ref _lastAddress);
        if (last?.Item1 != path)
        {
            last = Tuple.Create(path, RequestUri.Join(baseAddress, path));
            Volatile.Write(ref _lastAddress, last);
        }

        return last.Item2;
    }

    private static HttpRequestMessage CreateMessage(HttpClient client, HttpMethod method, Uri address)
    {
        var message = new HttpRequestMessage(method, address);
#if !NETSTANDARD2_0
        message.Version = client.DefaultRequestVersion;
        message.VersionPolicy = client.DefaultVersionPolicy;
        BrowserStreaming.Enable(message, OperatingSystem.IsBrowser());
#endif
        return message;
    }

    private HttpRequestMessage CreateDownload(HttpClient client, Uri address)
    {
        var message = CreateMessage(client, HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);

        return message;
    }

    private static void AddHeaders(HttpRequestMessage message, IDictionary<string, string>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return;
        }

        foreach (var header in headers)
        {
            message.Headers.Remove(header.Key);
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }
}
