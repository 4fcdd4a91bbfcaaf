using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Audio;

public sealed class AudioClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedHandler _handler = new(ScriptedHandler.Bytes(Bodies.Mp3, "audio/mpeg"));
    private readonly CCApiClient _client;

    public AudioClientTests() => _client = _handler.CreateClient();

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task CreateSpeech_OfEverything_SendsIt()
    {
        var request = new AudioSpeechRequest
        {
            Model = "elevenlabs/eleven_turbo_v2",
            Input = "Grüezi, and welcome to CCAPI.",
            Voice = "aria",
            OutputFormat = "wav",
            ResponseFormat = "b64_json",
            Speed = 1.25,
        };

        await _client.Audio.CreateSpeechAsync(request, new CCApiRequestOptions { IdempotencyKey = "once" });

        Assert.Equal(["POST https://api.ccapi.ai/v1/audio/speech"], _handler.Sent);
        Assert.Equal(
            """{"model":"elevenlabs/eleven_turbo_v2","input":"Grüezi, and welcome to CCAPI.","voice":"aria","output_format":"wav","response_format":"b64_json","speed":1.25}""",
            _handler.Bodies[0]);
        Assert.Equal($"Bearer {ScriptedHandler.Key}", _handler.Headers[0]["Authorization"]);
        Assert.Equal("application/json, audio/*", _handler.Headers[0]["Accept"]);
        Assert.Equal("application/json", _handler.Headers[0]["Content-Type"]);
        Assert.Equal("once", _handler.Headers[0]["Idempotency-Key"]);
    }

    [Fact]
    public async Task CreateSpeech_OfThreeTexts_SendsThem()
    {
        await _client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria");

        Assert.Equal("""{"model":"elevenlabs/eleven_turbo_v2","input":"Welcome.","voice":"aria"}""", _handler.Bodies[0]);
    }

    [Theory]
    [InlineData(null, "i", "v", "model")]
    [InlineData(" ", "i", "v", "model")]
    [InlineData("m", null, "v", "input")]
    [InlineData("m", "", "v", "input")]
    [InlineData("m", "i", null, "voice")]
    [InlineData("m", "i", "\t", "voice")]
    public async Task CreateSpeech_OfAnEmptyText_IsAnArgumentError(string? model, string? input, string? voice, string parameter)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => _client.Audio.CreateSpeechAsync(model!, input!, voice!));

        Assert.Equal(parameter, exception.ParamName);
        Assert.Empty(_handler.Sent);
    }

    [Theory]
    [InlineData("", "i", "request.Model")]
    [InlineData("m", "", "request.Input")]
    public async Task CreateSpeech_OfARequestWithAnEmptyText_IsAnArgumentError(string model, string input, string parameter)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(
            () => _client.Audio.CreateSpeechAsync(new AudioSpeechRequest { Model = model, Input = input, Voice = "v" }));

        Assert.Equal(parameter, exception.ParamName);
        Assert.Empty(_handler.Sent);
    }

    [Fact]
    public async Task Methods_OfNull_AreArgumentErrors()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => _client.Audio.CreateSpeechAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("speech", () => _client.Audio.OpenReadAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("speech", () => _client.Audio.SaveAsync(null!, "a"));
        await Assert.ThrowsAsync<ArgumentNullException>("path", () => _client.Audio.SaveAsync(new AudioSpeechResponse(), null!));
        await Assert.ThrowsAsync<ArgumentException>("path", () => _client.Audio.SaveAsync(new AudioSpeechResponse(), " "));
    }

    [Fact]
    public async Task OpenRead_BytesInTheResponse_NeedsNoDownload()
    {
        var speech = new AudioSpeechResponse { B64Audio = new Base64Data([1, 2, 3]), AudioUrl = "https://media.example.com/a.mp3" };

        var bytes = await ReadAsync(speech);

        Assert.Equal([1, 2, 3], bytes);
        Assert.Empty(_handler.Sent);
    }

    [Fact]
    public async Task OpenRead_OfADataUrl_NeedsNoDownload()
    {
        var bytes = await ReadAsync(new AudioSpeechResponse { AudioUrl = "data:audio/mpeg;base64,AQID" });

        Assert.Equal([1, 2, 3], bytes);
        Assert.Empty(_handler.Sent);
    }

    [Fact]
    public async Task OpenRead_OfAUrl_DownloadsItWithoutTheKey()
    {
        var bytes = await ReadAsync(new AudioSpeechResponse { AudioUrl = "https://media.example.com/a.mp3" });

        Assert.Equal(Bodies.Mp3, bytes);
        Assert.Equal(["GET https://media.example.com/a.mp3"], _handler.Sent);
        Assert.DoesNotContain("Authorization", _handler.Headers[0].Keys);
    }

    [Fact]
    public async Task OpenRead_ResponseWithoutAudio_Throws()
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(new AudioSpeechResponse()));

        Assert.Equal("The response has neither the bytes nor a URL.", exception.Message);
    }

    [Fact]
    public async Task Save_ResponseOfBytes_AppendsTheRealType()
    {
        var speech = await _client.Audio.CreateSpeechAsync("m", "i", "v");

        var path = await _client.Audio.SaveAsync(speech, _folder.At("welcome"));

        Assert.Equal(_folder.At("welcome.mp3"), path);
        Assert.Equal(Bodies.Mp3, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("audio/webm", "pcm", ".webm")]
    [InlineData(null, "pcm", ".pcm")]
    [InlineData(null, "mp3", ".mp3")]
    [InlineData(null, null, ".bin")]
    public async Task Save_OfBytesThatShowNothing_BelievesTheLabelThenTheFormat(string? mediaType, string? format, string expected)
    {
        var speech = new AudioSpeechResponse { B64Audio = new Base64Data([1, 2, 3]), MediaType = mediaType, Format = format };

        var path = await _client.Audio.SaveAsync(speech, _folder.At("a"));

        Assert.Equal(expected, Path.GetExtension(path));
    }

    [Fact]
    public async Task Save_OfADownload_BelievesItsLabel()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([1, 2, 3], "audio/flac"));
        using var client = handler.CreateClient();

        var path = await client.Audio.SaveAsync(new AudioSpeechResponse { AudioUrl = "https://media.example.com/a", Format = "mp3" }, _folder.At("a"));

        Assert.Equal(".flac", Path.GetExtension(path));
    }

    [Fact]
    public async Task Save_WithALimitThatNothingFits_IsAnArgumentErrorBeforeTheDownload()
    {
        var speech = new AudioSpeechResponse { AudioUrl = "https://media.example.com/a.mp3" };

        await Assert.ThrowsAsync<ArgumentException>("saveOptions", () => _client.Audio.SaveAsync(speech, _folder.At("a"), new MediaSaveOptions { MaxBytes = 0 }));

        Assert.Empty(_handler.Sent);
    }

    [Fact]
    public async Task Save_OfADownloadThatIsTooLarge_LeavesNothing()
    {
        var speech = new AudioSpeechResponse { AudioUrl = "https://media.example.com/a.mp3" };

        await Assert.ThrowsAsync<CCApiProtocolException>(() => _client.Audio.SaveAsync(speech, _folder.At("a"), new MediaSaveOptions { MaxBytes = 5 }));

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_CancelledMidway_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(ScriptedHandler.Body(new System.Net.Http.StreamContent(body)));
        using var client = handler.CreateClient();

        var saving = client.Audio.SaveAsync(new AudioSpeechResponse { AudioUrl = "https://media.example.com/a.mp3" }, _folder.At("a"), null, cancellation.Token);
        await body.Stalled;
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.Empty(_folder.Files);
        Assert.True(body.IsDisposed);
    }

    private async Task<byte[]> ReadAsync(AudioSpeechResponse speech)
    {
        using var stream = await _client.Audio.OpenReadAsync(speech);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
