using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Audio;

public class SpeechResponseReaderTests
{
    [Fact]
    public async Task Read_OfTheDocumentedJson_GivesEveryMember()
    {
        var json = Example.Load("AudioSpeechResponse.full.json").Documents[0].Json;

        var speech = await ReadAsync(ScriptedHandler.Json(json));

        Assert.Equal("wav", speech.Format?.Value);
        Assert.Equal(29, speech.Characters);
        Assert.Equal("https://media.example.com/speech/9f2d.wav", speech.AudioUrl);
        Assert.Equal(52, speech.B64Audio!.Length);
        Assert.Null(speech.MediaType);
        Assert.Equal(HttpStatusCode.OK, speech.Info!.StatusCode);
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("AUDIO/MPEG")]
    [InlineData("audio/wav")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData(null)]
    public async Task Read_OfBytesThatShowTheirType_KeepsThemUnderItWhateverTheLabel(string? label)
    {
        var speech = await ReadAsync(ScriptedHandler.Bytes(Bodies.Mp3, label));

        Assert.Equal(Bodies.Mp3, speech.B64Audio!.ToArray());
        Assert.Equal("audio/mpeg", speech.MediaType);
        Assert.Null(speech.AudioUrl);
        Assert.Equal(HttpStatusCode.OK, speech.Info!.StatusCode);
    }

    [Theory]
    [InlineData("audio/pcm")]
    [InlineData("audio/L16")]
    [InlineData("audio/x-unheard-of")]
    [InlineData("application/octet-stream")]
    [InlineData("binary/octet-stream")]
    [InlineData("Application/X-Binary")]
    [InlineData("application/force-download")]
    [InlineData(null)]
    public async Task Read_OfSoundWithoutAHeader_BelievesTheLabel(string? label)
    {
        var speech = await ReadAsync(ScriptedHandler.Bytes(Bodies.Pcm, label));

        Assert.Equal(Bodies.Pcm, speech.B64Audio!.ToArray());
        Assert.Equal(label, speech.MediaType);
    }

    [Fact]
    public async Task Read_OfSoundThatStartsLikeJson_KeepsTheSound()
    {
        var sound = Bodies.Utf8("{ \"message\": that was sound");

        var speech = await ReadAsync(ScriptedHandler.Bytes(sound, "audio/pcm"));

        Assert.Equal(sound, speech.B64Audio!.ToArray());
    }

    [Fact]
    public async Task Read_OfChunkedBytes_KeepsThemAll()
    {
        var content = new StreamContent(ScriptedStream.Ending([.. Bodies.Mp3], [1, 2, 3], [4]));
        content.Headers.TryAddWithoutValidation("Content-Type", "audio/mpeg");

        var speech = await ReadAsync(ScriptedHandler.Body(content));

        Assert.Equal([.. Bodies.Mp3, 1, 2, 3, 4], speech.B64Audio!.ToArray());
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("application/octet-stream")]
    public async Task Read_OfJsonUnderTheLabelOfAudio_ReadsTheJson(string label)
    {
        var speech = await ReadAsync(ScriptedHandler.Bytes(Bodies.Utf8("""{"audio_url":"https://media.example.com/a.mp3"}"""), label));

        Assert.Equal("https://media.example.com/a.mp3", speech.AudioUrl);
        Assert.Null(speech.B64Audio);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Your balance is too low.","type":"billing_error","code":"insufficient_quota"}}""")]
    [InlineData("""[{"error":{"message":"Your balance is too low.","code":402}}]""")]
    public async Task Read_OfAnErrorUnderTheLabelOfAudio_ThrowsIt(string json)
    {
        var exception = await Assert.ThrowsAsync<CCApiBillingException>(() => ReadAsync(ScriptedHandler.Bytes(Bodies.Utf8(json), "audio/mpeg")));

        Assert.Equal("Your balance is too low.", exception.GatewayMessage);
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task Read_OfAnEmptyBody_IsNotAResponse(string? label)
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(ScriptedHandler.Bytes([], label)));

        Assert.StartsWith("POST /audio/speech returned 200 with an empty body.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfAPage_IsNotAResponse()
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(ScriptedHandler.Bytes(Bodies.Utf8("<html><title>Welcome</title></html>"), "text/html")));

        Assert.StartsWith("POST /audio/speech returned 200 with HTML instead of JSON. It starts with: Welcome.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audio/mpeg", "<html><title>Welcome</title></html>", "with HTML instead of JSON. It starts with: Welcome.")]
    [InlineData("application/octet-stream", "\n<!DOCTYPE html><html>Welcome</html>", "with HTML instead of JSON. It starts with: Welcome.")]
    [InlineData("audio/wav", "<?xml version=\"1.0\"?><Error><Code>Expired</Code></Error>", "with")]
    [InlineData("audio/mpeg", "{\"error\":{\"message\":\"no", "with")]
    public async Task Read_OfAPageUnderTheLabelOfAudio_IsNotAResponse(string label, string body, string expected)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8(body), label));
        using var client = handler.CreateClient();
        var request = new AudioSpeechRequest { Model = "m", Input = "i" };

        var read = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Audio.CreateSpeechAsync(request));
        var streamed = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Audio.StreamSpeechAsync(request));

        Assert.StartsWith($"POST /audio/speech returned 200 {expected}", read.Message, StringComparison.Ordinal);
        Assert.Equal(read.Message, streamed.Message);
    }

    [Fact]
    public async Task Read_OfMoreThanTheLimit_SaysWhichOption()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Mp3, "audio/mpeg"));
        using var client = handler.CreateClient(options => options.MaxResponseBytes = Bodies.Mp3.Length - 1);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Audio.CreateSpeechAsync("m", "i", "v"));

        Assert.Contains("CCApiClientOptions.MaxResponseBytes", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<AudioSpeechResponse> ReadAsync(Func<HttpResponseMessage> reply)
    {
        using var handler = new ScriptedHandler(reply);
        using var client = handler.CreateClient();
        return await client.Audio.CreateSpeechAsync("m", "i", "v");
    }
}
