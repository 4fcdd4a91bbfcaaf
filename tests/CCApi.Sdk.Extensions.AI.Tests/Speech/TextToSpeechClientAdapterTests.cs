using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Speech;

public sealed class TextToSpeechClientAdapterTests
{
    private const string Model = "elevenlabs/eleven_turbo_v2";

    [Fact]
    public async Task GetAudioAsync_OfAText_ReturnsTheSound()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var speech = client.Audio.AsITextToSpeechClient(Model, "aria");

        var response = await speech.GetAudioAsync("Welcome.");

        var sound = Assert.IsType<DataContent>(Assert.Single(response.Contents));
        Assert.Equal("audio/mpeg", sound.MediaType);
        Assert.True(sound.Data.Length > 1000);
        Assert.Equal(Model, response.ModelId);
        var raw = Assert.IsType<AudioSpeechResponse>(response.RawRepresentation);
        Assert.Equal(raw.Info!.RequestId, response.ResponseId);
        Assert.Equal(raw.CreditsCharged, response.AdditionalProperties![CCApiAIProperties.Cost]);
        Assert.Equal(1, response.AdditionalProperties[CCApiAIProperties.Attempts]);
    }

    [Fact]
    public async Task GetStreamingAudioAsync_OfAText_ReturnsTheSameSoundInPieces()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var speech = client.Audio.AsITextToSpeechClient(Model, "aria");
        var text = string.Join(" ", Enumerable.Repeat("A long text for several pieces.", 20));
        var options = new TextToSpeechOptions { AudioFormat = "wav" };
        var plain = (DataContent)(await speech.GetAudioAsync(text, options)).Contents[0];

        var updates = await speech.GetStreamingAudioAsync(text, options).ToListAsync();

        Assert.True(updates.Count > 3);
        Assert.All(updates, update => Assert.Equal(TextToSpeechResponseUpdateKind.AudioUpdating, update.Kind));
        Assert.All(updates, update => Assert.NotNull(update.RawRepresentation));
        Assert.Single(updates.Select(update => update.ResponseId).Distinct());
        var pieces = updates.SelectMany(update => update.Contents).Cast<DataContent>().ToList();
        Assert.All(pieces, piece => Assert.Equal("audio/wav", piece.MediaType));
        Assert.Equal(plain.Data.ToArray(), pieces.SelectMany(piece => piece.Data.ToArray()));
        Assert.Equal(updates[0].ResponseId, updates[0].AdditionalProperties![CCApiAIProperties.RequestId]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Audio_WithALinkThatExpired_KeepsThePaidSpeech(bool isStream)
    {
        var gateway = new LinkingGateway("""{"format":"mp3","audio_url":"https://cdn.test/expired"}""");
        using var speech = gateway.Client.Audio.AsITextToSpeechClient(Model, "aria");

        var exception = await Assert.ThrowsAsync<SpeechSaveException>(async () =>
        {
            if (isStream)
            {
                await speech.GetStreamingAudioAsync("Welcome.").ToListAsync();
            }
            else
            {
                await speech.GetAudioAsync("Welcome.");
            }
        });

        Assert.IsType<CCApiDownloadException>(exception.InnerException);
        Assert.Equal("https://cdn.test/expired", exception.Speech!.AudioUrl);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Audio_CanceledDuringTheDownload_KeepsThePaidSpeech(bool isStream)
    {
        var gateway = new LinkingGateway("""{"format":"mp3","audio_url":"https://cdn.test/hangs"}""");
        using var speech = gateway.Client.Audio.AsITextToSpeechClient(Model, "aria");

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            if (isStream)
            {
                await speech.GetStreamingAudioAsync("Welcome.", cancellationToken: gateway.Hanging.Token).ToListAsync();
            }
            else
            {
                await speech.GetAudioAsync("Welcome.", cancellationToken: gateway.Hanging.Token);
            }
        });

        Assert.Equal("https://cdn.test/hangs", Assert.IsType<SpeechSaveException>(exception.InnerException).Speech!.AudioUrl);
    }

    [Fact]
    public async Task GetService_OfTheAdapter_FindsMetadataAndFacade()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var speech = client.Audio.AsITextToSpeechClient(Model);

        var metadata = (TextToSpeechClientMetadata)speech.GetService(typeof(TextToSpeechClientMetadata))!;

        Assert.Equal(("ccapi", emulator.BaseAddress, Model), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.Same(client.Audio, speech.GetService(typeof(AudioClient)));
        Assert.Same(speech, speech.GetService(typeof(ITextToSpeechClient)));
    }
}
