using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Caching.Tests.Clients;

public class CachedImagesClientTests
{
    private const string Model = "imaginepro/nano-banana";

    private static readonly ImageJobWaitOptions _pollAtOnce = new() { MaxDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Image_OfOneSeed_IsChargedOnceWithItsJob()
    {
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);
        var request = Fox().WithSeed(7);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => client.Images.GenerateAsync(request))));
        var later = await client.Images.GenerateAsync(request);

        Assert.Equal(1, emulator.Ledger.Count);
        var paid = Assert.Single(all, images => images.Info!.Cost.Source != CostSource.Cache);
        Assert.All(all.Append(later), images => Assert.Equal(paid.Data![0].B64Json!.ToArray(), images.Data![0].B64Json!.ToArray()));
        Assert.Equal((paid.Id, paid.Status, null), (later.Id, later.Status, later.Data![0].Url));
        Assert.NotNull(paid.Data![0].Url);
    }

    public static TheoryData<string, Action<MultimodalImageGenerationRequest>> Differing => new()
    {
        { "no seed", request => request.Parameters!.Seed = null },
        { "two images", request => request.WithCount(2) },
        { "no model", request => request.Model = null },
        { "a seed that means any", request => request.WithSeed(-1) },
        { "another number of images", request => request.Parameters!.AdditionalProperties = new Dictionary<string, JsonElement> { ["num_images"] = JsonDocument.Parse("4").RootElement } },
        { "an image behind an address", request => request.WithImage("https://images.test/a.png") },
    };

    [Theory]
    [MemberData(nameof(Differing))]
    public void MayCache_RequestWhoseResultShouldOrCouldDiffer_IsFalse(string what, Action<MultimodalImageGenerationRequest> change)
    {
        var request = Fox().WithSeed(7);
        Assert.True(CacheRules.MayCache(request));

        change(request);

        Assert.False(CacheRules.MayCache(request), what);
    }

    [Fact]
    public void MayCache_RequestWithAWebhook_IsFalse()
    {
        Assert.False(CacheRules.MayCache(Fox().WithSeed(7).WithWebhook("https://hooks.test/")));
    }

    [Theory]
    [InlineData("m", "7", null, true)]
    [InlineData("m", "\"7\"", "1", true)]
    [InlineData("m", "-1", null, false)]
    [InlineData("m", "\"-1\"", null, false)]
    [InlineData("m", "\"random\"", null, false)]
    [InlineData("m", "\"\"", null, false)]
    [InlineData("m", "null", null, false)]
    [InlineData("m", "7", "4", false)]
    [InlineData("", "7", null, false)]
    [InlineData(null, "7", null, false)]
    public void MayCache_LegacyRequest_NeedsAModelAndASeedAndOneImage(string? model, string seed, string? count, bool expected)
    {
        var request = new LegacyImageGenerationRequest
        {
            Model = model!,
            Prompt = "A fox.",
            AdditionalProperties = new Dictionary<string, JsonElement> { ["seed"] = JsonDocument.Parse(seed).RootElement },
        };
        if (count is not null)
        {
            request.AdditionalProperties["n"] = JsonDocument.Parse(count).RootElement;
        }

        Assert.Equal(expected, CacheRules.MayCache(request));
    }

    [Fact]
    public async Task Image_WithoutSeed_IsChargedEachTime()
    {
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        await client.Images.GenerateAsync(Fox(), null, _pollAtOnce);
        await client.Images.GenerateAsync(Fox(), null, _pollAtOnce, new CCApiRequestOptions { UseCache = true });

        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task LegacyImage_IsChargedOnceOnlyWithASeed()
    {
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);
        var request = new LegacyImageGenerationRequest { Model = "stabilityai/stable-diffusion-xl-1024-v1-0", Prompt = "A fox.", Size = "16x16" };

        await client.Images.GenerateAsync(request);
        await client.Images.GenerateAsync(request);
        Assert.Equal(2, emulator.Ledger.Count);
        request.AdditionalProperties = new Dictionary<string, JsonElement> { ["seed"] = JsonDocument.Parse("7").RootElement };
        var paid = await client.Images.GenerateAsync(request);
        var cached = await client.Images.GenerateAsync(request);
        request.N = 2;
        await client.Images.GenerateAsync(request);

        Assert.Equal(4, emulator.Ledger.Count);
        Assert.Equal((CostSource.Cache, 0m), (cached.Info!.Cost.Source, cached.Info.Cost.Amount));
        Assert.Equal(paid.Data![0].B64Json!.ToArray(), cached.Data![0].B64Json!.ToArray());
    }

    [Fact]
    public async Task Job_ThatFailed_IsNotKept()
    {
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);
        emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed));

        await Assert.ThrowsAsync<ImageJobFailedException>(() => client.Images.GenerateAsync(Fox().WithSeed(7), null, _pollAtOnce));
        var images = await client.Images.GenerateAsync(Fox().WithSeed(7), null, _pollAtOnce);

        Assert.Single(images.Data!);
        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Progress_OfAnImageFromTheCache_IsItsLastState()
    {
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);
        await client.Images.GenerateAsync(Fox().WithSeed(7));
        var progress = new States();

        var images = await client.Images.GenerateAsync(Fox().WithSeed(7), progress, waitOptions: null);

        Assert.Same(images, Assert.Single(progress.All));
    }

    [Fact]
    public async Task GenerateToFiles_FromTheCache_SavesTheSameFile()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var first = await client.Images.GenerateToFilesAsync(Fox().WithSeed(7), folder.At("a"));
        var second = await client.Images.GenerateToFilesAsync(Fox().WithSeed(7), folder.At("b"));

        Assert.Equal(1, emulator.Ledger.Count);
        Assert.Equal(folder.At("b.png"), Assert.Single(second));
        Assert.Equal(File.ReadAllBytes(first[0]), File.ReadAllBytes(second[0]));
    }

    [Fact]
    public async Task StartAsync_OfASeed_IsNotCached()
    {
        await using var emulator = await StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var job = await client.Images.StartAsync(Fox().WithSeed(7));
        await job.WaitAsync();
        var resumed = await client.Images.ResumeJob(job.Id!).WaitAsync();
        await client.Images.StartAsync(Fox().WithSeed(7));

        Assert.Equal(job.Id, resumed.Id);
        Assert.Equal(2, emulator.Ledger.Count);
    }

    private static Task<CCApiEmulator> StartAsync() =>
        CCApiEmulator.StartAsync(new CCApiEmulatorOptions { JobDuration = TimeSpan.FromMilliseconds(20) });

    private static MultimodalImageGenerationRequest Fox() =>
        MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel(Model).WithSize(16, 16);

    private sealed class States : IProgress<MultimodalImageGenerationResponse>
    {
        public List<MultimodalImageGenerationResponse> All { get; } = [];

        public void Report(MultimodalImageGenerationResponse value) => All.Add(value);
    }
}
