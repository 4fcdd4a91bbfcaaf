using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class RequestMessageFactoryTests
{
    private const string Completion = """{"choices":[{"message":{"content":"Hello!"}}]}""";

    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Message_OfAPlainCall_IsExactlyThis()
    {
        _gateway.Respond(200, Completion);

        await _gateway.Client().Chat.CompleteAsync(
            new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("Grüezi 会")] }, new CCApiRequestOptions { IdempotencyKey = "key-1" });

        Assert.Equal(
            $$"""
            POST https://gateway.test/v1/chat/completions
            Accept: application/json
            Authorization: Bearer sk-test-0123456789
            Content-Length: 83
            Content-Type: application/json
            Idempotency-Key: key-1
            User-Agent: {{ProductName.Value}}

            {"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Grüezi 会"}]}
            """.Replace("\r\n", "\n"),
            _gateway.Sent[0].ToString());
    }

    [Fact]
    public async Task Message_OfAGet_HasNoBodyAndNoIdempotencyKey()
    {
        _gateway.Respond(200, """{"data":[]}""");

        await _gateway.Client().Catalog.ListModelsAsync(options: new CCApiRequestOptions { IdempotencyKey = "key-1" });

        Assert.Equal(
            $"""
            GET https://gateway.test/v1/models
            Accept: application/json
            Authorization: Bearer sk-test-0123456789
            User-Agent: {ProductName.Value}
            """.Replace("\r\n", "\n"),
            _gateway.Sent[0].ToString());
    }

    [Fact]
    public async Task Message_OfCallsToSeveralPaths_HasTheAddressOfEach()
    {
        _gateway.Respond(200, Completion).Respond(200, """{"data":[]}""").Respond(200, Completion);
        using var client = _gateway.Client();

        await client.Chat.CompleteAsync("m", "Hi");
        await client.Catalog.ListModelsAsync();
        await client.Chat.CompleteAsync("m", "Hi");

        Assert.Equal(
            ["https://gateway.test/v1/chat/completions", "https://gateway.test/v1/models", "https://gateway.test/v1/chat/completions"],
            _gateway.Sent.Select(sent => sent.Uri));
    }

    [Fact]
    public async Task Message_OfTwoCalls_HasTwoIdempotencyKeys()
    {
        _gateway.Respond(200, Completion).Respond(200, Completion);
        using var client = _gateway.Client();

        await client.Chat.CompleteAsync("m", "Hi");
        await client.Chat.CompleteAsync("m", "Hi");

        Assert.NotEqual(_gateway.Sent[0].Header("Idempotency-Key"), _gateway.Sent[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Message_OfHeaders_HasTheCallsInsteadOfTheClients()
    {
        _gateway.Respond(200, Completion);
        var options = new CCApiRequestOptions { ApiKey = "sk-call", Headers = { ["x-team"] = "call", ["Accept"] = "text/plain" } };

        await _gateway.Client(client =>
        {
            client.UserAgent = "app/1 (test)";
            client.Headers["X-Team"] = "client";
            client.Headers["X-Site"] = "one, two";
        }).Chat.CompleteAsync("m", "Hi", options);

        Assert.Equal("call", _gateway.Sent[0].Header("X-Team"));
        Assert.Equal("one, two", _gateway.Sent[0].Header("X-Site"));
        Assert.Equal("text/plain", _gateway.Sent[0].Header("Accept"));
        Assert.Equal("app/1 (test)", _gateway.Sent[0].Header("User-Agent"));
        Assert.Equal("Bearer sk-call", _gateway.Sent[0].Header("Authorization"));
    }

    [Theory]
    [InlineData("https://gateway.test")]
    [InlineData("https://gateway.test/")]
    public async Task Message_OfABaseAddressWithoutAPath_HasOneSlash(string address)
    {
        _gateway.Respond(200, Completion);

        await _gateway.Client(client => client.BaseAddress = new Uri(address)).Chat.CompleteAsync("m", "Hi");

        Assert.Equal("https://gateway.test/chat/completions", _gateway.Sent[0].Uri);
    }

    [Theory]
    [InlineData("https://gateway.test/v1")]
    [InlineData("https://gateway.test//v1//")]
    public async Task Message_OfABaseAddressWithAnySlashes_HasSingleOnes(string address)
    {
        _gateway.Respond(200, Completion);

        await _gateway.Client(client => client.BaseAddress = new Uri(address)).Chat.CompleteAsync("m", "Hi");

        Assert.Equal("https://gateway.test/v1/chat/completions", _gateway.Sent[0].Uri);
    }

    [Theory]
    [InlineData(301, "https://other.test/v1/chat/completions?token=secret", "https://other.test")]
    [InlineData(302, "https://user:secret@other.test:8443/", "https://other.test:8443")]
    [InlineData(307, "/v2/chat/completions", "the same host")]
    [InlineData(308, "http://gateway.test/v1/chat/completions", "http://gateway.test")]
    [InlineData(300, null, "https://gateway.test")]
    public async Task Response_Redirect_IsAProtocolErrorThatNamesTheHost(int status, string? location, string host)
    {
        _gateway.Respond(_ => FakeGateway.Content(status, "moved", "text/html", location is null ? ["X-Request-Id: req-1"] : ["X-Request-Id: req-1", $"Location: {location}"]));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(
            $"POST /chat/completions was redirected ({status}) to {host}. The key goes nowhere but to BaseAddress: set BaseAddress to the address it points to, if you trust it, and give an HttpClient of your own a handler with AllowAutoRedirect off.",
            exception.Message);
        Assert.Equal(status, (int)exception.StatusCode!);
        Assert.Equal("req-1", exception.RequestId);
        Assert.Single(_gateway.Sent);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task Response_ThatABrowserHides_IsARedirect()
    {
        _gateway.Respond(_ => FakeGateway.Content(0, "", "text/plain"));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().Chat.CompleteAsync("m", "Hi"));

        Assert.StartsWith("POST /chat/completions was redirected (0) to an address that the browser does not report. The key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_FollowedARedirect_IsAProtocolError()
    {
        // As the platform's handlers do it: they change the message that they were given.
        _gateway.Respond(message =>
        {
            message.RequestUri = new Uri("https://other.test/v1/models");
            message.Method = HttpMethod.Get;
            return FakeGateway.Json(200, """{"data":[]}""");
        });

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Contains("was redirected (200) to https://other.test.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://gateway.test/v1/tenants/7/chat/completions")]
    [InlineData("https://GATEWAY.test:443/v1/chat/completions?tenant=7")]
    public async Task Response_FromAnotherAddressOfTheSameOrigin_IsRead(string address)
    {
        _gateway.Respond(message =>
        {
            message.RequestUri = new Uri(address);
            return FakeGateway.Json(200, Completion);
        });

        var response = await _gateway.Client().Chat.CompleteAsync("m", "Hi");

        Assert.Equal("Hello!", response.Text);
    }

    [Fact]
    public async Task Response_ToARedirectedPostThatBecameAGet_IsAProtocolError()
    {
        _gateway.Respond(message =>
        {
            message.RequestUri = new Uri("https://gateway.test/v1/models");
            message.Method = HttpMethod.Get;
            return FakeGateway.Json(200, """{"data":[]}""");
        });

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Contains("was redirected (200) to https://gateway.test.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://gateway.test/v1/chat/completions", "http://gateway.test")]
    [InlineData("https://gateway.test:444/v1/chat/completions", "https://gateway.test:444")]
    [InlineData("https://gateway.test.other.test/v1/chat/completions", "https://gateway.test.other.test")]
    public async Task Response_FromAnotherOrigin_IsAProtocolError(string address, string origin)
    {
        _gateway.Respond(message =>
        {
            message.RequestUri = new Uri(address);
            return FakeGateway.Json(200, Completion);
        });

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Contains($"was redirected (200) to {origin}.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Message_WithoutABody_HasEmptyContent(string method)
    {
        // The platform's handler repeats a request without content by itself when a connection closes.
        HttpContent? content = null;
        _gateway.Respond(message =>
        {
            content = message.Content;
            return FakeGateway.Json(200, "{}");
        });

        await _gateway.Client().SendAsync(new HttpMethod(method), "jobs/1/start", null, JsonTypes.Message, JsonTypes.Element);

        Assert.Equal(0, content?.Headers.ContentLength);
        Assert.Null(content?.Headers.ContentType);
    }

    [Fact]
    public async Task Message_OfAGet_HasNoContent()
    {
        HttpContent? content = null;
        _gateway.Respond(message =>
        {
            content = message.Content;
            return FakeGateway.Json(200, """{"data":[]}""");
        });

        await _gateway.Client().Catalog.ListModelsAsync();

        Assert.Null(content);
    }

#if NET
    [Fact]
    public async Task Message_OfAClientWithADefaultVersion_HasThatVersionAndPolicy()
    {
        var sent = default((Version, HttpVersionPolicy));
        _gateway.Respond(message =>
        {
            sent = (message.Version, message.VersionPolicy);
            return FakeGateway.Json(200, Completion);
        });
        using var httpClient = _gateway.HttpClient();
        httpClient.DefaultRequestVersion = System.Net.HttpVersion.Version20;
        httpClient.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        await new CCApiClient(httpClient, FakeGateway.Options()).Chat.CompleteAsync("m", "Hi");

        Assert.Equal((System.Net.HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact), sent);
    }
#endif

    [Fact]
    public async Task Response_NotModified_IsAProtocolError()
    {
        _gateway.Respond(304, "");

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _gateway.Client().Catalog.ListProvidersAsync());

        Assert.Equal("GET /providers failed: 304", exception.Message);
    }
}
