using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A gateway without a socket: responds in the order of a script, repeats the last response, and keeps what was sent.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    public const string Key = "sk-test-0123456789";

    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _replies;

    public ScriptedHandler(params Func<HttpResponseMessage>[] replies)
        : this([.. replies.Select(reply => (Func<CancellationToken, Task<HttpResponseMessage>>)(_ => Task.FromResult(reply())))])
    {
    }

    public ScriptedHandler(params Func<CancellationToken, Task<HttpResponseMessage>>[] replies) =>
        _replies = new Queue<Func<CancellationToken, Task<HttpResponseMessage>>>(replies);

    /// <summary>Every request, as <c>METHOD address</c>.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>The headers of every request, with those of its content.</summary>
    public List<IReadOnlyDictionary<string, string>> Headers { get; } = [];

    /// <summary>The body of every request.</summary>
    public List<string?> Bodies { get; } = [];

    public static Func<HttpResponseMessage> Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        () => Reply(Encoding.UTF8.GetBytes(json), "application/json", status);

    public static Func<HttpResponseMessage> Bytes(byte[] body, string? mediaType, HttpStatusCode status = HttpStatusCode.OK) => () => Reply(body, mediaType, status);

    public static Func<HttpResponseMessage> Body(HttpContent content) => () => new HttpResponseMessage(HttpStatusCode.OK) { Content = content };

    public static Func<HttpResponseMessage> Redirect(string? location, HttpStatusCode status = HttpStatusCode.Found) => () =>
    {
        var response = Reply([], null, status);
        if (location is not null)
        {
            response.Headers.TryAddWithoutValidation("Location", location);
        }

        return response;
    };

    /// <summary>A client that sends to this handler, and downloads from it.</summary>
    public CCApiClient CreateClient(Action<CCApiClientOptions>? configure = null) => new(CreateTransport(configure));

    /// <summary>A transport that sends to this handler.</summary>
    public CCApiTransport CreateTransport(Action<CCApiClientOptions>? configure = null)
    {
        var client = new HttpClient(this);
        return new CCApiTransport(Options(configure).CheckedCopy(), () => client, downloadClient: () => client);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add($"{request.Method} {request.RequestUri!.OriginalString}");
        Headers.Add(HeadersOf(request.Headers).Concat(HeadersOf(request.Content?.Headers)).ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
        Bodies.Add(request.Content is null ? null : await request.Content.ReadAsStringAsync());
        return await (_replies.Count == 1 ? _replies.Peek() : _replies.Dequeue())(cancellationToken);
    }

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> HeadersOf(HttpHeaders? headers) =>
        headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>();

    private static CCApiClientOptions Options(Action<CCApiClientOptions>? configure)
    {
        var options = new CCApiClientOptions { ApiKey = Key };
        options.Retry.BaseDelay = TimeSpan.Zero;
        configure?.Invoke(options);
        return options;
    }

    private static HttpResponseMessage Reply(byte[] body, string? mediaType, HttpStatusCode status)
    {
        var content = new ByteArrayContent(body);
        if (mediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return new HttpResponseMessage(status) { Content = content };
    }
}
