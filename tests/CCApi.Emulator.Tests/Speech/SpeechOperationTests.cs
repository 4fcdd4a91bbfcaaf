using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class SpeechOperationTests
{
    [Theory]
    [InlineData("""{"input":"Hello"}""", "model")]
    [InlineData("""{"model":7,"input":"Hello"}""", "model")]
    [InlineData("""{"model":"elevenlabs/tts"}""", "input")]
    [InlineData("""{"model":"elevenlabs/tts","input":"  "}""", "input")]
    [InlineData("""{"model":"elevenlabs/tts","input":["Hello"]}""", "input")]
    [InlineData("""{"model":"elevenlabs/tts","input":"Hello","speed":"fast"}""", "speed")]
    [InlineData("""{"model":"elevenlabs/tts","input":"Hello","speed":5}""", "speed")]
    public async Task Answer_ToAWrongRequest_Is400AndNamesTheField(string body, string param)
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("audio/speech", body);

        Assert.Equal((400, param), (answer.Status, answer.Error["param"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Answer_ToATextThatIsTooLong_SaysSo()
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("audio/speech", Body.Speech(new string('a', 4097)));

        Assert.Equal((400, "text_too_long"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("nobody/nothing")]
    [InlineData("openai/gpt-4o-mini")]
    public async Task Answer_FromAModelThatDoesNotSpeak_Is503(string model)
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("audio/speech", $$"""{"model":"{{model}}","input":"Hello"}""");

        Assert.Equal((503, "model_not_found"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Answer_Inline_HoldsAWavOfTheStatedDuration()
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("audio/speech", Body.Speech("Welcome to the gateway.", "\"response_format\":\"b64_json\""));
        var wav = WavFile.Read(Convert.FromBase64String(answer.Json["b64_audio"]!.GetValue<string>()));

        Assert.Equal(answer.Json["duration"]!.GetValue<double>(), wav.Seconds, 0.001);
        Assert.InRange(wav.Rms, 0.01, 0.9);
    }

    [Fact]
    public async Task Answer_ByUrl_PointsToAFileThatSounds()
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("audio/speech", Body.Speech("Welcome to the gateway."));
        var wav = WavFile.Read((await world.GetAsync(answer.Json["audio_url"]!.GetValue<string>())).Bytes);

        Assert.Equal(("wav", 23), (answer.Json["format"]!.GetValue<string>(), answer.Json["characters"]!.GetValue<int>()));
        Assert.True(wav.Rms > 0.01);
    }

    [Fact]
    public async Task Answer_AtDoubleSpeed_TakesHalfTheTime()
    {
        await using var world = await World.StartAsync();
        var text = string.Join(' ', Enumerable.Repeat("word", 30));

        var answers = new[] { await world.PostAsync("audio/speech", Body.Speech(text)), await world.PostAsync("audio/speech", Body.Speech(text, "\"speed\":2")) };

        Assert.Equal(answers[0].Json["duration"]!.GetValue<double>() / 2, answers[1].Json["duration"]!.GetValue<double>(), 0.001);
    }
}
