using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class ResponseOpenerTests
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task SendAsync_OfBytes_LeavesTheBodyOpen()
    {
        _gateway.Respond(_ => FakeGateway.Content(200, "abc", "video/mp4", "x-request-id: r-1"));

        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "videos/1/content", content: null);

        Assert.Equal((HttpStatusCode.OK, "video/mp4", "r-1"), (response.StatusCode, response.MediaType, response.Info.RequestId));
        Assert.Equal("*/*", _gateway.Sent[0].Header("Accept"));
        Assert.Equal("abc", await response.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("video/mp4")]
    public async Task SendAsync_OfContentHeadersWithTheKey_MasksIt(string mediaType)
    {
        _gateway.Respond(_ =>
        {
            var response = FakeGateway.Content(200, "{}", mediaType);
            response.Content.Headers.TryAddWithoutValidation("Content-Disposition", "inline; filename=sk-test-0123456789.mp4");
            response.Content.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("note", "sk-test-0123456789"));
            return response;
        });

        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "videos/1/content", content: null);

        Assert.Equal(mediaType, response.MediaType);
        Assert.DoesNotContain("sk-test-0123456789", response.ContentHeaders!.ToString(), StringComparison.Ordinal);
        Assert.Contains("inline; filename=", response.ContentHeaders!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_OfBytesThatAreReadWithACanceledToken_KeepsThemForTheNextRead()
    {
        _gateway.Respond(_ => FakeGateway.Content(200, "abc", "video/mp4"));
        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "videos/1/content", content: null);
        var canceled = new CancellationToken(canceled: true);
        var buffer = new byte[10];

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response.Body.ReadAsync(buffer, 0, 10, canceled));

        Assert.Equal(canceled, exception.CancellationToken);
        Assert.Equal(0, buffer[0]);
        Assert.Equal("abc", await response.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", 200, "")]
    [InlineData("POST", 202, "")]
    [InlineData("DELETE", 204, "")]
    public async Task SendAsync_OfAResponseThatMayBeEmpty_HasAnEmptyBody(string method, int status, string body)
    {
        _gateway.Respond(status, body);

        using var response = await _gateway.Client().SendAsync(new HttpMethod(method), "files/1", content: null);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await response.ReadAsBytesAsync());
    }

    [Theory]
    [InlineData("video/mp4")]
    [InlineData("application/json")]
    public async Task SendAsync_OfHead_HasTheLengthAndNoBody(string mediaType)
    {
        _gateway.Respond(_ => new HttpResponseMessage
        {
            Content = new ByteArrayContent([]) { Headers = { ContentLength = 1000, ContentType = new MediaTypeHeaderValue(mediaType) } },
        });

        using var response = await _gateway.Client().SendAsync(HttpMethod.Head, "files/1", content: null);

        Assert.Equal(1000, response.ContentHeaders!.ContentLength);
        Assert.Empty(await response.ReadAsBytesAsync());
    }

    [Theory]
    [InlineData("HEAD", 200, "video/mp4", 1000)]
    [InlineData("HEAD", 200, "application/json", 1000)]
    [InlineData("GET", 200, "video/mp4", 0)]
    [InlineData("POST", 202, null, 0)]
    [InlineData("DELETE", 204, null, 0)]
    public async Task SendAsync_OfAResponseWithoutABody_EndsTheLeaseBeforeItIsDisposed(string method, int status, string? mediaType, int length)
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 0 });
        using var client = _gateway.Client(options =>
        {
            options.RateLimiter = limiter;
            options.Retry.MaxRetries = 0;
        });
        _gateway.Otherwise = _ => new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent([]) { Headers = { ContentLength = length, ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType) } },
        };

        var first = await client.SendAsync(new HttpMethod(method), "files/1", content: null);
        var second = await client.SendAsync(new HttpMethod(method), "files/1", content: null);

        Assert.Equal((length, mediaType), (first.ContentHeaders!.ContentLength, first.MediaType));
        Assert.Empty(await first.ReadAsBytesAsync());
        second.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.ReadAsBytesAsync());
        first.Dispose();
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task SendAsync_OfAResponseWithABody_HoldsTheLeaseUntilItsEnd()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 0 });
        using var client = _gateway.Client(options => options.RateLimiter = limiter);
        _gateway.Respond(_ => FakeGateway.Content(200, "sound", "audio/mpeg"));

        using var response = await client.SendAsync(HttpMethod.Get, "files/1", content: null);
        var before = limiter.GetStatistics()!.CurrentAvailablePermits;
        await response.ReadAsBytesAsync();

        Assert.Equal((0, 1), (before, limiter.GetStatistics()!.CurrentAvailablePermits));
    }

    [Theory]
    [InlineData("text/plain", """{"error":{"message":"m","code":429}}""")]
    [InlineData("audio/mpeg", " \n{\"error\":{\"message\":\"m\",\"code\":429}}")]
    [InlineData("video/mp4", """[{"error":{"message":"m","code":429}}]""")]
    [InlineData("application/octet-stream", "\uFEFF{\"code\":429,\"message\":\"m\"}")]
    [InlineData("text/plain", "{\"error\":{\"message\":\"m\",\"code\":429}}\nmore")]
    public async Task SendAsync_OfAHiddenErrorUnderAnotherLabel_ThrowsIt(string mediaType, string body)
    {
        _gateway.Respond(_ => FakeGateway.Content(200, body, mediaType));

        var send = () => _gateway.Client().SendAsync(HttpMethod.Get, "videos/1/content", content: null, new CCApiRequestOptions { MaxRetries = 0 });

        Assert.Equal("m", (await Assert.ThrowsAsync<CCApiRateLimitException>(send)).GatewayMessage);
    }

    [Theory]
    [InlineData("text/plain", """{"id":"a","error":{"message":"m"}}""")]
    [InlineData("text/plain", "{not JSON")]
    [InlineData("text/plain", "{\"error\":")]
    [InlineData("text/csv", "[a],b")]
    [InlineData("text/event-stream", "{\"error\":\"m\"}")]
    [InlineData("audio/wav", "RIFF")]
    [InlineData("text/plain", "")]
    [InlineData("text/plain", " ")]
    public async Task SendAsync_OfAnythingElse_GivesAllOfIt(string mediaType, string body)
    {
        _gateway.Respond(_ => FakeGateway.Content(200, body, mediaType));

        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "videos/1/content", content: null);

        Assert.Equal(body, await response.ReadAsStringAsync());
    }

    [Fact]
    public async Task SendAsync_OfALargeDocumentUnderAnotherLabel_GivesAllOfIt()
    {
        var body = "{\"error\":\"" + new string('a', 200_000) + "\"}";
        _gateway.Respond(_ => FakeGateway.Content(200, body, "text/plain"));

        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "videos/1/content", content: null);

        Assert.Equal(body, await response.ReadAsStringAsync());
    }

    [Fact]
    public async Task SendAsync_OfAHiddenError_ThrowsAfterItsRetry()
    {
        _gateway.Respond(200, """{"error":{"message":"m","code":"overloaded"}}""").Respond(200, """{"error":{"message":"m","code":"insufficient_funds"}}""");

        await Assert.ThrowsAsync<CCApiBillingException>(() => _gateway.Client(options => options.Retry.BaseDelay = TimeSpan.Zero).SendAsync(HttpMethod.Post, "files", content: null));

        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Fact]
    public async Task SendAsync_OfAJsonResponse_GivesItsBytes()
    {
        _gateway.Respond(200, """{"a":"ä"}""");

        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "files/1", content: null);

        Assert.Equal("application/json", response.ContentHeaders!.ContentType!.MediaType);
        Assert.Equal("""{"a":"ä"}""", await response.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("text/event-stream", "", CCApiTimeoutKind.FirstChunk)]
    [InlineData("text/event-stream", "data: 1", CCApiTimeoutKind.Idle)]
    [InlineData("application/x-ndjson", "", CCApiTimeoutKind.FirstChunk)]
    [InlineData("audio/mpeg", "", CCApiTimeoutKind.FirstChunk)]
    [InlineData("audio/mpeg", "ID3", CCApiTimeoutKind.Idle)]
    public async Task SendAsync_OfABodyThatFallsSilent_EndsWithTheBudgetOfItsFirstOrNextBytes(
        string mediaType, string start, CCApiTimeoutKind kind)
    {
        var clock = new TestClock();
        var body = start.Length == 0 ? ScriptedStream.Stalling() : ScriptedStream.Stalling(Encoding.ASCII.GetBytes(start));
        _gateway.Respond(_ =>
        {
            var response = FakeGateway.Stream(200, body);
            response.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            return response;
        });
        using var client = _gateway.Client(options =>
        {
            options.TimeProvider = clock;
            options.Timeouts.Idle = TimeSpan.FromSeconds(20);
            options.Timeouts.FirstChunk = TimeSpan.FromSeconds(50);
        });

        var reading = ReadAsync();
        await Patience.Wait(body.Stalled);
        clock.Advance(TimeSpan.FromSeconds(kind == CCApiTimeoutKind.Idle ? 20 : 49));
        clock.Advance(TimeSpan.FromSeconds(1));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(reading));

        Assert.Equal(kind, exception.Kind);

        async Task ReadAsync()
        {
            using var response = await client.SendAsync(HttpMethod.Post, "sounds", content: null);
            await response.ReadAsBytesAsync();
        }
    }

    [Fact]
    public async Task SendAsync_OfABodyThatIsCut_Throws()
    {
        _gateway.Respond(_ => new HttpResponseMessage { Content = new StreamContent(new MemoryStream([1, 2])) { Headers = { ContentLength = 3 } } });
        using var response = await _gateway.Client().SendAsync(HttpMethod.Get, "files/1", content: null);

        await Assert.ThrowsAsync<CCApiConnectionException>(() => response.ReadAsBytesAsync());
    }

    [Fact]
    public async Task SendAsync_OfAnErrorStatus_ThrowsForAnyForm()
    {
        _gateway.Respond(404, """{"error":{"message":"m"}}""");

        await Assert.ThrowsAsync<CCApiNotFoundException>(() => _gateway.Client().SendAsync(HttpMethod.Get, "files/1", content: null));
    }
}
