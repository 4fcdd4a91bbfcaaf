using System;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Speech;

public sealed class SpeechRequestWriterTests : IDisposable
{
    private readonly CannedGateway _gateway = new();

    [Fact]
    public Task Write_OfAText_SendsModelInputAndVoice() => AssertSentAsync(null, """{"model":"m","input":"Hello","voice":"aria"}""");

    [Fact]
    public Task Write_WithEveryOption_SendsEachUnderItsWireName() => AssertSentAsync(
        new TextToSpeechOptions
        {
            ModelId = "other",
            VoiceId = "roger",
            Language = "en",
            AudioFormat = "audio/wav",
            Speed = 1.1f,
            Pitch = 0.9f,
            Volume = 0.5f,
            AdditionalProperties = new() { ["instructions"] = "Cheerful." },
        },
        """
        {"model":"other","input":"Hello","voice":"roger","output_format":"wav","speed":1.1,"language":"en","pitch":0.9,"volume":0.5,"instructions":"Cheerful."}
        """);

    [Theory]
    [InlineData("mp3", "mp3")]
    [InlineData("audio/mpeg", "mp3")]
    [InlineData("AUDIO/OPUS", "opus")]
    [InlineData("new", "new")]
    public Task Write_WithAFormat_SendsItsName(string format, string expected) =>
        AssertSentAsync(new TextToSpeechOptions { AudioFormat = format }, $$"""{"model":"m","input":"Hello","voice":"aria","output_format":"{{expected}}"}""");

    [Fact]
    public Task Write_WithARequestOfTheCaller_FillsOnlyWhatIsNull() => AssertSentAsync(
        new TextToSpeechOptions
        {
            VoiceId = "roger",
            AudioFormat = "wav",
            RawRepresentationFactory = _ => new AudioSpeechRequest { Model = "own", Input = "", Voice = "sarah", ResponseFormat = SpeechResponseFormat.B64Json },
        },
        """{"model":"own","input":"Hello","voice":"sarah","output_format":"wav","response_format":"b64_json"}""");

    [Fact]
    public Task Write_WithNamesThatAreEmpty_SendsTheNextOnes() => AssertSentAsync(
        new TextToSpeechOptions
        {
            ModelId = " ",
            VoiceId = "",
            RawRepresentationFactory = _ => new AudioSpeechRequest { Model = "", Input = "", Voice = "" },
        },
        """{"model":"m","input":"Hello","voice":"aria"}""");

    [Fact]
    public Task Write_WithTheInputOfTheCallersRequest_SendsItInPlaceOfTheText() => AssertSentAsync(
        new TextToSpeechOptions { RawRepresentationFactory = _ => new AudioSpeechRequest { Model = "", Input = "Own", Voice = "" } },
        """{"model":"m","input":"Own","voice":"aria"}""",
        text: "");

    [Fact]
    public async Task Write_OfNoText_Throws()
    {
        using var speech = _gateway.Client.Audio.AsITextToSpeechClient("m");

        await Assert.ThrowsAsync<ArgumentException>("text", () => speech.GetAudioAsync(" "));
        await Assert.ThrowsAsync<ArgumentNullException>("text", () => speech.GetAudioAsync(null!));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task AssertSentAsync(TextToSpeechOptions? options, string expected, string text = "Hello")
    {
        _gateway.Json("""{"b64_audio":"SUQzBAAAAAA=","format":"mp3"}""");
        using var speech = _gateway.Client.Audio.AsITextToSpeechClient("m", "aria");

        await speech.GetAudioAsync(text, options);

        _gateway.AssertSent(expected);
    }
}
