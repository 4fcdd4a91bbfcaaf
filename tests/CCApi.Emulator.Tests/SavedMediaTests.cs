using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests;

/// <summary>Files that the SDK saved, opened by decoders that know neither of us.</summary>
public sealed class SavedMediaTests : IDisposable
{
    private const string Text = "The quick brown fox jumps over the lazy dog, and then it sits down to think about what it has done. It will do so again tomorrow.";

    private readonly DirectoryInfo _folder;

    public SavedMediaTests()
    {
        Assert.SkipWhen(Decoder.IsMissing, "ffmpeg is not installed.");
        _folder = Directory.CreateTempSubdirectory("ccapi-saved-");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("mp3", ".mp3", "mp3")]
    [InlineData("wav", ".wav", "pcm_s16le")]
    [InlineData("ogg", ".ogg", "opus")]
    [InlineData("opus", ".ogg", "opus")]
    public async Task Speech_OfEachFormat_PlaysAsLongAsTheResponseStates(string format, string extension, string codec)
    {
        await using var world = await World.StartAsync();
        var request = new AudioSpeechRequest { Model = "elevenlabs/eleven_turbo_v2", Input = Text, Voice = "aria", OutputFormat = format };

        var speech = await world.Client.Audio.CreateSpeechAsync(request, cancellationToken: World.Token);
        var saved = await world.Client.Audio.SaveAsync(speech, Path.Combine(_folder.FullName, "saved"), cancellationToken: World.Token);
        request.Model = "emulator/raw-speech";
        var spoken = await world.Client.Audio.SpeakToFileAsync(request, Path.Combine(_folder.FullName, "spoken"), cancellationToken: World.Token);

        Assert.Equal([$"saved{extension}", $"spoken{extension}"], new[] { saved, spoken }.Select(Path.GetFileName));
        foreach (var file in new[] { saved, spoken })
        {
            var sound = await Decoder.ReadAsync(await File.ReadAllBytesAsync(file, World.Token));
            TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(file)}: {sound.Seconds:0.000} s of {speech.Duration:0.000} s, RMS {sound.Rms:0.0000}");
            Assert.Equal((codec, ""), (sound.Codec, sound.Errors));
            Assert.InRange(sound.Seconds, speech.Duration!.Value * 0.9, speech.Duration.Value * 1.1);
            Assert.InRange(sound.Rms, 0.001, 1);
        }
    }

    [Theory]
    [InlineData(640, 360, null, "640x360")]
    [InlineData(256, 512, null, "256x512")]
    [InlineData(null, null, "16:9", "1024x576")]
    [InlineData(null, null, "3:4", "768x1024")]
    public async Task Images_OfAJob_DecodeInTheAskedSize(int? width, int? height, string? aspectRatio, string expected)
    {
        await using var world = await World.StartAsync(options => options.JobDuration = TimeSpan.Zero);
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox in the snow.").WithCount(2);
        request = aspectRatio is null ? request.WithSize(width!.Value, height!.Value) : request.WithAspectRatio(aspectRatio);

        var files = await world.Client.Images.GenerateToFilesAsync(request, Path.Combine(_folder.FullName, "fox"), cancellationToken: World.Token);

        Assert.Equal([$"png {expected}", $"png {expected}"], await SizesAsync(files));
    }

    [Fact]
    public async Task Images_AtOnce_DecodeInTheAskedSize()
    {
        await using var world = await World.StartAsync();
        var request = new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox.", Size = "512x256" };

        var files = await world.Client.Images.GenerateToFilesAsync(request, Path.Combine(_folder.FullName, "fox"), cancellationToken: World.Token);

        Assert.Equal(["png 512x256"], await SizesAsync(files));
    }

    private static Task<string[]> SizesAsync(IEnumerable<string> files) => Task.WhenAll(files.Select(Decoder.SizeAsync));
}
