using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>What a server on another port receives: neither the key nor anything else of the caller's.</summary>
public sealed class OtherHostTests : IDisposable
{
    private static readonly byte[] _sound = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0];

    private readonly TemporaryFolder _folder = new();
    private readonly Gateway _gateway = new();
    private readonly Gateway _media = new();

    public void Dispose()
    {
        _media.Dispose();
        _gateway.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AudioUrl_OnAnotherPort_GetsNoKey()
    {
        _gateway.Always(Reply.Json($$"""{"audio_url":"{{_media.Url}}/a.mp3"}"""));
        _media.Always(new Reply(200, "audio/mpeg", _sound));
        using var client = CreateClient();
        var request = new AudioSpeechRequest { Model = "m", Input = "i", Voice = "v" };

        var saved = await client.Audio.SaveAsync(await client.Audio.CreateSpeechAsync(request), _folder.At("a"));
        var spoken = await client.Audio.SpeakToFileAsync(request, _folder.At("b"));
        using var sound = await client.Audio.StreamSpeechAsync(request);

        Assert.Equal(_sound, await File.ReadAllBytesAsync(saved, TestContext.Current.CancellationToken));
        Assert.Equal(_sound, await File.ReadAllBytesAsync(spoken, TestContext.Current.CancellationToken));
        Assert.Equal("audio/mpeg", sound.MediaType);
        AssertReceivedNothing(3);
    }

    [Fact]
    public async Task ImageUrl_RedirectedOnAnotherPort_GetsNoKey()
    {
        _gateway.At("/v1/images/generations", Reply.Json($$"""{"data":[{"url":"{{_gateway.Url}}/go"}]}"""));
        _gateway.At("/go", Reply.Text("text/plain", "", 302).With("Location", $"{_media.Url}/first"));
        _media.At("/first", Reply.Text("text/plain", "", 307).With("Location", "/second"));
        _media.At("/second", new Reply(200, "image/png", [0x89, 0x50, 0x4E, 0x47]));
        using var client = CreateClient();

        var paths = await client.Images.GenerateToFilesAsync(new LegacyImageGenerationRequest { Model = "m", Prompt = "p" }, _folder.At("fox"));

        Assert.Equal([_folder.At("fox.png")], paths);
        AssertReceivedNothing(2);
        Assert.DoesNotContain("Authorization", Assert.Single(_gateway.Received, message => message.Line == "GET /go").Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\"id\":\"j\",")]
    [InlineData("")]
    public async Task PollUrl_OnAnotherPort_IsNeverAsked(string id)
    {
        _gateway.At("/v1/images/generate", Reply.Json($$"""{{{id}}"status":"pending","poll_url":"{{_media.Url}}/v1/images/jobs/j"}""", 202));
        _gateway.At("/v1/images/jobs/j", Reply.Json("""{"id":"j","status":"completed","data":[{"b64_json":"AQID"}]}"""));
        _media.Always(Reply.Json("""{"id":"j","status":"completed","data":[{"b64_json":"BAUG"}]}"""));
        using var client = CreateClient();

        var images = await client.Images.GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."));

        Assert.Equal([1, 2, 3], images.Data![0].B64Json!.ToArray());
        Assert.Empty(_media.Received);
    }

    [Fact]
    public async Task ImageUrl_WithAnHttpClientOfTheCaller_GetsNothingOfIt()
    {
        _gateway.Always(Reply.Json($$"""{"data":[{"url":"{{_media.Url}}/a.png"}]}"""));
        _media.Always(new Reply(200, "image/png", [0x89, 0x50, 0x4E, 0x47]));
        using var http = new HttpClient(new SigningHandler());
        http.DefaultRequestHeaders.Add("X-Client", "1");
        using var client = new CCApiClient(http, new CCApiClientOptions { ApiKey = Gateway.Key, BaseAddress = new Uri($"{_gateway.Url}/v1") });

        var images = await client.Images.GenerateAsync("m", "p");
        await client.Images.SaveAsync(images.Data![0], _folder.At("a"));

        Assert.Equal("1", Assert.Single(_gateway.Received).Headers["X-Signature"]);
        AssertReceivedNothing(1);
        Assert.DoesNotContain("X-Signature", _media.Received[0].Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.StartsWith("CCApi.Sdk/", _media.Received[0].Headers["User-Agent"], StringComparison.Ordinal);
    }

    private CCApiClient CreateClient() => _gateway.CreateClient(options => options.Headers["X-Client"] = "1");

    private void AssertReceivedNothing(int requests)
    {
        Assert.Equal(requests, _media.Received.Count);
        Assert.All(_media.Received, message =>
        {
            Assert.DoesNotContain(message.Headers.Keys, name => new[] { "Authorization", "X-Client", "Idempotency-Key", "Cookie" }.Contains(name, StringComparer.OrdinalIgnoreCase));
            Assert.DoesNotContain(message.Headers.Values, value => value.Contains(Gateway.Key, StringComparison.Ordinal));
        });
    }

    private sealed class SigningHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Signature", "1");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
