using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.Extensions.Logging;
using Xunit;
using static CCApi.Sdk.WireMockTests.Secrets.Scene;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>The key in places where a gateway does not quote it by accident: ids, headers, hosts, causes, and after it was replaced.</summary>
[Collection(AloneTests.Name)]
public class QuotedKeyTests
{
    private const string Chat = """{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello!\"}}]}\n\n";

    /// <summary>A key that may be a label of a host.</summary>
    private const string HostKey = "sk-canary-0123456789abcdef";

    private static readonly string[] _platform = ["log System.Net.Http", "activity System.Net.Http", "System.Net.Http.HttpClient.", "HTTP GET "];

    private static readonly Canary _canary = new(Canary.Key);
    private static readonly Canary _hostCanary = new(HostKey);

    private static readonly Dictionary<string, Func<string, string>> _encodings = new(StringComparer.Ordinal)
    {
        ["plain"] = key => key,
        ["in upper case"] = key => key.ToUpperInvariant(),
        ["percent-encoded"] = Uri.EscapeDataString,
        ["as HTML"] = WebUtility.HtmlEncode,
        ["in base64"] = key => Convert.ToBase64String(Encoding.ASCII.GetBytes("Bearer " + key)),
    };

    private static readonly Dictionary<string, (Func<string, string, string> Respond, Func<CCApiClient, Task<object?>> Call, Type? Fails)> _paths = new(StringComparer.Ordinal)
    {
        ["id of a completion's request"] = ((_, key) => Reply(200, Chat, headers: Ids(key)), Complete, null),
        ["id of a stream's request"] = ((_, key) => Reply(200, Chunk + "data: [DONE]\n\n", "text/event-stream", Ids(key)), Stream, null),
        ["headers of an error"] = ((_, key) => Reply(400, "{}", headers: Ids(key)), Complete, typeof(CCApiBadRequestException)),
        ["headers of what is not JSON"] = ((_, key) => Reply(200, "OK", headers: Ids(key)), Complete, typeof(CCApiProtocolException)),
        ["headers of a stream with an error"] = ((_, key) => Reply(200, Chunk + "data: {\"error\":{\"message\":\"m\"}}\n\n", "text/event-stream", Ids(key)), Stream, typeof(CCApiException)),
        ["headers of a stream that breaks"] = (
            (_, key) => $"HTTP/1.1 200 OK\r\n{string.Join("\r\n", Ids(key))}\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n{Chunk}", Stream, typeof(CCApiStreamException)),
        ["job that fails at once"] = ((_, key) => Reply(200, Job(key, "failed")), Generate, typeof(ImageJobFailedException)),
        ["job that fails later"] = ((request, key) => Reply(200, Job(key, IsPost(request) ? "pending" : "failed"), headers: Ids(key)), Generate, typeof(ImageJobFailedException)),
        ["job of which only the address is known"] = (
            (request, key) => IsPost(request) ? Reply(200, new JsonObject { ["status"] = "pending", ["poll_url"] = "/v1/images/jobs/" + Uri.EscapeDataString(key) }.ToJsonString()) : Reply(403, "{}"),
            Generate,
            typeof(CCApiPermissionException)),
        ["status of a job"] = ((_, key) => Reply(200, new JsonObject { ["id"] = "j", ["status"] = key, ["error"] = new JsonObject { ["message"] = key } }.ToJsonString()), GetJob, null),
        ["text that is not base64"] = ((_, key) => Reply(200, new JsonObject { ["data"] = new JsonArray(new JsonObject { ["b64_json"] = key + "!" }) }.ToJsonString()), Draw, typeof(CCApiProtocolException)),
        ["refusal of a typed completion"] = ((_, key) => Reply(200, Message("refusal", key)), Typed, typeof(ChatStructuredOutputException)),
        ["text of a typed completion"] = ((_, key) => Reply(200, Message("content", $"{{\"{JsonEncodedText.Encode(key)}\":\"{JsonEncodedText.Encode(key)}\"}}")), Typed, typeof(ChatStructuredOutputException)),
        ["address of a download"] = ((request, key) => IsPost(request) ? Reply(200, $$"""{"data":[{"url":"/{{Uri.EscapeDataString(key)}}.png"}]}""") : Reply(404, ""), Draw, typeof(CCApiDownloadException)),
        ["headers of a download"] = ((request, key) => IsPost(request) ? Reply(200, """{"data":[{"url":"/a.png"}]}""") : Reply(404, "", headers: Ids(key)), Draw, typeof(CCApiDownloadException)),
        ["body of a download"] = ((request, key) => IsPost(request) ? Reply(200, """{"data":[{"url":"/a.png"}]}""") : Reply(500, key), Draw, typeof(CCApiServerException)),
    };

    public static TheoryData<string, string> Paths() => [.. _paths.Keys.SelectMany(path => _encodings.Keys.Select(encoding => new TheoryDataRow<string, string>(path, encoding)))];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Key_QuotedByTheGateway_ShowsNowhere(string path, string encoding)
    {
        var (respond, call, fails) = _paths[path];
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, request => respond(request, _encodings[encoding](Canary.Key)), configure: options => options.Retry.MaxRetries = 0);

        var exception = await Record(recorder, () => call(scene.Client));

        Assert.Equal(fails, exception?.GetType());
        Assert.Empty(_canary.Find(OfTheSdk(recorder)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Key_QuotedAfterItWasReplaced_ShowsNowhere(string path, string encoding)
    {
        var (respond, call, fails) = _paths[path];
        var keys = 0;
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, request => respond(request, _encodings[encoding](Canary.Key)), configure: options =>
        {
            options.Retry.MaxRetries = 0;
            options.ApiKeyProvider = _ => new(keys++ == 0 ? Canary.Key : $"sk-replaced-{keys}");
        });

        using var unheard = new Recorder();
        await Record(unheard, () => Complete(scene.Client));
        var exception = await Record(recorder, () => call(scene.Client));

        Assert.Equal(fails, exception?.GetType());
        Assert.Empty(_canary.Find(OfTheSdk(recorder)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Key_OfOneCall_ShowsNowhere(string path, string encoding)
    {
        var (respond, _, _) = _paths[path];
        using var recorder = new Recorder();
        await using var scene = new Scene(recorder, request => respond(request, _encodings[encoding](Canary.Key)), configure: options => options.ApiKey = "sk-of-the-client");

        await Record(recorder, async () => (await scene.Client.Chat.CompleteAsync("m", "p", new CCApiRequestOptions { ApiKey = Canary.Key, MaxRetries = 0 })).Info);

        Assert.NotEmpty(scene.Requests);
        Assert.Empty(_canary.Find(OfTheSdk(recorder)));
    }

    [Theory]
    [InlineData("https://sk-canary-0123456789abcdef.test/v1")]
    [InlineData("https://SK-CANARY-0123456789ABCDEF.test/v1")]
    [InlineData("sk-canary-0123456789abcdef:elsewhere")]
    [InlineData("/sk-canary-0123456789abcdef")]
    public async Task Key_InTheTargetOfARedirect_ShowsNowhere(string location)
    {
        using var recorder = new Recorder();
        using var handler = new Responses((_, _) => new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { { "Location", location } } });
        using var client = CreateClient(handler, recorder);

        var plain = await Record(recorder, () => Complete(client));
        var streamed = await Record(recorder, () => Stream(client));

        Assert.IsType<CCApiProtocolException>(plain);
        Assert.IsType<CCApiProtocolException>(streamed);
        Assert.Empty(_hostCanary.Find(recorder.Texts));
    }

    [Theory]
    [InlineData("https://sk-canary-0123456789abcdef.test/a.png", typeof(CCApiDownloadException))]
    [InlineData("sk-canary-0123456789abcdef:a", typeof(CCApiProtocolException))]
    public async Task Key_InTheHostOfADownload_ShowsNowhere(string url, Type fails)
    {
        using var recorder = new Recorder();
        using var handler = new Responses((_, _) => Json($$"""{"data":[{"url":"{{url}}"}]}"""));
        using var client = CreateClient(handler, recorder, options => options.AllowDownload = _ => false);

        var exception = await Record(recorder, () => Draw(client));

        Assert.Equal(fails, exception?.GetType());
        Assert.Empty(_hostCanary.Find(recorder.Texts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_InTheCauseOfACancellation_ShowsNowhere(bool isStream)
    {
        using var source = new CancellationTokenSource();
        using var recorder = new Recorder();
        using var handler = new Responses((_, token) =>
        {
            source.Cancel();
            throw new OperationCanceledException("Bearer " + HostKey, new IOException(HostKey), token);
        });
        using var client = CreateClient(handler, recorder);

        var exception = await Record(recorder, async () => isStream
            ? (await client.Chat.StreamAsync("m", "p", cancellationToken: source.Token).GetResponseAsync()).Info
            : (await client.Chat.CompleteAsync("m", "p", cancellationToken: source.Token)).Info);

        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        Assert.Empty(_hostCanary.Find(recorder.Texts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_InTheCauseOfATimeout_ShowsNowhere(bool isConnecting)
    {
        var timeout = new TimeoutException(HostKey, isConnecting ? null : new OperationCanceledException(HostKey));
        using var recorder = new Recorder();
        using var handler = new Responses((_, token) => throw new OperationCanceledException("Bearer " + HostKey, timeout, token));
        using var client = CreateClient(handler, recorder);

        var plain = await Record(recorder, () => Complete(client));
        var streamed = await Record(recorder, () => Stream(client));

        Assert.IsType<CCApiTimeoutException>(plain);
        Assert.IsType<CCApiTimeoutException>(streamed);
        Assert.Empty(_hostCanary.Find(recorder.Texts));
    }

    [Theory]
    [InlineData(HostKey)]
    [InlineData("SK-CANARY-0123456789ABCDEF")]
    [InlineData("c2stY2FuYXJ5LTAxMjM0NTY3ODlhYmNkZWY=")]
    public async Task Key_AsTheIdOfAJob_IsRejected(string id)
    {
        using var recorder = new Recorder();
        using var handler = new Responses((_, _) => Json("{}"));
        using var client = CreateClient(handler, recorder);

        var exception = await Record(recorder, async () => (await client.Images.GetJobAsync(id)).Info);

        Assert.IsType<ArgumentException>(exception);
        Assert.Empty(_hostCanary.Find(recorder.Texts));
    }

    /// <summary>The log and the activities of the platform name the address of each request, which the SDK cannot change.</summary>
    private static IEnumerable<string> OfTheSdk(Recorder recorder) =>
        recorder.Texts.Where(text => !_platform.Any(start => text.StartsWith(start, StringComparison.Ordinal)));

    private static string[] Ids(string key) => ["x-request-id: " + key, "X-Echo: a", "X-Echo: Bearer " + key];

    private static bool IsPost(string request) => request.StartsWith("POST", StringComparison.Ordinal);

    private static string Job(string key, string status) => new JsonObject
    {
        ["id"] = key,
        ["status"] = status,
        ["poll_url"] = "/v1/images/jobs/" + Uri.EscapeDataString(key),
        ["error"] = status == "failed" ? new JsonObject { ["message"] = $"Rejected {key}", ["code"] = key } : null,
    }.ToJsonString();

    private static string Message(string member, string text) => new JsonObject
    {
        ["choices"] = new JsonArray(new JsonObject { ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", [member] = text } }),
    }.ToJsonString();

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static async Task<object?> Complete(CCApiClient client) => (await client.Chat.CompleteAsync("m", "p")).Info;

    private static async Task<object?> Stream(CCApiClient client)
    {
        await using var stream = client.Chat.StreamAsync("m", "p");
        return (await stream.GetResponseAsync()).Info;
    }

    private static async Task<object?> Generate(CCApiClient client) => (await client.Images.GenerateAsync(Image, null, PollAtOnce)).Info;

    private static async Task<object?> GetJob(CCApiClient client) => await client.Images.GetJobAsync("j");

    private static async Task<object?> Draw(CCApiClient client)
    {
        var images = await client.Images.GenerateAsync("m", "p");
        await using var file = await client.Images.OpenReadAsync(images.Data![0]);
        await file.CopyToAsync(System.IO.Stream.Null);
        return images.Info;
    }

    private static async Task<object?> Typed(CCApiClient client)
    {
        var type = (JsonTypeInfo<Dictionary<string, int>>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Dictionary<string, int>));
        return (await client.Chat.CompleteAsync("m", "p", type)).Responses[0].Info;
    }

    private static CCApiClient CreateClient(Responses handler, Recorder recorder, Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions
        {
            ApiKey = HostKey,
            BaseAddress = new Uri("https://gateway.test/v1"),
            LoggerFactory = new LoggerFactory([recorder], new LoggerFilterOptions { MinLevel = LogLevel.Trace }),
        };
        options.Retry.MaxRetries = 0;
        configure?.Invoke(options);
        return new CCApiClient(new HttpClient(handler), options);
    }

    private static async Task<Exception?> Record(Recorder recorder, Func<Task<object?>> call)
    {
        try
        {
            recorder.Look(await call());
            return null;
        }
        catch (Exception exception) when (exception is CCApiException or OperationCanceledException or ArgumentException)
        {
            recorder.Look(exception);
            return exception;
        }
    }

    private sealed class Responses(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> respond) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return respond(request, cancellationToken);
        }
    }
}
