using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Audio;

public sealed class AudioClientStreamingTests : IDisposable
{
    private static readonly AudioSpeechRequest _request = new() { Model = "m", Input = "i", Voice = "v" };

    private static readonly TimeSpan _short = TimeSpan.FromSeconds(7);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly byte[] _buffer = new byte[100];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StreamSpeech_OfBytes_GivesThemBeforeTheRestArrives()
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3, [1, 2, 3]);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));

        using var sound = await StreamAsync(handler);

        Assert.False(body.Stalled.IsCompleted);
        Assert.Equal("audio/mpeg", sound.MediaType);
        Assert.Equal(HttpStatusCode.OK, sound.Info!.StatusCode);
        Assert.Null(sound.ContentLength);
        Assert.Equal(Bodies.Mp3.Length, await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None));
        Assert.Equal(3, await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None));
        Assert.Equal(["POST https://api.ccapi.ai/v1/audio/speech"], handler.Sent);
        Assert.Equal("application/json, audio/*", handler.Headers[0]["Accept"]);
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task StreamSpeech_BytesUnderAnotherLabel_DetectsTheirType(string? label)
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, label));

        using var sound = await StreamAsync(handler);

        Assert.Equal("audio/mpeg", sound.MediaType);
    }

    [Fact]
    public async Task StreamSpeech_OfAUrl_OpensItWithoutTheKey()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"format":"mp3","audio_url":"https://media.example.com/a.mp3"}"""), Sound(ScriptedStream.Stalling(Bodies.Mp3), "audio/mpeg"));

        using var sound = await StreamAsync(handler);

        Assert.Equal("GET https://media.example.com/a.mp3", handler.Sent[1]);
        Assert.DoesNotContain("Authorization", handler.Headers[1].Keys);
        Assert.Equal("audio/mpeg", sound.MediaType);
        Assert.NotNull(sound.Info);
    }

    [Fact]
    public async Task StreamSpeech_OfBase64_IsThereAtOnce()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"format":"pcm","b64_audio":"AQID"}"""));

        using var sound = await StreamAsync(handler);

        Assert.Equal("audio/pcm", sound.MediaType);
        Assert.Equal(3, sound.ContentLength);
        Assert.Equal([1, 2, 3], await ReadAsync(sound));
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("application/json")]
    public async Task StreamSpeech_OfAnErrorUnderAnyLabel_ThrowsIt(string label)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8("""  {"error":{"message":"no credit","code":"insufficient_funds"}}"""), label));

        await Assert.ThrowsAsync<CCApiBillingException>(() => StreamAsync(handler));
    }

    [Fact]
    public async Task StreamSpeech_OfSoundThatStartsLikeJson_KeepsTheSound()
    {
        var bytes = Bodies.Utf8("{ \"message\": that was sound");
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(bytes, "audio/pcm"));

        using var sound = await StreamAsync(handler);

        Assert.Equal(bytes, await ReadAsync(sound));
    }

    [Fact]
    public async Task StreamSpeech_EmptyBody_IsNotAResponse()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([], "audio/mpeg"));

        await Assert.ThrowsAsync<CCApiProtocolException>(() => StreamAsync(handler));
    }

    [Fact]
    public async Task StreamSpeech_InPiecesOfEverySize_KeepsEveryByte()
    {
        var random = new Random(20261103);
        for (var size = 1; size < 40; size++)
        {
            var pieces = Enumerable.Range(0, 10).Select(_ => new byte[random.Next(1, size + 1)]).ToArray();
            Array.ForEach(pieces, random.NextBytes);
            pieces[0][0] = 1;
            using var handler = new ScriptedHandler(Sound(ScriptedStream.Ending(pieces), "audio/pcm"));

            using var sound = await StreamAsync(handler);

            Assert.Equal(pieces.SelectMany(piece => piece), await ReadAsync(sound));
        }
    }

    [Fact]
    public async Task StreamSpeech_DisposedOf_ClosesTheConnection()
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        var sound = await StreamAsync(handler);
        Assert.False(body.IsDisposed);

        sound.Dispose();

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task StreamSpeech_ThatFallsSilent_EndsWithTheIdleBudget()
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        using var sound = await StreamAsync(handler);
        await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        _time.Advance(TimeSpan.FromSeconds(60));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(reading));
        Assert.Equal(CCApiTimeoutKind.Idle, exception.Kind);
        Assert.Equal(Bodies.Mp3.Length, exception.BytesReceived);
    }

    [Fact]
    public async Task StreamSpeech_ThatNeverBegins_EndsWithTheBudgetOfTheFirstChunk()
    {
        var body = ScriptedStream.Stalling();
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));

        var opening = StreamAsync(handler);
        await Patience.Wait(body.Stalled);
        _time.Advance(CCApiDefaults.FirstChunkTimeout);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(opening));
        Assert.Equal(CCApiTimeoutKind.FirstChunk, exception.Kind);
        Assert.True(body.IsDisposed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamSpeech_OfABodyThatCannotBeDecompressed_IsAProtocolErrorWithAttempts(bool hasBegun)
    {
        var cause = new InvalidDataException("not gzip");
        var body = hasBegun ? new PiecewiseStream().Send(Bodies.Mp3) : new PiecewiseStream();
        using var handler = new ScriptedHandler(Sound(body.Fail(cause), "audio/mpeg"));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(async () => await ReadAsync(await StreamAsync(handler)));

        Assert.Equal(
            ("POST /audio/speech returned a body that cannot be decompressed: not gzip", cause, HttpStatusCode.OK, 1),
            (exception.Message, exception.InnerException, exception.StatusCode, exception.Attempts.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamSpeech_DisposedUnderARead_EndsTheReadWithThat(bool isClient)
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        using var client = handler.CreateClient();
        using var sound = await client.Audio.StreamSpeechAsync(_request);
        await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        (isClient ? client : (IDisposable)sound).Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(reading));
    }

    [Fact]
    public async Task StreamSpeech_OfAnHour_MayTakeLongerThanTheTotalBudget()
    {
        using var handler = new ScriptedHandler(Sound(ScriptedStream.Ending(Bodies.Mp3, [1]), "audio/mpeg"));
        using var sound = await StreamAsync(handler);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([.. Bodies.Mp3, 1], await ReadAsync(sound));
    }

    [Fact]
    public async Task StreamSpeech_Cancelled_EndsTheRead()
    {
        using var cancellation = new CancellationTokenSource();
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        using var sound = await handler.CreateClient().Audio.StreamSpeechAsync(_request, cancellationToken: cancellation.Token);
        await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(reading));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task SpeakToFile_OfBytes_SavesThemAndReportsProgress()
    {
        using var handler = new ScriptedHandler(Sound(ScriptedStream.Ending(Bodies.Mp3, [1, 2], [3]), "audio/mpeg"));
        var progress = new Collector();

        var path = await handler.CreateClient().Audio.SpeakToFileAsync(_request, _folder.At("new/welcome"), new MediaSaveOptions { Progress = progress });

        Assert.Equal(_folder.At("new/welcome.mp3"), path);
        Assert.Equal([.. Bodies.Mp3, 1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([Bodies.Mp3.Length, Bodies.Mp3.Length + 2, Bodies.Mp3.Length + 3], progress.Seen);
    }

    [Fact]
    public async Task SpeakToFile_OfAUrl_SavesWhatIsThere()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"format":"wav","audio_url":"https://media.example.com/a.wav"}"""), ScriptedHandler.Bytes(Bodies.Mp3, "audio/wav"));

        var path = await handler.CreateClient().Audio.SpeakToFileAsync(_request, _folder.At("welcome"));

        Assert.Equal(_folder.At("welcome.mp3"), path);
    }

    [Fact]
    public async Task SpeakToFile_OfBytesWhoseFileFails_HasTheWholeSpeech()
    {
        using var handler = new ScriptedHandler(Sound(ScriptedStream.Ending(Bodies.Mp3, [1, 2], [3]), "audio/mpeg"));
        var audio = handler.CreateClient().Audio;

        var exception = await Assert.ThrowsAsync<SpeechSaveException>(
            () => audio.SpeakToFileAsync(_request, _folder.At("new/welcome"), new MediaSaveOptions { Progress = new FullDisk() }));

        Assert.Equal(
            "The speech was synthesized but not saved: The disk is full. Save it with AudioClient.SaveAsync from SpeechSaveException.Speech.", exception.Message);
        Assert.IsType<IOException>(exception.InnerException);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
        var path = await audio.SaveAsync(exception.Speech!, _folder.At("welcome"));
        Assert.Equal(_folder.At("welcome.mp3"), path);
        Assert.Equal([.. Bodies.Mp3, 1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(System.Net.HttpStatusCode.OK, exception.Speech!.Info!.StatusCode);
    }

    [Fact]
    public async Task SpeakToFile_OfMoreBytesThanAreKept_SaysThatTheyAreLost()
    {
        using var handler = new ScriptedHandler(Sound(ScriptedStream.Ending(Bodies.Mp3, [1, 2], [3]), "audio/mpeg"));

        var exception = await Assert.ThrowsAsync<SpeechSaveException>(() => handler.CreateClient(options => options.MaxResponseBytes = Bodies.Mp3.Length + 2)
            .Audio.SpeakToFileAsync(_request, _folder.At("welcome"), new MediaSaveOptions { Progress = new FullDisk() }));

        Assert.Null(exception.Speech);
        Assert.EndsWith("It is larger than CCApiClientOptions.MaxResponseBytes and was not kept.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"audio_url":"https://media.example.com/gone.mp3"}""", typeof(CCApiDownloadException))]
    [InlineData("""{"b64_audio":"SUQzBAAA"}""", typeof(IOException))]
    public async Task SpeakToFile_OfAResponseThatCannotBeSaved_HasTheResponse(string json, Type cause)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json(json), ScriptedHandler.Bytes([], null, System.Net.HttpStatusCode.Gone));

        var exception = await Assert.ThrowsAsync<SpeechSaveException>(
            () => handler.CreateClient().Audio.SpeakToFileAsync(_request, _folder.At("welcome"), new MediaSaveOptions { Progress = new FullDisk() }));

        Assert.IsType(cause, exception.InnerException);
        Assert.True(exception.Speech!.AudioUrl is not null || exception.Speech.B64Audio is not null);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task StreamSpeech_OfALinkThatIsGone_HasTheResponse()
    {
        using var handler = new ScriptedHandler(
            ScriptedHandler.Json("""{"audio_url":"https://media.example.com/gone.mp3"}"""), ScriptedHandler.Bytes([], null, HttpStatusCode.Gone));

        var exception = await Assert.ThrowsAsync<SpeechSaveException>(() => handler.CreateClient().Audio.StreamSpeechAsync(_request));

        Assert.IsType<CCApiDownloadException>(exception.InnerException);
        Assert.Equal("https://media.example.com/gone.mp3", exception.Speech!.AudioUrl);
        Assert.StartsWith("The speech was synthesized but not downloaded: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamSpeech_OfALinkCanceledWhileItIsRead_HasTheResponse()
    {
        using var cancellation = new CancellationTokenSource();
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"audio_url":"https://media.example.com/a.mp3"}"""), Sound(body, "audio/mpeg"));
        using var sound = await handler.CreateClient().Audio.StreamSpeechAsync(_request, cancellationToken: cancellation.Token);

        var copying = sound.CopyToAsync(Stream.Null, 81920, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(copying));
        Assert.Equal("https://media.example.com/a.mp3", Assert.IsType<SpeechSaveException>(exception.InnerException).Speech!.AudioUrl);
        Assert.Equal(("audio/mpeg", HttpStatusCode.OK), (sound.MediaType, sound.Info!.StatusCode));
    }

    [Fact]
    public async Task SpeakToFile_CancelledWhileSavingAUrl_IsACancellationThatHasTheResponse()
    {
        using var cancellation = new CancellationTokenSource();
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"audio_url":"https://media.example.com/a.mp3"}"""), Sound(body, "audio/mpeg"));

        var saving = handler.CreateClient().Audio.SpeakToFileAsync(_request, _folder.At("welcome"), cancellationToken: cancellation.Token);
        await Patience.Wait(body.Stalled);
        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(saving));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal("https://media.example.com/a.mp3", Assert.IsType<SpeechSaveException>(exception.InnerException).Speech!.AudioUrl);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task StreamSpeech_OfBytesThatTrickle_EndsWithTheDownloadBudget()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        var client = handler.CreateClient(options => (options.TimeProvider, options.Timeouts.Download) = (clock, TimeSpan.FromSeconds(5)));
        using var sound = await client.Audio.StreamSpeechAsync(_request);
        await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        clock.Advance(TimeSpan.FromSeconds(5));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(reading));
        Assert.Equal(CCApiTimeoutKind.Download, exception.Kind);
    }

    [Fact]
    public async Task StreamSpeech_ResponseIsJson_LeavesNoTimerAndNoTieToTheCaller()
    {
        var clock = new TestClock();
        var body = new MemoryStream(Encoding.UTF8.GetBytes($"{{\"b64_audio\":\"{Convert.ToBase64String(Bodies.Mp3)}\"}}"));
        using var handler = new ScriptedHandler(Sound(body, "application/json"));
        using var client = handler.CreateClient(options => options.TimeProvider = clock);

        using var sound = await client.Audio.StreamSpeechAsync(_request);

        Assert.Equal(Bodies.Mp3, await ReadAsync(sound));
        Assert.Equal(0, clock.Timers);
    }

    [Fact]
    public async Task SpeakToFile_OfASoundThatBreaks_LeavesNothing()
    {
        using var handler = new ScriptedHandler(Sound(ScriptedStream.Breaking(Bodies.Mp3), "audio/mpeg"));

        await Assert.ThrowsAsync<CCApiConnectionException>(() => handler.CreateClient().Audio.SpeakToFileAsync(_request, _folder.At("new/welcome")));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Theory]
    [InlineData("welcome.mp3", "welcome.mp3", null)]
    [InlineData("welcome.mp3", "welcome", null)]
    [InlineData("welcome.mp3", "welcome", "unheard-of")]
    [InlineData("welcome.ogg", "welcome", "opus")]
    public async Task SpeakToFile_OverAFile_ThrowsBeforeAnythingIsCharged(string taken, string name, string? format)
    {
        File.WriteAllText(_folder.At(taken), "mine");
        var request = new AudioSpeechRequest { Model = "m", Input = "i", Voice = "v", OutputFormat = format };
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Mp3, "audio/mpeg"));

        await Assert.ThrowsAsync<IOException>(() => handler.CreateClient().Audio.SpeakToFileAsync(request, _folder.At(name)));

        Assert.Empty(handler.Sent);
        Assert.Equal("mine", File.ReadAllText(_folder.At(taken)));
    }

    [Fact]
    public async Task SpeakToFile_OfAFake_NeedsOnlyTheStream()
    {
        var audio = new FakeAudio();

        var path = await audio.SpeakToFileAsync(_request, _folder.At("welcome"));

        Assert.Equal(".flac", Path.GetExtension(path));
    }

    [Fact]
    public async Task Methods_OfWrongArguments_SendNothing()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Mp3, "audio/mpeg"));
        var audio = handler.CreateClient().Audio;

        await Assert.ThrowsAsync<ArgumentNullException>("request", () => audio.StreamSpeechAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => audio.SpeakToFileAsync(null!, "a"));
        await Assert.ThrowsAsync<ArgumentNullException>("path", () => audio.SpeakToFileAsync(_request, null!));
        await Assert.ThrowsAsync<ArgumentException>("path", () => audio.SpeakToFileAsync(_request, " "));
        await Assert.ThrowsAsync<ArgumentException>("saveOptions", () => audio.SpeakToFileAsync(_request, "a", new MediaSaveOptions { MaxBytes = 0 }));
        await Assert.ThrowsAsync<ArgumentException>("request.Input", () => audio.StreamSpeechAsync(new AudioSpeechRequest { Model = "m", Input = "", Voice = "v" }));
        await Assert.ThrowsAsync<ArgumentException>("options", () => audio.StreamSpeechAsync(_request, new CCApiRequestOptions { Idle = TimeSpan.Zero }));

        Assert.Empty(handler.Sent);
    }

    private static Func<HttpResponseMessage> Sound(Stream body, string? label) => () =>
    {
        var content = new StreamContent(body);
        content.Headers.ContentType = label is null ? null : MediaTypeHeaderValue.Parse(label);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    };

    [Theory]
    [InlineData(CCApiTimeoutKind.Attempt)]
    [InlineData(CCApiTimeoutKind.Total)]
    public async Task StreamSpeech_WithoutHeaders_EndsWithTheBudget(CCApiTimeoutKind kind)
    {
        var reached = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new ScriptedHandler(async cancellationToken =>
        {
            reached.SetResult(true);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("unreachable");
        });

        var opening = StreamAsync(handler, kind);
        await Patience.Wait(reached.Task);
        _time.Advance(_short);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(opening));
        Assert.Equal((kind, 0L), (exception.Kind, exception.BytesReceived));
        Assert.Single(handler.Sent);
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.FirstChunk)]
    [InlineData(CCApiTimeoutKind.Total)]
    public async Task StreamSpeech_WithoutAFirstByte_EndsWithTheBudget(CCApiTimeoutKind kind)
    {
        var body = ScriptedStream.Stalling();
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));

        var opening = StreamAsync(handler, kind);
        await Patience.Wait(body.Stalled);
        _time.Advance(_short);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(opening));
        Assert.Equal((kind, 0L), (exception.Kind, exception.BytesReceived));
        Assert.True(body.IsDisposed);
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.Idle)]
    [InlineData(CCApiTimeoutKind.Download)]
    public async Task StreamSpeech_ThatStopsAfterItsStart_EndsWithTheBudget(CCApiTimeoutKind kind)
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        using var sound = await StreamAsync(handler, kind);
        await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        _time.Advance(_short);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(reading));
        Assert.Equal((kind, (long)Bodies.Mp3.Length), (exception.Kind, exception.BytesReceived));
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.Attempt)]
    [InlineData(CCApiTimeoutKind.Total)]
    [InlineData(CCApiTimeoutKind.FirstChunk)]
    [InlineData(CCApiTimeoutKind.NextChunk)]
    public async Task StreamSpeech_ThatPausesAfterItsStart_GoesOnAfterBudgetsOfItsStart(CCApiTimeoutKind kind)
    {
        var body = ScriptedStream.Stalling(Bodies.Mp3);
        using var handler = new ScriptedHandler(Sound(body, "audio/mpeg"));
        using var sound = await StreamAsync(handler, kind);
        await sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = sound.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await Patience.Wait(body.Stalled);
        _time.Advance(_short);
        body.End();

        Assert.Equal(0, await Patience.Wait(reading));
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Streams with one budget that is far shorter than the others.</summary>
    private Task<MediaStream> StreamAsync(ScriptedHandler handler, CCApiTimeoutKind kind)
    {
        var client = handler.CreateClient(options =>
        {
            options.TimeProvider = _time;
            TimeSpan Of(CCApiTimeoutKind other, TimeSpan usual) => kind == other ? _short : usual;
            options.Timeouts.Attempt = Of(CCApiTimeoutKind.Attempt, CCApiDefaults.AttemptTimeout);
            options.Timeouts.Total = Of(CCApiTimeoutKind.Total, CCApiDefaults.TotalTimeout);
            options.Timeouts.FirstChunk = Of(CCApiTimeoutKind.FirstChunk, CCApiDefaults.FirstChunkTimeout);
            options.Timeouts.NextChunk = Of(CCApiTimeoutKind.NextChunk, CCApiDefaults.NextChunkTimeout);
            options.Timeouts.Download = Of(CCApiTimeoutKind.Download, CCApiDefaults.DownloadTimeout);
            options.Timeouts.Idle = Of(CCApiTimeoutKind.Idle, CCApiDefaults.IdleTimeout);
        });

        return client.Audio.StreamSpeechAsync(_request);
    }

    private Task<MediaStream> StreamAsync(ScriptedHandler handler) => handler.CreateClient(options => options.TimeProvider = _time).Audio.StreamSpeechAsync(_request);

    private sealed class Collector : IProgress<long>
    {
        public List<long> Seen { get; } = [];

        public void Report(long value) => Seen.Add(value);
    }

    private sealed class FakeAudio : AudioClient
    {
        public override Task<MediaStream> StreamSpeechAsync(AudioSpeechRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new MediaStream(new MemoryStream([1, 2, 3]), "audio/flac"));
    }

    private sealed class FullDisk : IProgress<long>
    {
        public void Report(long value) => throw new IOException("The disk is full.");
    }
}
