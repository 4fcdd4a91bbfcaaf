using System;
using System.IO;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Caching.Tests.Clients;

public class CachedAudioClientTests
{
    private static readonly AudioSpeechRequest _welcome = new() { Model = "elevenlabs/eleven_turbo_v2", Input = "Welcome.", Voice = "aria" };

    [Fact]
    public async Task StreamSpeech_FromTheCache_IsTheSameSound()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        using var first = await client.Audio.StreamSpeechAsync(_welcome);
        using var second = await client.Audio.StreamSpeechAsync(_welcome);

        Assert.Equal(1, emulator.Ledger.Count);
        Assert.Equal(await BytesOfAsync(first), await BytesOfAsync(second));
        Assert.Equal(("audio/mpeg", CostSource.Reported), (first.MediaType, first.Info!.Cost.Source));
        Assert.Equal(("audio/mpeg", CostSource.Cache), (second.MediaType, second.Info!.Cost.Source));
    }

    [Fact]
    public async Task StreamSpeech_WhoseLinkIsDead_HasTheSpeech()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { MediaLifetime = TimeSpan.FromTicks(1) });
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var exception = await Assert.ThrowsAsync<SpeechSaveException>(() => client.Audio.StreamSpeechAsync(_welcome));

        Assert.NotNull(exception.Speech?.AudioUrl);
        Assert.IsType<CCApiDownloadException>(exception.InnerException);
    }

    [Fact]
    public async Task StreamSpeech_WithoutTheCache_IsStreamed()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { RawSpeech = true });
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        using var sound = await client.Audio.StreamSpeechAsync(_welcome, new CCApiRequestOptions { UseCache = false });

        Assert.False(sound.CanSeek);
        await sound.CopyToAsync(Stream.Null);
    }

    [Fact]
    public async Task SpeakToFile_FromTheCache_SavesTheSameFile()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var first = await client.Audio.SpeakToFileAsync(_welcome, folder.At("a"));
        var second = await client.Audio.SpeakToFileAsync(_welcome, folder.At("b"));

        Assert.Equal(1, emulator.Ledger.Count);
        Assert.Equal((folder.At("a.mp3"), folder.At("b.mp3")), (first, second));
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public async Task Save_OfSpeechFromTheCache_NeedsNoDownload()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);
        await client.Audio.CreateSpeechAsync(_welcome);
        var speech = await client.Audio.CreateSpeechAsync(_welcome);
        await emulator.DisposeAsync();

        var path = await client.Audio.SaveAsync(speech, folder.At("a"));

        Assert.Equal(speech.B64Audio!.Length, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData("", "Welcome.")]
    [InlineData("m", "")]
    public async Task CreateSpeech_OfAnEmptyRequest_IsAnArgumentException(string model, string input)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        await Assert.ThrowsAsync<ArgumentException>(() => client.Audio.CreateSpeechAsync(new AudioSpeechRequest { Model = model, Input = input }));
    }

    private static async Task<byte[]> BytesOfAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
