using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;
using static CCApi.Sdk.WireMockTests.Secrets.Scene;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>The key on every path that a call can take, among servers that quote it, with everything recorded: it shows nowhere.</summary>
[Collection(AloneTests.Name)]
public class SecretsTests
{
    private const string Chat = """{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello!\"}}]}\n\n";
    private const string Job = """{"id":"job-1","status":"pending","poll_url":"/v1/images/jobs/job-1"}""";

    private static readonly Canary _canary = new(Canary.Key);

    /// <summary>A server, what is asked of it, and what comes of that.</summary>
    private static readonly Dictionary<string, (Func<string, string> Respond, Func<CCApiClient, Task<object?>> Ask, Type? Fails)> _paths = new(StringComparer.Ordinal)
    {
        ["chat"] = (_ => Reply(200, Chat), Complete, null),
        ["stream"] = (_ => Reply(200, Chunk + "data: [DONE]\n\n", "text/event-stream"), Stream, null),
        ["catalog"] = (_ => Reply(200, """{"data":[{"id":"m"}]}"""), ListModels, null),
        ["speech"] = (request => Reply(200, request.StartsWith("GET /a.mp3", StringComparison.Ordinal) ? "ID3" : """{"audio_url":"/a.mp3?X-Signature=1"}""", request.StartsWith("GET", StringComparison.Ordinal) ? "audio/mpeg" : "application/json"), Speak, null),
        ["image"] = (request => request.StartsWith("POST", StringComparison.Ordinal) ? Reply(200, """{"created":1,"data":[{"url":"/a.png"}]}""") : Reply(200, "PNG", "image/png"), Draw, null),
        ["401"] = (request => Reply(401, Error(request, "invalid_api_key")), Complete, typeof(CCApiUnauthorizedException)),
        ["401 in every member"] = (request => Reply(401, Everywhere(request)), Complete, typeof(CCApiUnauthorizedException)),
        ["401 of a stream"] = (request => Reply(401, Error(request, "invalid_api_key")), Stream, typeof(CCApiUnauthorizedException)),
        ["401 hidden in a 200"] = (request => Reply(200, Error(request, "invalid_api_key")), Complete, typeof(CCApiUnauthorizedException)),
        ["402"] = (request => Reply(402, Error(request, "insufficient_funds")), Complete, typeof(CCApiBillingException)),
        ["403 page"] = (request => Reply(403, Html(request), "text/html"), Complete, typeof(CCApiPermissionException)),
        ["404 page"] = (request => Reply(404, Html(request), "text/html"), Complete, typeof(CCApiNotFoundException)),
        ["429"] = (request => Reply(429, Error(request, "rate_limit"), headers: "Retry-After: 0"), Complete, typeof(CCApiRateLimitException)),
        ["502 page"] = (request => Reply(502, Html(request), "text/html"), Complete, typeof(CCApiServerException)),
        ["502 page of a stream"] = (request => Reply(502, Html(request), "text/html"), Stream, typeof(CCApiServerException)),
        ["502 page cut in the key"] = (request => Reply(502, new string('.', 4090) + KeyIn(request)), Complete, typeof(CCApiServerException)),
        ["200 page"] = (request => Reply(200, Html(request), "text/html"), Complete, typeof(CCApiProtocolException)),
        ["200 text"] = (request => Reply(200, request, "text/plain"), Complete, typeof(CCApiProtocolException)),
        ["200 of another shape"] = (request => Reply(200, new JsonObject { [KeyIn(request)] = "many" }.ToJsonString()), Other, typeof(CCApiProtocolException)),
        ["redirect"] = (request => Redirect("https://elsewhere.test/?key=" + Uri.EscapeDataString(KeyIn(request))), Complete, typeof(CCApiProtocolException)),
        ["redirect of a stream"] = (request => Redirect("/v2?key=" + Uri.EscapeDataString(KeyIn(request))), Stream, typeof(CCApiProtocolException)),
        ["connection that breaks"] = (_ => "", Complete, typeof(CCApiConnectionException)),
        ["body that breaks"] = (_ => "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{", Complete, typeof(CCApiConnectionException)),
        ["stream that breaks"] = (_ => "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n" + Chunk, Stream, typeof(CCApiStreamException)),
        ["stream with an error"] = (request => Reply(200, $"{Chunk}data: {Error(request, "upstream_error")}\n\n", "text/event-stream"), Stream, typeof(CCApiServerException)),
        ["stream with an error event"] = (request => Reply(200, $"{Chunk}event: error\ndata: {KeyIn(request)}\n\n", "text/event-stream"), Stream, typeof(CCApiException)),
        ["stream with an unreadable chunk"] = (request => Reply(200, $"{Chunk}data: {{{KeyIn(request)}\n\n{Chunk}", "text/event-stream"), Stream, typeof(CCApiStreamException)),
        ["job that fails"] = (request => Reply(200, request.StartsWith("POST", StringComparison.Ordinal) ? Job : FailedJob(request)), Generate, typeof(ImageJobFailedException)),
        ["job that is rejected"] = (request => request.StartsWith("POST", StringComparison.Ordinal) ? Reply(202, Job) : Reply(403, Error(request, "access_denied")), Generate, typeof(CCApiPermissionException)),
        ["download that is rejected"] = (request => request.StartsWith("POST", StringComparison.Ordinal) ? Reply(200, """{"data":[{"url":"/a.png"}]}""") : Reply(404, Html(request), "text/html"), Draw, typeof(CCApiDownloadException)),
        ["download that is redirected for ever"] = (request => request.StartsWith("POST", StringComparison.Ordinal) ? Reply(200, """{"data":[{"url":"/a.png"}]}""") : Redirect("/a.png"), Draw, typeof(CCApiProtocolException)),
    };

    public static TheoryData<string, bool> Paths() => [.. _paths.Keys.SelectMany(path => new[] { false, true }.Select(isKeyed => new TheoryDataRow<string, bool>(path, isKeyed)))];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Key_OnAnyPath_ShowsNowhere(string path, bool isKeyed)
    {
        var (respond, ask, fails) = _paths[path];
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, respond, isKeyed);

        var exception = await Record(recorder, () => ask(scene.Client));

        Assert.Equal(fails, exception?.GetType());
        Assert.Contains(scene.Requests, request => request.Contains("Authorization: Bearer " + Canary.Key, StringComparison.Ordinal));
        Assert.All(scene.Requests.Where(request => !request.Contains(" /v1/", StringComparison.Ordinal)), download => Assert.DoesNotContain("Authorization", download, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(_canary.Find(recorder.Texts));
    }

    [Fact]
    public async Task Key_OfACallThatRunsOutOfTime_ShowsNowhere()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, _ => "", configure: options =>
        {
            options.BaseAddress = new Uri($"http://{silent.LocalEndpoint}/v1");
            options.Timeouts.Attempt = TimeSpan.FromMilliseconds(100);
        });

        var exception = await Record(recorder, () => Complete(scene.Client));

        Assert.IsType<CCApiTimeoutException>(exception);
        Assert.Empty(_canary.Find(recorder.Texts));
    }

    [Fact]
    public async Task Key_OfACallThatIsCanceled_ShowsNowhere()
    {
        using var source = new CancellationTokenSource();
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, _ =>
        {
            source.Cancel();
            return "";
        });

        var exception = await Record(recorder, async () => await scene.Client.Chat.CompleteAsync("m", "p", cancellationToken: source.Token));

        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        Assert.Empty(_canary.Find(recorder.Texts));
    }

    [Fact]
    public async Task Key_ConnectionRefused_IsNotShown()
    {
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, _ => "", configure: options => options.BaseAddress = new Uri("http://127.0.0.1:1/v1"));

        var exception = await Record(recorder, () => Complete(scene.Client));

        Assert.IsType<CCApiConnectionException>(exception);
        Assert.Empty(_canary.Find(recorder.Texts));
    }

    [Fact]
    public async Task Key_ThatAProviderRenews_ShowsNowhere()
    {
        var asked = 0;
        using var recorder = new Recorder();
        await using var scene = new Scene(
            recorder, request => Reply(401, Error(request, "invalid_api_key")), configure: options => options.ApiKeyProvider = _ => new($"{Canary.Key}{++asked}"));

        var exception = await Record(recorder, () => Complete(scene.Client));

        Assert.IsType<CCApiUnauthorizedException>(exception);
        Assert.Equal(2, scene.Requests.Count);
        Assert.Empty(_canary.Find(recorder.Texts));
    }

    /// <summary>
    /// The platform quotes what it cannot read; our exceptions do not. Its own activities do, and so would the log of IHttpClientFactory: neither can be changed from here.
    /// </summary>
    [Theory]
    [InlineData("{0}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n{0}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{0}\r\n")]
    public async Task Key_InWhatIsNotHttp_ShowsNowhere(string response)
    {
        using var recorder = new Recorder();
        using var server = new RawServer(request => response.Replace("{0}", KeyIn(request), StringComparison.Ordinal));
        using var client = new CCApiClient(new CCApiClientOptions { ApiKey = Canary.Key, BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/v1") });

        var plain = await Record(recorder, () => Complete(client));
        var streamed = await Record(recorder, () => Stream(client));

        Assert.IsType<CCApiConnectionException>(plain);
        Assert.IsAssignableFrom<CCApiException>(streamed);
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(_canary.Find(recorder.Texts.Where(text => !text.StartsWith("activity System.Net.Http", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Key_InWhatHoldsIt_ShowsNowhere()
    {
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, _ => "");
        var options = new CCApiClientOptions { ApiKey = Canary.Key };

        foreach (var shown in new object[] { options, options.Retry, options.Timeouts, options.Headers, new CCApiRequestOptions { ApiKey = Canary.Key }, scene.Client, scene.Client.Chat, scene.Client.Audio, scene.Client.Images, scene.Client.Catalog })
        {
            recorder.Look(shown);
        }

        Assert.Empty(_canary.Find(recorder.Texts));
    }

    /// <summary>Otherwise the tests above would find nothing in nothing.</summary>
    [Fact]
    public async Task Recorder_OfACall_HearsOfItEverywhere()
    {
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, _ => Reply(200, Chat));

        await Record(recorder, () => Complete(scene.Client));

        foreach (var expected in new[]
                 {
                     "log System.Net.Http.HttpClient.CCApi.LogicalHandler", "log System.Net.Http.HttpClient.CCApi.ClientHandler", "log CCApi.Sdk AttemptSucceeded", "Authorization: *",
                     "HTTP POST ", "activity System.Net.Http", "metric http.client.request.duration", "metric http.client.open_connections", "200 in ",
                 })
        {
            Assert.Contains(recorder.Texts, text => text.Contains(expected, StringComparison.Ordinal));
        }
    }

    private static async Task<object?> Complete(CCApiClient client) => (await client.Chat.CompleteAsync("m", "p")).Info;

    private static async Task<object?> Stream(CCApiClient client)
    {
        await using var stream = client.Chat.StreamAsync("m", "p");
        return (await stream.GetResponseAsync()).Info;
    }

    private static async Task<object?> ListModels(CCApiClient client) => (await client.Catalog.ListModelsAsync()).Info;

    private static async Task<object?> Speak(CCApiClient client)
    {
        var speech = await client.Audio.CreateSpeechAsync("m", "p", "v");
        await using var file = await client.Audio.OpenReadAsync(speech);
        await file.CopyToAsync(System.IO.Stream.Null);
        return speech.Info;
    }

    private static async Task<object?> Draw(CCApiClient client)
    {
        var images = await client.Images.GenerateAsync("m", "p");
        await using var file = await client.Images.OpenReadAsync(images.Data![0]);
        await file.CopyToAsync(System.IO.Stream.Null);
        return images.Info;
    }

    private static async Task<object?> Generate(CCApiClient client) => (await client.Images.GenerateAsync(Image, null, PollAtOnce)).Info;

    private static async Task<object?> Other(CCApiClient client)
    {
        var type = (System.Text.Json.Serialization.Metadata.JsonTypeInfo<Dictionary<string, int>>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Dictionary<string, int>));
        return await client.SendAsync(System.Net.Http.HttpMethod.Post, "other", new Dictionary<string, int>(), type, type);
    }

    /// <summary>An error as OpenAI words it, in each spelling of JSON.</summary>
    private static string Error(string request, string code)
    {
        var key = KeyIn(request);
        var spellings = new[] { JavaScriptEncoder.Default.Encode(key), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key).Replace("/", "\\/", StringComparison.Ordinal) };
        return $$"""{"error":{"message":"Incorrect API key provided: {{spellings[0]}} ({{spellings[1]}}).","type":"invalid_request_error","code":"{{code}}","param":"{{spellings[0]}}"} }""";
    }

    private static string Everywhere(string request)
    {
        var key = KeyIn(request);
        return new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = $"{Uri.EscapeDataString(key)} {WebUtility.HtmlEncode(key)}",
                ["type"] = key,
                ["code"] = key,
                ["param"] = key,
                ["details"] = new JsonObject { [key] = new JsonArray(key) },
            },
        }.ToJsonString();
    }

    private static string FailedJob(string request) =>
        new JsonObject
        {
            ["id"] = "job-1",
            ["status"] = "failed",
            ["error"] = new JsonObject { ["message"] = $"Rejected for {KeyIn(request)}", ["code"] = KeyIn(request), ["details"] = new JsonObject { ["header"] = KeyIn(request) } },
        }.ToJsonString();

    private static string Redirect(string location) => Reply(302, "", headers: "Location: " + location);

    /// <summary>Takes down what a call gives, or what it throws.</summary>
    private static async Task<Exception?> Record(Recorder recorder, Func<Task<object?>> ask)
    {
        try
        {
            recorder.Look(await ask());
            return null;
        }
        catch (Exception exception) when (exception is CCApiException or OperationCanceledException or ArgumentException or IOException)
        {
            recorder.Look(exception);
            return exception;
        }
    }
}
