using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class CallContentTests
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task SendAsync_OfAForm_SendsItAgainAfterABusyGateway()
    {
        _gateway.Respond(503, """{"error":{"code":"overloaded"}}""").Respond(200, """{"text":"a"}""");
        using var form = new MultipartFormDataContent("limit")
        {
            { new StringContent("whisper-1"), "model" },
            { new StreamContent(new MemoryStream([65, 66])), "file", "a.mp3" },
        };

        var response = await Client().SendAsync(HttpMethod.Post, "audio/transcriptions", form, JsonTypes.Element);

        Assert.Equal("""{"text":"a"}""", response.ToString());
        Assert.Equal("multipart/form-data; boundary=\"limit\"", _gateway.Sent[0].Header("Content-Type"));
        Assert.Contains("name=file; filename=a.mp3", _gateway.Sent[0].Body, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nAB\r\n--limit--", _gateway.Sent[0].Body, StringComparison.Ordinal);
        Assert.Equal(_gateway.Sent[0].ToString(), _gateway.Sent[1].ToString());
    }

    [Fact]
    public async Task SendAsync_OfAnotherContentWithTheSameIdempotencyKey_IsRejected()
    {
        _gateway.Respond(200, "{}").Respond(200, "{}");
        var options = new CCApiRequestOptions { IdempotencyKey = "k" };
        var client = Client();

        await client.SendAsync(HttpMethod.Post, "files", new StringContent("a"), JsonTypes.Element, options);
        await client.SendAsync(HttpMethod.Post, "files", new StringContent("a"), JsonTypes.Element, options);
        var other = await Record.ExceptionAsync(() => client.SendAsync(HttpMethod.Post, "files", new StringContent("b"), JsonTypes.Element, options));
        var once = await Record.ExceptionAsync(() => client.SendAsync(HttpMethod.Post, "files", new StreamContent(Unseekable("a")), options));

        Assert.IsType<ArgumentException>(other);
        Assert.IsType<ArgumentException>(once);
        Assert.Equal(["k", "k"], _gateway.Sent.Select(request => request.Header("Idempotency-Key")));
    }

#if !NETFRAMEWORK
    // On Mono HeldContent was not reached: it may copy a ByteArrayContent without the method that is overridden here.
    /// <summary>An attempt that was abandoned may still read the stream of the caller, and the next one rewinds it.</summary>
    [Fact]
    public async Task CreateAsync_WithoutAFingerprint_DoesNotReadTheContent()
    {
        using var content = new StringContent("abc");

        var created = await CallContent.CreateAsync(content, needsFingerprint: false);

        Assert.Null(created.Fingerprint);
        Assert.NotNull((await CallContent.CreateAsync(content, needsFingerprint: true)).Fingerprint);
    }

    [Fact]
    public void Unread_OfAContent_HasTheStartOfTheCall()
    {
        var content = CallContent.Unread(start: 7);

        Assert.Equal((7, true, null), (content.Start, content.CanBeSent, content.Fingerprint));
    }

    [Fact]
    public async Task CreateContent_OfAContent_HasItsHeaders()
    {
        using var content = new ByteArrayContent([1, 2]);
        content.Headers.TryAddWithoutValidation("X-Part", "a");
        content.Headers.ContentLength = 2;

        using var copy = (await CallContent.CreateAsync(content, needsFingerprint: false)).CreateContent();

        Assert.Equal(["X-Part: a"], copy.Headers.Select(header => $"{header.Key}: {string.Join("|", header.Value)}").Where(line => !line.StartsWith("Content-Length", StringComparison.Ordinal)));
        Assert.Equal(2, copy.Headers.ContentLength);
    }

    [Fact]
    public async Task CreateContent_WhileAnotherIsWritten_IsWrittenAfterwards()
    {
        using var source = new HeldContent();
        var content = await CallContent.CreateAsync(source, needsFingerprint: false);
        using var first = content.CreateContent();
        using var second = content.CreateContent();
        using var abandoned = new MemoryStream();
        using var target = new MemoryStream();

        var writing = first.CopyToAsync(abandoned);
        await source.Reached;
        var next = second.CopyToAsync(target);

        Assert.False(next.IsCompleted);
        Assert.Equal(1, source.Writers);

        source.Release();
        await Patience.Wait(writing);
        await Patience.Wait(next);

        Assert.Equal([65], target.ToArray());
        Assert.Equal(2, source.Writers);
    }
#endif

    [Fact]
    public async Task SendAsync_OfAStreamThatCannotSeek_IsNotRetried()
    {
        _gateway.Respond(503, """{"error":{"code":"overloaded"}}""");
        using var content = new StreamContent(Unseekable("abc"));

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => Client().SendAsync(HttpMethod.Post, "files", content, JsonTypes.Element));

        Assert.Equal("its content can be sent only once", Assert.Single(exception.Attempts).Decision);
        Assert.Equal("abc", Assert.Single(_gateway.Sent).Body);
    }

    [Fact]
    public async Task SendAsync_OfAStreamThatCannotSeekWithAnIdempotencyKey_IsSentUnread()
    {
        _gateway.Respond(200, "{}");
        var options = new CCApiRequestOptions { IdempotencyKey = "k" };
        using var content = new StreamContent(Unseekable("abc"));

        await Client().SendAsync(HttpMethod.Post, "files", content, JsonTypes.Element, options);

        Assert.Equal("abc", Assert.Single(_gateway.Sent).Body);
    }

    [Fact]
    public async Task SendAsync_OfAnUnsentStreamThatCannotSeek_IsRetried()
    {
        var isFirst = true;
        using var handler = new ConnectionRefusedHandler(() => isFirst && !(isFirst = false), _gateway);
        using var httpClient = new HttpClient(handler, disposeHandler: false);
        using var client = new CCApiClient(httpClient, FakeGateway.Options(options => options.Retry.BaseDelay = TimeSpan.Zero));
        using var content = new StreamContent(Unseekable("abc"));
        _gateway.Respond(200, "{}");

        await client.SendAsync(HttpMethod.Post, "files", content, JsonTypes.Element);

        Assert.Equal("abc", Assert.Single(_gateway.Sent).Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task SendAsync_OfAnUnknownContent_IsNotRetried(int kind)
    {
        _gateway.Respond(503, """{"error":{"code":"overloaded"}}""");
        using HttpContent content = kind switch
        {
            0 => new OtherContent(),
            1 => new OtherBytes(),
            2 => new OtherStream(),
            3 => new OtherParts(),
            _ => new MultipartContent { new OtherBytes() },
        };

        await Assert.ThrowsAsync<CCApiServerException>(() => Client().SendAsync(HttpMethod.Post, "files", content, JsonTypes.Element));

        Assert.Single(_gateway.Sent);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task SendAsync_OfContentWhoseResponseStaysOpen_IsRetriedWhereItCanBeSentAgain(bool isDerived, int requests)
    {
        _gateway.Respond(503, """{"error":{"code":"overloaded"}}""").Respond(_ => FakeGateway.Content(200, "data: 1\n\n", ApiRequest.EventStream));
        using var content = new MultipartFormDataContent("limit") { { isDerived ? new OtherBytes() : new ByteArrayContent([65]), "file", "a.bin" } };

        var exception = await Record.ExceptionAsync(async () =>
        {
            using var response = await Client().SendAsync(HttpMethod.Post, "files", content);
            Assert.Equal("data: 1\n\n", await response.ReadAsStringAsync());
            Assert.Equal(2, response.Info.Attempts.Count);
        });

        Assert.Equal(isDerived ? typeof(CCApiServerException) : null, exception?.GetType());
        Assert.Equal(requests, _gateway.Sent.Count);
        Assert.All(_gateway.Sent, sent => Assert.Contains("\r\n\r\nA\r\n--limit--", sent.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_OfARejectedKeyAndAStreamThatCannotSeek_DoesNotCallTheProviderAgain()
    {
        var calls = 0;
        _gateway.Respond(401, """{"error":{"message":"m"}}""");
        using var content = new StreamContent(Unseekable("abc"));
        using var client = _gateway.Client(options =>
        {
            options.ApiKey = null;
            options.ApiKeyProvider = _ => new ValueTask<string>($"sk-test-number-{++calls}");
        });

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => client.SendAsync(HttpMethod.Post, "files", content, JsonTypes.Element));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task SendAsync_OfContent_LeavesItToTheCaller()
    {
        _gateway.Respond(200, "{}").Respond(200, "{}");
        using var content = new ByteArrayContent([65]) { Headers = { ContentType = new MediaTypeHeaderValue("audio/mpeg") } };
        var client = _gateway.Client();

        await client.SendAsync(HttpMethod.Put, "files/1", content, JsonTypes.Element);
        await client.SendAsync(HttpMethod.Put, "files/1", content, JsonTypes.Element);

        Assert.Equal("A", _gateway.Sent[1].Body);
        Assert.Equal("audio/mpeg", _gateway.Sent[1].Header("Content-Type"));
        Assert.Equal("1", _gateway.Sent[1].Header("Content-Length"));
    }

    private static DeflateStream Unseekable(string text)
    {
        var packed = new MemoryStream();
        using (var writer = new DeflateStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            writer.Write(Encoding.UTF8.GetBytes(text), 0, Encoding.UTF8.GetByteCount(text));
        }

        packed.Position = 0;
        return new DeflateStream(packed, CompressionMode.Decompress);
    }

    private CCApiClient Client() => _gateway.Client(options => options.Retry.BaseDelay = TimeSpan.Zero);

    /// <summary>A host that rejects connections while <paramref name="isConnectionRefused"/> is true.</summary>
    private sealed class ConnectionRefusedHandler(Func<bool> isConnectionRefused, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => isConnectionRefused()
            ? throw Faults.ConnectionRefused()
            : base.SendAsync(request, cancellationToken);
    }

    private sealed class OtherContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync([65], 0, 1);

        protected override bool TryComputeLength(out long length)
        {
            length = 1;
            return true;
        }
    }

    private sealed class OtherBytes() : ByteArrayContent([65]);

    private sealed class OtherStream() : StreamContent(new MemoryStream([65]));

    private sealed class OtherParts : MultipartFormDataContent;

    /// <summary>A content that waits, whatever its token, until the test releases it.</summary>
    private sealed class HeldContent() : ByteArrayContent([65])
    {
        private readonly TaskCompletionSource<bool> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => Patience.Wait(_reached.Task);

        /// <summary>How many have begun to write it.</summary>
        public int Writers { get; private set; }

        public void Release() => _open.TrySetResult(true);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Writers++;
            _reached.TrySetResult(true);
            await _open.Task;
            await base.SerializeToStreamAsync(stream, context);
        }

#if NET
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            SerializeToStreamAsync(stream, context);
#endif
    }
}
