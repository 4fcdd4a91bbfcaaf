using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Extensions.AI.Tests.Support;

/// <summary>Responds with fixed bodies, in their order, and keeps what it received.</summary>
internal sealed class CannedGateway : HttpMessageHandler
{
    private readonly Queue<(string Body, string MediaType)> _responses = new();
    private readonly HttpClient _http;

    public CannedGateway()
    {
        _http = new HttpClient(this, disposeHandler: false);
        Client = new CCApiClient(_http, new CCApiClientOptions { ApiKey = "key", BaseAddress = new Uri("https://gateway.test/v1/") });
    }

    public CCApiClient Client { get; }

    /// <summary>The bodies of the requests.</summary>
    public List<string> Bodies { get; } = [];

    public List<string> Paths { get; } = [];

    public List<HttpRequestHeaders> Headers { get; } = [];

    public CannedGateway Json(string body)
    {
        _responses.Enqueue((body, "application/json"));
        return this;
    }

    /// <summary>A stream of these events and its end mark.</summary>
    public CannedGateway Events(params string[] events)
    {
        _responses.Enqueue(($"data: {string.Join("\n\ndata: ", [.. events, "[DONE]"])}\n\n", "text/event-stream"));
        return this;
    }

    /// <summary>A stream that ends without its end mark.</summary>
    public CannedGateway CutEvents(params string[] events)
    {
        _responses.Enqueue(($"data: {string.Join("\n\ndata: ", events)}\n\n", "text/event-stream"));
        return this;
    }

    /// <summary>A response whose only choice is this message.</summary>
    public CannedGateway Message(string message, string finishReason = "stop") =>
        Json($$"""{"id":"r1","model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":"{{finishReason}}"}]}""");

    /// <summary>The body of a request is this JSON, whatever the order of members.</summary>
    public void AssertSent(string expected, int request = 0) => Wire.AssertEqual(expected, Bodies[request]);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Paths.Add(request.RequestUri!.AbsolutePath);
        Headers.Add(request.Headers);
        var (body, mediaType) = _responses.Dequeue();
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        response.Headers.Add("x-request-id", "req-1");
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        Client.Dispose();
        _http.Dispose();
        base.Dispose(disposing);
    }
}
