using System;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>Endpoints that the SDK does not model, on a socket.</summary>
public class AnyEndpointTests
{
    private static readonly JsonTypeInfo<JsonElement> _json = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: video/mp4\r\n\r\n", 200)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: application/json\r\n\r\n", 200)]
    [InlineData("DELETE", "HTTP/1.1 204 No Content\r\n\r\n", 204)]
    [InlineData("POST", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", 202)]
    public async Task SendAsync_OfAResponseWithoutABody_IsEmpty(string method, string raw, int status)
    {
        using var server = new RawServer(raw);
        using var client = CreateClient(server);

        using var response = await client.SendAsync(new HttpMethod(method), "files/1", content: null);
        var bytes = await response.ReadAsBytesAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(bytes);
        Assert.StartsWith($"{method} /v1/files/1 HTTP/1.1\r\n", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: application/json\r\n\r\n")]
    [InlineData("POST", "HTTP/1.1 204 No Content\r\n\r\n")]
    public async Task SendAsync_OfATypedResponseWithoutABody_IsTheDefault(string method, string raw)
    {
        using var server = new RawServer(raw);
        using var client = CreateClient(server);

        var response = await client.SendAsync(new HttpMethod(method), "files/1", _json);

        Assert.Equal(JsonValueKind.Undefined, response.ValueKind);
    }

    [Fact]
    public async Task SendAsync_OfAForm_SendsItWithEachAttempt()
    {
        var responses = 0;
        using var server = new RawServer(_ => ++responses == 1 ? RawServer.Json("""{"error":{"message":"m","code":"overloaded"}}""", "503 Service Unavailable") : RawServer.Json("""{"text":"a"}"""));
        using var client = CreateClient(server);
        using var form = new MultipartFormDataContent("limit") { { new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes("ID3 sound"))), "file", "a.mp3" } };

        var response = await client.SendAsync(HttpMethod.Post, "audio/transcriptions", form, _json);

        Assert.Equal("a", response.GetProperty("text").GetString());
        var bodies = server.Requests.Select(request => request.Split("\r\n\r\n", 2)[1]).ToList();
        Assert.Equal(2, bodies.Count);
        Assert.Equal("--limit\r\nContent-Disposition: form-data; name=file; filename=a.mp3; filename*=utf-8''a.mp3\r\n\r\nID3 sound\r\n--limit--\r\n", bodies[0]);
        Assert.Equal(bodies[0], bodies[1]);
    }

    [Fact]
    public async Task SendAsync_OfAStreamThatCannotSeek_IsSentOnce()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes("abc"));
        await pipe.Writer.CompleteAsync();
        using var server = new RawServer(RawServer.Json("""{"error":{"message":"m","code":"overloaded"}}""", "503 Service Unavailable"));
        using var client = CreateClient(server);
        using var content = new StreamContent(pipe.Reader.AsStream());
        content.Headers.ContentLength = 3;

        await Assert.ThrowsAsync<CCApiServerException>(() => client.SendAsync(HttpMethod.Post, "files", content, _json));

        Assert.EndsWith("\r\n\r\nabc", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_OfABodyThatIsCut_Throws()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 10\r\n\r\nabc");
        using var client = CreateClient(server);

        using var response = await client.SendAsync(HttpMethod.Get, "videos/1/content", content: null);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => response.ReadAsBytesAsync());
        Assert.Single(exception.Attempts);
    }

    private static CCApiClient CreateClient(RawServer server) => new(new CCApiClientOptions
    {
        ApiKey = "sk-test-0123456789",
        BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/v1"),
        Retry = { BaseDelay = TimeSpan.Zero },
    });
}
