using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.Tests.Support;

/// <summary>A gateway without a socket, which responds by what a test returns for the prompt of a request.</summary>
internal sealed class FakeGateway(Func<string, int, HttpResponseMessage?> respond) : HttpMessageHandler
{
    public const string Completion =
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}],"usage":{"cost":0.25}}""";

    public const string Busy = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";

    private readonly Dictionary<string, int> _calls = [];
    private int _jobs;
    private int _polls;

    public int Polls => Volatile.Read(ref _polls);

    /// <summary>What a poll of the job of an id returns; null for images.</summary>
    public Func<string, HttpResponseMessage?> Poll { get; set; } = _ => null;

    /// <summary>The idempotency key and the body of each request that may be charged.</summary>
    public List<(string Key, string Body)> Sent { get; } = [];

    /// <summary>Ends the calls of which it returns true when they are canceled, and not before.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    public static FakeGateway Good() => new((_, _) => null);

    public static HttpResponseMessage Json(int status, string body)
    {
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    public CCApiClient Client(Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions { ApiKey = "sk-test-0123456789", BaseAddress = new Uri("https://gateway.test/v1/") };
        configure?.Invoke(options);
        return new CCApiClient(new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }, options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.Contains("/images/jobs/", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _polls);
            var id = path[(path.LastIndexOf('/') + 1)..];
            return Poll(id) ?? Json(200, $$"""{"id":"{{id}}","status":"completed","data":[{"b64_json":"iVBORw0KGgo="}],"cost":0.25}""");
        }

        if (request.Method == HttpMethod.Get)
        {
            // The catalog, which budgets need: it lists no model.
            return Json(200, """{"object":"list","data":[]}""");
        }

        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var prompt = PromptOf(body);
        int call;
        lock (Sent)
        {
            Sent.Add((string.Concat(request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys : []), body));
            _calls[prompt] = call = _calls.GetValueOrDefault(prompt) + 1;
        }

        if (Hangs(prompt))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return respond(prompt, call) ?? Default(path);
    }

    private HttpResponseMessage Default(string path)
    {
        const string Images = "images/";
        return path switch
        {
            _ when path.EndsWith("audio/speech", StringComparison.Ordinal) => Json(200, """{"b64_audio":"SUQzBAAAAAAAAA==","cost":0.25}"""),
            _ when path.EndsWith(Images + "generate", StringComparison.Ordinal) =>
                Json(202, $$"""{"id":"job-{{Interlocked.Increment(ref _jobs)}}","status":"pending"}"""),
            _ when path.EndsWith(Images + "generations", StringComparison.Ordinal) =>
                Json(200, """{"created":1,"data":[{"b64_json":"iVBORw0KGgo="}],"cost":0.25}"""),
            _ => Json(200, Completion),
        };
    }

    private static string PromptOf(string body)
    {
        using var document = System.Text.Json.JsonDocument.Parse(body.Length == 0 ? "{}" : body);
        var root = document.RootElement;
        foreach (var name in (ReadOnlySpan<string>)["input", "prompt"])
        {
            if (root.TryGetProperty(name, out var text) && text.ValueKind == System.Text.Json.JsonValueKind.String)
            {
                return text.GetString()!;
            }
        }

        var hasMessages = root.TryGetProperty("messages", out var messages);
        var content = hasMessages ? messages[0].GetProperty("content") : default;
        return content.ValueKind == System.Text.Json.JsonValueKind.String ? content.GetString()! : string.Empty;
    }
}
