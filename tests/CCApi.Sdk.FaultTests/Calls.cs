using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.FaultTests;

/// <summary>Makes the calls that meet the faults, and looks closely at what came of those that succeed.</summary>
internal static class Calls
{
    public const string Model = "openai/gpt-4o-mini";
    public const string Prompt = "Name three uses of a paper clip.";

    private const int LargestFile = 1024 * 1024;

    // Some systems look for a name that nobody has for a while, and 90 questions would each look for it.
    private static readonly TimeSpan _patienceWithNobody = TimeSpan.FromMinutes(1);

    public static LegacyImageGenerationRequest ImageRequest => new() { Model = "stabilityai/stable-diffusion-xl-1024-v1-0", Prompt = "A fox.", Size = "256x256", ResponseFormat = "url" };

    /// <summary>Makes a call, and says whether its result is whole: <c>ok</c> or <c>truncated</c>.</summary>
    public static Task<string> MakeAsync(CallKind call, CCApiClient client, Uri origin, FaultWorld world, CancellationToken cancellationToken) => call switch
    {
        CallKind.Chat => CompleteAsync(client, world, cancellationToken),
        CallKind.Stream => StreamAsync(client, world, cancellationToken),
        CallKind.Speech => SpeakAsync(client, cancellationToken),
        CallKind.Image => GenerateAsync(client, cancellationToken),
        CallKind.Poll => PollAsync(client, world, cancellationToken),
        CallKind.Wait => WaitAsync(client, origin, world, cancellationToken),
        CallKind.Catalog => ListAsync(client, cancellationToken),
        CallKind.Download => DownloadAsync(client, origin, world, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };

    private static async Task<string> CompleteAsync(CCApiClient client, FaultWorld world, CancellationToken cancellationToken)
    {
        var response = await client.Chat.CompleteAsync(Model, Prompt, cancellationToken: cancellationToken);
        Assert.Equal(world.Text, response.Text);
        return "ok";
    }

    private static async Task<string> StreamAsync(CCApiClient client, FaultWorld world, CancellationToken cancellationToken)
    {
        await using var stream = client.Chat.StreamAsync(Model, Prompt, cancellationToken: cancellationToken);
        var text = "";
        await foreach (var piece in stream.ReadTextAsync())
        {
            text += piece;
        }

        Assert.StartsWith(text, world.Text, StringComparison.Ordinal);
        if ((await stream.GetResponseAsync()).IsTruncated)
        {
            return "truncated";
        }

        Assert.Equal(world.Text, text);
        return "ok";
    }

    private static async Task<string> SpeakAsync(CCApiClient client, CancellationToken cancellationToken)
    {
        var speech = await client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Welcome.", "aria", cancellationToken: cancellationToken);
        Assert.NotEmpty(speech.AudioUrl ?? "");
        return "ok";
    }

    private static async Task<string> GenerateAsync(CCApiClient client, CancellationToken cancellationToken)
    {
        var images = await client.Images.GenerateAsync(ImageRequest, cancellationToken: cancellationToken);
        Assert.NotEmpty(Assert.Single(images.Data!).Url!);
        return "ok";
    }

    private static async Task<string> PollAsync(CCApiClient client, FaultWorld world, CancellationToken cancellationToken)
    {
        var job = await client.Images.GetJobAsync(world.JobId, cancellationToken: cancellationToken);
        Assert.Equal(ImageJobStatus.Completed, job.Status);
        return "ok";
    }

    private static async Task<string> WaitAsync(CCApiClient client, Uri origin, FaultWorld world, CancellationToken cancellationToken)
    {
        var waitOptions = origin.Host.EndsWith(".invalid", StringComparison.Ordinal) ? new ImageJobWaitOptions { Timeout = _patienceWithNobody } : null;
        var images = await client.Images.ResumeJob(world.JobId).WaitAsync(progress: null, waitOptions, cancellationToken);
        Assert.NotEmpty(Assert.Single(images.Data!).Url!);
        return "ok";
    }

    private static async Task<string> ListAsync(CCApiClient client, CancellationToken cancellationToken)
    {
        Assert.NotEmpty((await client.Catalog.ListModelsAsync(cancellationToken: cancellationToken)).Data!);
        return "ok";
    }

    private static async Task<string> DownloadAsync(CCApiClient client, Uri origin, FaultWorld world, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var image = new ImageDatum { Url = new Uri(origin, world.ImagePath).AbsoluteUri };
        try
        {
            var path = await client.Images.SaveAsync(image, folder.At("fox"), new MediaSaveOptions { MaxBytes = LargestFile }, cancellationToken);
            var saved = await File.ReadAllBytesAsync(path, cancellationToken);
            Assert.Equal(world.Image[..saved.Length], saved);
            return "ok";
        }
        catch
        {
            Assert.Empty(folder.Files);
            throw;
        }
    }
}
