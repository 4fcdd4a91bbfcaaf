using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
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
    [InlineData("""{"model":"elevenlabs/tts","input":"Hello","voice":5}""", "voice")]
    [InlineData("""{"model":"elevenlabs/tts","input":"Hello","output_format":"flac"}""", "output_format")]
    [InlineData("""{"model":"elevenlabs/tts","input":"Hello","output_format":7}""", "output_format")]
    [InlineData("""{"model":"elevenlabs/tts","input":"Hello","response_format":"mp3"}""", "response_format")]
    [InlineData("""{"model":"emulator/raw-speech","input":"Hello","response_format":"flac"}""", "response_format")]
    [InlineData("""{"model":"emulator/raw-speech","input":"Hello","output_format":"aac"}""", "output_format")]
    public async Task Response_WrongRequest_Is400AndNamesTheField(string body, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", body);

        Assert.Equal((400, param), (response.Status, response.Error["param"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Response_TextTooLong_NamesTheLimit()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", Body.Speech(new string('a', 4097)));

        Assert.Equal((400, "text_too_long"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("nobody/nothing")]
    [InlineData("openai/gpt-4o-mini")]
    [InlineData("emulator/job-failed")]
    public async Task Response_ModelWithoutSpeech_Is503(string model)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", $$"""{"model":"{{model}}","input":"Hello"}""");

        Assert.Equal((503, "model_not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Response_Inline_HoldsAWavOfTheStatedDuration()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", Body.Speech("Welcome to the gateway.", "\"output_format\":\"wav\",\"response_format\":\"b64_json\""));
        var wav = WavFile.Read(Convert.FromBase64String(response.Json["b64_audio"]!.GetValue<string>()));

        Assert.Equal(response.Json["duration"]!.GetValue<double>(), wav.Seconds, 0.001);
        Assert.InRange(wav.Rms, 0.01, 0.9);
    }

    [Fact]
    public async Task Response_ByUrl_PointsToAFileWithSound()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", Body.Speech("Welcome to the gateway.", "\"output_format\":\"wav\""));
        var wav = WavFile.Read((await world.GetAsync(response.Json["audio_url"]!.GetValue<string>())).Bytes);

        Assert.Equal(("wav", 23), (response.Json["format"]!.GetValue<string>(), response.Json["characters"]!.GetValue<int>()));
        Assert.True(wav.Rms > 0.01);
    }

    [Theory]
    [InlineData("", "mp3", "audio/mpeg", ".mp3")]
    [InlineData("\"output_format\":\"mp3\"", "mp3", "audio/mpeg", ".mp3")]
    [InlineData("\"output_format\":\"wav\"", "wav", "audio/wav", ".wav")]
    [InlineData("\"output_format\":\"ogg\"", "ogg", "audio/ogg", ".ogg")]
    public async Task Response_InAFormat_PointsToAFileOfThatFormat(string more, string format, string mediaType, string extension)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("audio/speech", Body.Speech("Hello", more));
        var file = await world.GetAsync(response.Json["audio_url"]!.GetValue<string>());

        Assert.Equal((format, mediaType, extension), (response.Json["format"]!.GetValue<string>(), file.MediaType, System.IO.Path.GetExtension(file.Path)));
    }

    [Fact]
    public async Task Speech_InMp3AndOgg_LastsAsStated()
    {
        await using var world = await World.StartAsync();

        var mp3 = await world.PostAsync("audio/speech", Body.Speech("Welcome to the gateway.", "\"response_format\":\"base64\""));
        var ogg = await world.PostAsync("audio/speech", Body.Speech("Welcome to the gateway.", "\"output_format\":\"ogg\",\"response_format\":\"base64\""));

        Assert.Equal(mp3.Json["duration"]!.GetValue<double>(), Mp3File.Read(Convert.FromBase64String(mp3.Json["b64_audio"]!.GetValue<string>())).Seconds, 0.001);
        Assert.Equal(ogg.Json["duration"]!.GetValue<double>(), OggFile.Read(Convert.FromBase64String(ogg.Json["b64_audio"]!.GetValue<string>())).Seconds, 0.001);
    }

    [Theory]
    [InlineData("", "audio/mpeg")]
    [InlineData("\"response_format\":\"wav\"", "audio/wav")]
    [InlineData("\"response_format\":\"opus\"", "audio/ogg")]
    [InlineData("\"response_format\":\"url\",\"output_format\":\"ogg\"", "audio/ogg")]
    public async Task Response_Raw_IsTheAudioWithoutALength(string more, string mediaType)
    {
        await using var world = await World.StartAsync(options => options.RawSpeech = true);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("audio/speech", UriKind.Relative)) { Content = new StringContent(Body.Speech("Hello", more)) };

        using var response = await world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, World.Token);

        Assert.Equal((mediaType, null, true), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentLength, response.Headers.TransferEncodingChunked));
    }

    [Fact]
    public async Task Response_Raw_IsTheFileOfTheDocumentedResponse()
    {
        await using var world = await World.StartAsync();

        var inline = await world.PostAsync("audio/speech", Body.Speech("Hello there", "\"response_format\":\"b64_json\""));
        using var content = new StringContent(Body.Speech("Hello there").Replace("elevenlabs/eleven_turbo_v2", "emulator/raw-speech", StringComparison.Ordinal));
        using var raw = await world.Http.PostAsync(new Uri("audio/speech", UriKind.Relative), content, World.Token);

        Assert.Equal(Convert.FromBase64String(inline.Json["b64_audio"]!.GetValue<string>()), await raw.Content.ReadAsByteArrayAsync(World.Token));
        Assert.Equal(["elevenlabs/eleven_turbo_v2", "emulator/raw-speech"], world.Emulator.Ledger.Charges.Select(charge => charge.Model));
    }

    /// <summary>A little more than a second of speech is five pieces after a wait each: the first one is here while the others wait for the clock.</summary>
    [Fact]
    public async Task Response_RawWithLatency_IsSentPieceByPiece()
    {
        var time = new CountingTime();
        await using var world = await World.StartAsync(options => (options.RawSpeech, options.Latency, options.TimeProvider) = (true, TimeSpan.FromSeconds(1), time));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("audio/speech", UriKind.Relative)) { Content = new StringContent(Body.Speech("Fifteen letters")) };
        var sending = world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, World.Token);
        await time.UntilAsync(waits: 1);
        time.Advance(TimeSpan.FromSeconds(1));
        using var response = await sending;
        await using var stream = await response.Content.ReadAsStreamAsync(World.Token);

        var first = await stream.ReadAtLeastAsync(new byte[826], 826, cancellationToken: World.Token);
        var rest = stream.ToArrayAsync();
        var isWaiting = !rest.IsCompleted;
        await time.RunAsync(rest);

        Assert.Equal((826, true, (42 + 1) * 96), (first, isWaiting, first + (await rest).Length));
        Assert.Equal(5, time.Waits);
    }

    [Fact]
    public async Task Speech_AtDoubleSpeed_TakesHalfTheTime()
    {
        await using var world = await World.StartAsync();
        var text = string.Join(' ', Enumerable.Repeat("word", 30));

        var responses = new[] { await world.PostAsync("audio/speech", Body.Speech(text, "\"output_format\":\"wav\"")), await world.PostAsync("audio/speech", Body.Speech(text, "\"output_format\":\"wav\",\"speed\":2")) };

        Assert.Equal(responses[0].Json["duration"]!.GetValue<double>() / 2, responses[1].Json["duration"]!.GetValue<double>(), 0.001);
    }

    /// <summary>Counts how often somebody waited for it, so that it need not run ahead.</summary>
    private sealed class CountingTime : FakeTimeProvider
    {
        private int _waits;

        public int Waits => Volatile.Read(ref _waits);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _waits);
            return timer;
        }

        public async Task UntilAsync(int waits)
        {
            using var patience = new CancellationTokenSource(World.Patience);
            while (Waits < waits)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }
}
