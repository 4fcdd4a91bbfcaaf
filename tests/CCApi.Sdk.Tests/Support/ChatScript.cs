using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Time.Testing;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A gateway that responds to chat calls from a queue, one response a call, and keeps what was sent. Its clock stands still unless the test moves it.</summary>
internal sealed class ChatScript : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _responses = new();
    private readonly object _gate = new();

    public ChatScript()
    {
        Options = new CCApiClientOptions { ApiKey = "sk-script", TimeProvider = Time, UserAgent = "tests/1" };
        Options.Retry.BaseDelay = TimeSpan.Zero;
    }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>Retries come without a wait.</summary>
    public CCApiClientOptions Options { get; }

    /// <summary>Each request with its headers and its body, as lines.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The body of each request.</summary>
    public IReadOnlyList<string> Bodies => [.. Requests.Select(request => request.Substring(request.IndexOf("\n\n", StringComparison.Ordinal) + 2))];

    public static ChatCompletionRequest Request { get; } = new() { Model = "m", Messages = [ChatMessage.User("Hi")] };

    public ChatScript Respond(string body, string? mediaType = ApiRequest.EventStream, HttpStatusCode status = HttpStatusCode.OK) =>
        Respond(new PiecewiseStream().Send(body), mediaType, status);

    public ChatScript Respond(PiecewiseStream body, string? mediaType = ApiRequest.EventStream, HttpStatusCode status = HttpStatusCode.OK) =>
        Respond(_ => Task.FromResult(Response(body, mediaType, status)));

    public ChatScript Respond(Func<CancellationToken, Task<HttpResponseMessage>> respond)
    {
        _responses.Enqueue(respond);
        return this;
    }

    public ChatClient CreateClient() => new CCApiClient(new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan }, Options).Chat;

    public StreamingChatCompletion Stream(CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateClient().StreamAsync(Request, options, cancellationToken);

    /// <summary>The whole response of a stream with this body.</summary>
    public static Task<ChatCompletionResponse> RespondAsync(string body, string? mediaType = ApiRequest.EventStream) =>
        new ChatScript().Respond(body, mediaType).Stream(new CCApiRequestOptions { MaxRetries = 0 }).GetResponseAsync();

    /// <summary>The whole response of a stream of these chunks, then its end mark.</summary>
    public static Task<ChatCompletionResponse> AssembleAsync(params string[] chunks) => RespondAsync(Frames(chunks) + "data: [DONE]\n\n");

    public static string Frames(params string[] chunks) => string.Concat(chunks.Select(chunk => $"data: {chunk}\n\n"));

    /// <summary>A plain response of one message, an object.</summary>
    public static string Plain(string message, string finishReason = "stop", int tokens = 10) =>
        "{\"choices\":[{\"message\":" + message + ",\"finish_reason\":\"" + finishReason + "\"}],\"usage\":{\"total_tokens\":" + tokens.ToString(CultureInfo.InvariantCulture) + "}}";

    /// <summary>A chunk of choice 0 with a text.</summary>
    public static string Text(string text, string? finishReason = null) =>
        $$"""{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"{{text}}"},"finish_reason":{{(finishReason is null ? "null" : $"\"{finishReason}\"")}}}]}""";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // As the platform's handlers do.
        cancellationToken.ThrowIfCancellationRequested();

        // Asking for the length is what puts it among the headers.
        _ = request.Content!.Headers.ContentLength;
        var headers = request.Headers.Concat(request.Content.Headers).Where(header => header.Key != "Idempotency-Key");
        var lines = headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").OrderBy(line => line, StringComparer.Ordinal);
        var text = string.Join("\n", [$"{request.Method} {request.RequestUri}", .. lines, "", await request.Content.ReadAsStringAsync(
#if !NETFRAMEWORK
            cancellationToken
#endif
            )]);
        Func<CancellationToken, Task<HttpResponseMessage>> respond;
        lock (_gate)
        {
            Requests.Add(text);
            respond = _responses.Dequeue();
        }

        var response = await respond(cancellationToken);
        response.RequestMessage = request;
        return response;
    }

    private static HttpResponseMessage Response(PiecewiseStream body, string? mediaType, HttpStatusCode status)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
        response.Headers.Add("x-request-id", "req-1");
        if (mediaType is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return response;
    }
}
