using System;
using System.IO;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class SpeechQuirkTests
{
    private const string Opus = "4F 67 67 53 00 02 00 00 00 00 00 00 00 00 00 00";

    private const string Aac = "FF F1 50 80 02 1F FC DE 02 00 4C 61 76 63 00 00";

    private const string Flac = "66 4C 61 43 00 00 00 22 10 00 10 00 00 00 0E 00";

    private const string Wav = "52 49 46 46 24 00 00 00 57 41 56 45 66 6D 74 20 10 00 00 00";

    private const string Mp3 = "49 44 33 04 00 00 00 00 00 00 FF FB 90 64 00 00";

    [Theory]
    [InlineData(Mp3, "audio/mpeg", "audio/mpeg")]
    [InlineData(Opus, "audio/ogg", "audio/ogg")]
    [InlineData(Opus, "audio/opus", "audio/ogg")]
    [InlineData(Aac, "audio/aac", "audio/aac")]
    [InlineData(Flac, "audio/flac", "audio/flac")]
    [InlineData(Wav, "audio/wav", "audio/wav")]
    [InlineData(Wav, "audio/mpeg", "audio/wav")]
    [InlineData(Mp3, "application/octet-stream", "audio/mpeg")]
    [InlineData(Wav, "application/octet-stream", "audio/wav")]
    [InlineData(Flac, null, "audio/flac")]
    public async Task Speech_AsBytes_IsUnchangedWithItsRealType(string hex, string? label, string expected)
    {
        var bytes = Bodies.Hex(hex);
        using var client = Client(bytes, label);
        var speech = await SpeakAsync(client);

        using var opened = await client.Audio.OpenReadAsync(speech);
        using var audio = new MemoryStream();
        await opened.CopyToAsync(audio);

        Assert.Equal(bytes, audio.ToArray());
        Assert.Equal(expected, speech.MediaType);
    }

    [Theory]
    [InlineData("{\"b64_audio\":\"@\"}")]
    [InlineData("{\"b64_audio\":\"@\",\"audio_url\":null,\"format\":\"mp3\",\"x\":1}")]
    public async Task Speech_AsJson_IsItsBytes(string json)
    {
        var bytes = Bodies.Hex(Mp3);
        using var client = Client(Bodies.Utf8(json.Replace("@", Convert.ToBase64String(bytes))), "application/json");
        var speech = await SpeakAsync(client);

        using var opened = await client.Audio.OpenReadAsync(speech);
        using var audio = new MemoryStream();
        await opened.CopyToAsync(audio);

        Assert.Equal(bytes, audio.ToArray());
    }

    [Fact]
    public async Task Speech_AsAUrl_IsTheUrl()
    {
        using var client = Client(Bodies.Utf8("""{"audio_url":"https://media.test/a.mp3","b64_audio":null,"format":"mp3"}"""), "application/json");

        var speech = await SpeakAsync(client);

        Assert.Equal("https://media.test/a.mp3", speech.AudioUrl);
    }

    /// <summary>The body comes in pieces and without a length, as chunked bodies do.</summary>
    private static CCApiClient Client(byte[] body, string? label) => new FakeGateway().Respond(_ =>
    {
        var response = FakeGateway.Stream(200, PiecewiseStream.Of(body, 5));
        if (label is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", label);
        }

        return response;
    }).Client();

    private static Task<AudioSpeechResponse> SpeakAsync(CCApiClient client) => client.Audio.CreateSpeechAsync("m", "Hello.", "aria");
}
