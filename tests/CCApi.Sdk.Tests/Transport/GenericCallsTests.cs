using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class GenericCallsTests
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task SendAsync_OfAPost_IsExactlyThis()
    {
        _gateway.Respond(200, """{"data":[0.5]}""");

        var response = await _gateway.Client().SendAsync(
            HttpMethod.Post, "/embeddings?model=m", ChatMessage.User("Hi"), JsonTypes.Message, JsonTypes.Element, new CCApiRequestOptions { IdempotencyKey = "key-1" });

        Assert.Equal(0.5, response.GetProperty("data")[0].GetDouble());
        Assert.Equal(
            $$"""
            POST https://gateway.test/v1/embeddings?model=m
            Accept: application/json
            Authorization: Bearer sk-test-0123456789
            Content-Length: 30
            Content-Type: application/json
            Idempotency-Key: key-1
            User-Agent: {{ProductName.Value}}

            {"role":"user","content":"Hi"}
            """.Replace("\r\n", "\n"),
            _gateway.Sent[0].ToString());
    }

    [Theory]
    [InlineData("GET", null, false)]
    [InlineData("HEAD", null, false)]
    [InlineData("DELETE", "", true)]
    public async Task SendAsync_WithoutABody_HasNoJson(string method, string? body, bool hasIdempotencyKey)
    {
        _gateway.Respond(200, "{}");

        await _gateway.Client().SendAsync(new HttpMethod(method), "files/1", null, JsonTypes.Message, JsonTypes.Element);

        Assert.Equal(body, _gateway.Sent[0].Body);
        Assert.Equal(body, _gateway.Sent[0].Header("Content-Type"));
        Assert.Equal(hasIdempotencyKey, _gateway.Sent[0].Header("Idempotency-Key") is not null);
    }

    [Theory]
    [InlineData("""{"id":"task-1","status":"failed","error":{"message":"m"}}""")]
    [InlineData("""{"error":{"message":"m"},"data":{"id":"task-1"}}""")]
    public async Task SendAsync_OfATaskThatFailed_GivesTheTask(string body)
    {
        _gateway.Respond(200, body);

        var response = await _gateway.Client().SendAsync(HttpMethod.Get, "tasks/1", null, JsonTypes.Message, JsonTypes.Element);

        Assert.Equal(body, response.ToString());
    }

    [Fact]
    public async Task SendAsync_OfNothing_NamesTheArgument()
    {
        var client = _gateway.Client();

        var exceptions = new[]
        {
            await Record.ExceptionAsync(() => client.SendAsync(null!, "a", null, JsonTypes.Message, JsonTypes.Element)),
            await Record.ExceptionAsync(() => client.SendAsync(HttpMethod.Get, null!, null, JsonTypes.Message, JsonTypes.Element)),
            await Record.ExceptionAsync(() => client.SendAsync<ChatMessage, JsonElement>(HttpMethod.Get, "a", null, null!, JsonTypes.Element)),
            await Record.ExceptionAsync(() => client.SendAsync<ChatMessage, JsonElement>(HttpMethod.Get, "a", null, JsonTypes.Message, null!)),
        };

        Assert.Equal(["method", "path", "requestType", "responseType"], exceptions.Select(exception => Assert.IsAssignableFrom<ArgumentException>(exception).ParamName));
    }

    [Fact]
    public async Task SendAsync_OfAHiddenError_Throws()
    {
        _gateway.Respond(200, """{"error":{"message":"m","code":"insufficient_funds"}}""");

        await Assert.ThrowsAsync<CCApiBillingException>(() => _gateway.Client().SendAsync(HttpMethod.Post, "embeddings", ChatMessage.User("Hi"), JsonTypes.Message, JsonTypes.Element));
    }

    [Fact]
    public async Task SendAsync_OfABusyGateway_TriesAgain()
    {
        _gateway.Respond(503, """{"error":{"code":"overloaded"}}""").Respond(200, """{"a":1}""");

        var response = await _gateway.Client(options => options.Retry.BaseDelay = TimeSpan.Zero).SendAsync(HttpMethod.Post, "embeddings", ChatMessage.User("Hi"), JsonTypes.Message, JsonTypes.Element);

        Assert.Equal("""{"a":1}""", response.ToString());
        Assert.Equal(_gateway.Sent[0].ToString(), _gateway.Sent[1].ToString());
    }

    [Fact]
    public async Task SendAsync_OfAGetWithoutARequestType_ReadsTheResponse()
    {
        _gateway.Respond(200, """{"id":"1"}""");

        var response = await _gateway.Client().SendAsync(HttpMethod.Get, "videos/1", JsonTypes.Element);

        Assert.Equal("1", response.GetProperty("id").GetString());
        Assert.Null(_gateway.Sent[0].Body);
        Assert.Null(_gateway.Sent[0].Header("Idempotency-Key"));
    }

    [Theory]
    [InlineData("POST", 204)]
    [InlineData("GET", 204)]
    [InlineData("POST", 205)]
    [InlineData("DELETE", 200)]
    [InlineData("HEAD", 200)]
    [InlineData("PUT", 201)]
    [InlineData("POST", 201)]
    [InlineData("POST", 202)]
    [InlineData("GET", 202)]
    [InlineData("POST", 202, "\r\n")]
    [InlineData("DELETE", 200, " ")]
    public async Task SendAsync_OfAResponseWithoutABody_ReturnsTheDefault(string method, int status, string body = "")
    {
        _gateway.Respond(status, body).Respond(status, body);
        var client = _gateway.Client();

        var response = await client.SendAsync(new HttpMethod(method), "files/1", JsonTypes.Message);
        var second = await client.SendAsync(new HttpMethod(method), "files/1", null, JsonTypes.Message, JsonTypes.Message);

        Assert.Null(response);
        Assert.Null(second);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task SendAsync_OfAMissingResult_Throws(string method)
    {
        _gateway.Respond(200, "");

        await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().SendAsync(new HttpMethod(method), "files/1", JsonTypes.Element));
    }

    [Fact]
    public async Task SendAsync_OfNoContent_NamesTheArgument()
    {
        var exception = await Assert.ThrowsAsync<ArgumentNullException>(
            () => _gateway.Client().SendAsync(HttpMethod.Post, "files", (HttpContent)null!, JsonTypes.Element));

        Assert.Equal("content", exception.ParamName);
    }

    [Theory]
    [InlineData("embeddings", "https://gateway.test/v1/embeddings")]
    [InlineData("/embeddings", "https://gateway.test/v1/embeddings")]
    [InlineData("files/a%2Fb", "https://gateway.test/v1/files/a%2Fb")]
    [InlineData("files/a%2Eb", "https://gateway.test/v1/files/a%2Eb")]
    [InlineData("files/a..b", "https://gateway.test/v1/files/a..b")]
    [InlineData("fetch?url=https://other.test/..", "https://gateway.test/v1/fetch?url=https://other.test/..")]
    [InlineData("files/a b", "https://gateway.test/v1/files/a%20b")]
    [InlineData("files/会", "https://gateway.test/v1/files/%E4%BC%9A")]
    [InlineData("models/gemini:generateContent", "https://gateway.test/v1/models/gemini:generateContent")]
    public async Task SendAsync_OfAPathBelow_GoesThere(string path, string expected)
    {
        _gateway.Respond(200, "{}");

        await _gateway.Client().SendAsync(HttpMethod.Get, path, null, JsonTypes.Message, JsonTypes.Element);

#if NETFRAMEWORK
        expected = expected.Replace("%2E", ".");
#endif
        Assert.Equal(expected, _gateway.Sent[0].Uri);
    }

    [Theory]
    [InlineData("https://other.test/v1/models")]
    [InlineData("http://gateway.test/v1/models")]
    [InlineData("https://gateway.test/v1/models")]
    [InlineData("//other.test/models")]
    [InlineData("///other.test")]
    [InlineData("\\\\other.test\\models")]
    [InlineData("..")]
    [InlineData("../admin")]
    [InlineData("files/../../admin")]
    [InlineData("files/..")]
    [InlineData("%2e%2e/admin")]
    [InlineData("%2E%2E/admin")]
    [InlineData(".%2E/admin")]
    [InlineData("%2E./admin")]
    [InlineData("../admin/%2E")]
    [InlineData("..\\admin")]
    [InlineData("..\\%2E")]
    [InlineData("files\\a")]
    [InlineData("files\r\nX-Evil: 1")]
    [InlineData("files/%2E\r\nX-Evil: 1")]
    [InlineData("files\0")]
    public async Task SendAsync_PathElsewhere_ThrowsBeforeAnythingIsSent(string path)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => _gateway.Client().SendAsync(HttpMethod.Get, path, null, JsonTypes.Message, JsonTypes.Element));

        Assert.Equal("path", exception.ParamName);
        Assert.StartsWith("It must be a path below https://gateway.test/v1/, such as embeddings.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task SendAsync_WithoutAPath_Throws(string? path)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => _gateway.Client().SendAsync(HttpMethod.Get, path!, null, JsonTypes.Message, JsonTypes.Element));

        Assert.Equal("path", exception.ParamName);
    }

    [Fact]
    public async Task SendAsync_OfNullArguments_NamesThem()
    {
        using var client = _gateway.Client();

        var method = await Assert.ThrowsAsync<ArgumentNullException>(() => client.SendAsync(null!, "a", null, JsonTypes.Message, JsonTypes.Element));
        var request = await Assert.ThrowsAsync<ArgumentNullException>(() => client.SendAsync<ChatMessage, JsonElement>(HttpMethod.Get, "a", null, null!, JsonTypes.Element));
        var response = await Assert.ThrowsAsync<ArgumentNullException>(() => client.SendAsync<ChatMessage, JsonElement>(HttpMethod.Get, "a", null, JsonTypes.Message, null!));

        Assert.Equal("method", method.ParamName);
        Assert.Equal("requestType", request.ParamName);
        Assert.Equal("responseType", response.ParamName);
    }

    [Fact]
    public async Task SendAsync_BadOptions_Throws()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => _gateway.Client().SendAsync(HttpMethod.Get, "a", null, JsonTypes.Message, JsonTypes.Element, new CCApiRequestOptions { MaxRetries = -1 }));

        Assert.Equal("options", exception.ParamName);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task SendAsync_OfAPathWithTheKey_IsNotSent()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => _gateway.Client().SendAsync(HttpMethod.Get, $"files/{FakeGateway.Key}", JsonTypes.Element));

        Assert.StartsWith("The path of the request contains the API key, which logs would show: pass an id that does not.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeGateway.Key, exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task SendAsync_OfContentThatIsNotValid_DoesNotReadIt()
    {
        var client = _gateway.Client();
        using var content = new UnreadableContent();
        var options = new CCApiRequestOptions { IdempotencyKey = "key-1" };

        await Assert.ThrowsAsync<ArgumentNullException>("method", () => client.SendAsync(null!, "files", content, options));
        await Assert.ThrowsAsync<ArgumentException>("path", () => client.SendAsync(HttpMethod.Post, "https://other.test", content, options));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.SendAsync(HttpMethod.Post, "files", content, new CCApiRequestOptions { MaxRetries = -1 }));
        await Assert.ThrowsAsync<ArgumentNullException>("responseType", () => client.SendAsync<string>(HttpMethod.Post, "files", content, null!, options));

        Assert.False(content.IsRead);
        Assert.Empty(_gateway.Sent);
    }

    private sealed class UnreadableContent : ByteArrayContent
    {
        public UnreadableContent()
            : base([1])
        {
        }

        public bool IsRead { get; private set; }

        protected override Task SerializeToStreamAsync(System.IO.Stream stream, System.Net.TransportContext? context)
        {
            IsRead = true;
            return base.SerializeToStreamAsync(stream, context);
        }
    }
}
