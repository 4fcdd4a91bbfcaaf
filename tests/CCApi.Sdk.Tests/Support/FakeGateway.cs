using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A gateway without a socket: it keeps what is sent, and responds from a queue.</summary>
internal sealed class FakeGateway : HttpMessageHandler
{
    public const string Key = "sk-test-0123456789";

    private readonly object _gate = new();
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _responses = new();
    private readonly List<Sent> _sent = [];
    private readonly List<(int Count, TaskCompletionSource<bool> Reached)> _waiting = [];

    /// <summary>Responds to every request that the queue has nothing for.</summary>
    public Func<Sent, HttpResponseMessage>? Otherwise { get; set; }

    public IReadOnlyList<Sent> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public bool IsDisposed { get; private set; }

    public static HttpResponseMessage Json(int status, string json, params string[] headers) => Content(status, json, "application/json", headers);

    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="headers">Headers as <c>Name: value</c>.</param>
    public static HttpResponseMessage Content(int status, string body, string mediaType, params string[] headers) =>
        With(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) }, headers);

    public static HttpResponseMessage Stream(int status, Stream body, params string[] headers) =>
        With(new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) }, headers);

    public FakeGateway Respond(int status, string json, params string[] headers) => Respond(_ => Json(status, json, headers));

    public FakeGateway Respond(Func<HttpRequestMessage, HttpResponseMessage> respond) => RespondLater((message, _) => Task.FromResult(respond(message)));

    public FakeGateway Fail(Func<Exception> fault) => RespondLater((_, _) => Task.FromException<HttpResponseMessage>(fault()));

    /// <summary>Never responds: the request ends when it is canceled.</summary>
    public FakeGateway Hang() => RespondLater(async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("unreachable");
    });

    public FakeGateway RespondLater(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> respond)
    {
        _responses.Enqueue(respond);
        return this;
    }

    public HttpClient HttpClient() => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A client of this gateway, with a key and a clock of its own; it downloads from the gateway too.</summary>
    public CCApiClient Client(Action<CCApiClientOptions>? configure = null)
    {
        var httpClient = HttpClient();
        return new CCApiClient(new CCApiTransport(Options(configure).CheckedCopy(), () => httpClient, downloadClient: () => httpClient));
    }

    /// <summary>The same without the facades, whose random source always returns the same number.</summary>
    public CCApiTransport Transport(Action<CCApiClientOptions>? configure = null, double random = 0.5)
    {
        var httpClient = HttpClient();
        return new CCApiTransport(Options(configure).CheckedCopy(), () => httpClient, () => random, () => httpClient);
    }

    public static CCApiClientOptions Options(Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions { ApiKey = Key, BaseAddress = new Uri("https://gateway.test/v1/"), TimeProvider = new TestClock() };
        configure?.Invoke(options);
        return options;
    }

    /// <summary>Waits until that many requests were sent.</summary>
    public Task Received(int count)
    {
        lock (_gate)
        {
            if (_sent.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return Patience.Wait(reached.Task);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = await Support.Sent.ReadAsync(request);
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? respond;
        lock (_gate)
        {
            _sent.Add(sent);
            foreach (var (_, reached) in _waiting.Where(waiter => waiter.Count <= _sent.Count))
            {
                reached.TrySetResult(true);
            }

            respond = _responses.Count > 0 ? _responses.Dequeue() : null;
        }

        var response = respond is not null
            ? await respond(request, cancellationToken)
            : (Otherwise ?? throw new InvalidOperationException("The gateway has no response left."))(sent);
        response.RequestMessage = request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private static HttpResponseMessage With(HttpResponseMessage response, string[] headers)
    {
        foreach (var header in headers.Select(text => text.Split([": "], 2, StringSplitOptions.None)))
        {
            response.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return response;
    }
}
