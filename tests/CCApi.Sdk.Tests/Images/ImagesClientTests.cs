using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

public sealed class ImagesClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GenerateAsync_WithProgressAndWaitOptions_ReportsTheStatesAndObeysThem()
    {
        var time = new SkippingTime();
        using var handler = new ScriptedHandler(
            ScriptedHandler.Json("""{"id":"j","status":"pending","estimated_time":5}""", System.Net.HttpStatusCode.Accepted),
            ScriptedHandler.Json("""{"id":"j","status":"processing"}"""),
            ScriptedHandler.Json("""{"id":"j","status":"completed","data":[{"url":"u"}]}"""));
        var progress = new Collector();

        await handler.CreateClient(options => options.TimeProvider = time).Images.GenerateAsync(
            MultimodalImageGenerationRequest.FromPrompt("A fox."), progress, new ImageJobWaitOptions { MaxDelay = TimeSpan.FromSeconds(2) });

        Assert.Equal(["pending", "processing", "completed"], progress.Seen);
        Assert.All(time.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task StartAsync_OfAnotherRequestWithTheSameIdempotencyKey_IsRejected()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"id":"j","status":"completed","data":[]}"""));
        var options = new CCApiRequestOptions { IdempotencyKey = "k" };
        var images = handler.CreateClient().Images;

        await images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."), options);
        await Assert.ThrowsAsync<ArgumentException>("options", () => images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A hare."), options));
        await Assert.ThrowsAsync<ArgumentException>("options", () => images.GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A hare."), options));

        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task GenerateAsync_WithWaitOptionsOutOfRange_SendsNothing()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("{}"));

        await Assert.ThrowsAsync<ArgumentException>("waitOptions", () => handler.CreateClient().Images.GenerateAsync(
            MultimodalImageGenerationRequest.FromPrompt("A fox."), progress: null, new ImageJobWaitOptions { MaxDelay = TimeSpan.Zero }));

        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Generate_ByTheLegacyOperation_SendsEverything()
    {
        using var handler = new ScriptedHandler(Say("LegacyImageGenerationResponse.full.json"));
        var request = new LegacyImageGenerationRequest
        {
            Model = "stabilityai/stable-diffusion-xl-1024-v1-0",
            Prompt = "A lighthouse in the fog, in watercolor",
            N = 2,
            Size = "1024x1024",
        };

        var images = await handler.CreateClient().Images.GenerateAsync(request);

        Assert.Equal(["POST https://api.ccapi.ai/v1/images/generations"], handler.Sent);
        Assert.Equal("""{"model":"stabilityai/stable-diffusion-xl-1024-v1-0","prompt":"A lighthouse in the fog, in watercolor","n":2,"size":"1024x1024"}""", handler.Bodies[0]);
        Assert.Equal("application/json", handler.Headers[0]["Accept"]);
        Assert.Equal(2, images.Data!.Count);
        Assert.Equal(HttpStatusCode.OK, images.Info!.StatusCode);
    }

    [Fact]
    public async Task Generate_OfTwoTexts_SendsThem()
    {
        using var handler = new ScriptedHandler(Say("LegacyImageGenerationResponse.full.json"));

        await handler.CreateClient().Images.GenerateAsync("openai/gpt-image-1", "A fox.");

        Assert.Equal("""{"model":"openai/gpt-image-1","prompt":"A fox."}""", handler.Bodies[0]);
    }

    [Theory]
    [InlineData(null, "p", "model")]
    [InlineData("", "p", "model")]
    [InlineData("m", null, "prompt")]
    [InlineData("m", " ", "prompt")]
    public async Task Generate_OfAnEmptyText_IsAnArgumentError(string? model, string? prompt, string parameter)
    {
        using var handler = new ScriptedHandler(Say("LegacyImageGenerationResponse.full.json"));

        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => handler.CreateClient().Images.GenerateAsync(model!, prompt!));

        Assert.Equal(parameter, exception.ParamName);
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Generate_ByTheMultimodalOperation_WaitsForTheImages()
    {
        using var handler = new ScriptedHandler(
            Say("MultimodalImageGenerationResponse.accepted.json", HttpStatusCode.Accepted), Say("MultimodalImageGenerationResponse.completed.json"));

        var images = await handler.CreateClient(options => options.TimeProvider = new SkippingTime()).Images.GenerateAsync(Request());

        Assert.Equal(["POST https://api.ccapi.ai/v1/images/generate", "GET https://api.ccapi.ai/v1/images/jobs/job_3fW8"], handler.Sent);
        Assert.Equal("""{"contents":[{"text":"A fox."}],"model":"imaginepro/nano-banana"}""", handler.Bodies[0]);
        Assert.Single(images.Data!);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Accepted)]
    public async Task Start_ProviderCompletesAtOnce_ReturnsACompletedJob(HttpStatusCode status)
    {
        using var handler = new ScriptedHandler(Say("MultimodalImageGenerationResponse.completed.json", status));

        var job = await handler.CreateClient().Images.StartAsync(Request());
        var images = await job.WaitAsync();

        Assert.Single(handler.Sent);
        Assert.Equal(status, images.Info!.StatusCode);
    }

    [Fact]
    public async Task Start_WithoutContents_SaysTheFix()
    {
        using var handler = new ScriptedHandler(Say("MultimodalImageGenerationResponse.completed.json"));

        var exception = await Assert.ThrowsAsync<ArgumentException>("request", () => handler.CreateClient().Images.StartAsync(new MultimodalImageGenerationRequest { Contents = [] }));

        Assert.StartsWith("The request has no contents: add at least one, such as new MultimodalInputContent { Text = \"...\" }.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Sent);
    }

    [Theory]
    [InlineData("job_3fW8", "job_3fW8")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("../models", "..%2Fmodels")]
    [InlineData("a?b#c d", "a%3Fb%23c%20d")]
    [InlineData("größe", "gr%C3%B6%C3%9Fe")]
    public async Task GetJob_OfAnyId_IsOneSegmentOfThePath(string id, string expected)
    {
        using var handler = new ScriptedHandler(Say("MultimodalImageGenerationResponse.processing.json"));

        await handler.CreateClient().Images.GetJobAsync(id);

        Assert.Equal([$"GET https://api.ccapi.ai/v1/images/jobs/{expected}"], handler.Sent);
    }

    [Fact]
    public async Task GetJob_OfAJobThatFailed_IsAStateAndNoException()
    {
        using var handler = new ScriptedHandler(Say("MultimodalImageGenerationResponse.failed.json"));

        var state = await handler.CreateClient().Images.GetJobAsync("job_3fW8");

        Assert.Equal(ImageJobStatus.Failed, state.Status);
        Assert.Equal("The prompt was refused by the provider.", state.Error!.Message);
    }

    [Fact]
    public async Task Methods_OfNull_AreArgumentErrors()
    {
        using var handler = new ScriptedHandler(Say("MultimodalImageGenerationResponse.failed.json"));
        var images = handler.CreateClient().Images;

        await Assert.ThrowsAsync<ArgumentNullException>("request", () => images.GenerateAsync((LegacyImageGenerationRequest)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => images.GenerateAsync((MultimodalImageGenerationRequest)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => images.StartAsync(null!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => images.GetJobAsync(null!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => images.GetJobAsync(" "));
        Assert.Throws<ArgumentNullException>("id", () => images.ResumeJob(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("image", () => images.OpenReadAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("image", () => images.SaveAsync(null!, "a"));
        await Assert.ThrowsAsync<ArgumentNullException>("path", () => images.SaveAsync(new ImageDatum(), null!));
        Assert.Empty(handler.Sent);
    }

    [Theory]
    [InlineData("""{"b64_json":"iVBORw0KGgo="}""")]
    [InlineData("""{"b64_json":"data:image/png;base64,iVBORw0KGgo="}""")]
    [InlineData("""{"url":"data:image/png;base64,iVBORw0KGgo="}""")]
    [InlineData("""{"url":"https://media.example.com/a"}""")]
    public async Task Save_OfAnImageWhereverItIs_AppendsTheRealType(string json)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(png, "image/jpeg"));

        var path = await handler.CreateClient().Images.SaveAsync(Wire.Read<ImageDatum>(json), _folder.At("fox"));

        Assert.Equal(_folder.At("fox.png"), path);
        Assert.Equal(png, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("data:image/svg+xml;base64,AQID", ".svg")]
    [InlineData("AQID", ".bin")]
    public async Task Save_OfBytesThatShowNothing_BelievesTheLabel(string text, string expected)
    {
        using var handler = new ScriptedHandler(Say("MultimodalImageGenerationResponse.failed.json"));

        var path = await handler.CreateClient().Images.SaveAsync(new ImageDatum { B64Json = new Base64Data(text) }, _folder.At("fox"));

        Assert.Equal(expected, Path.GetExtension(path));
    }

    [Fact]
    public async Task Save_OfADownload_BelievesItsLabel()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([1, 2, 3], "image/avif"));

        var path = await handler.CreateClient().Images.SaveAsync(new ImageDatum { Url = "https://media.example.com/a" }, _folder.At("fox"));

        Assert.Equal(".avif", Path.GetExtension(path));
    }

    [Fact]
    public async Task Save_WithALimitThatNothingFits_IsAnArgumentErrorBeforeTheDownload()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([1, 2, 3], "image/avif"));
        var image = new ImageDatum { Url = "https://media.example.com/a" };

        await Assert.ThrowsAsync<ArgumentException>("saveOptions", () => handler.CreateClient().Images.SaveAsync(image, _folder.At("a"), new MediaSaveOptions { MaxBytes = -1 }));

        Assert.Empty(handler.Sent);
    }

    private static Func<System.Net.Http.HttpResponseMessage> Say(string example, HttpStatusCode status = HttpStatusCode.OK) =>
        ScriptedHandler.Json(Example.Load(example).Documents[0].Json, status);

    private static MultimodalImageGenerationRequest Request() => new() { Model = "imaginepro/nano-banana", Contents = [new MultimodalInputContent { Text = "A fox." }] };

    private sealed class Collector : IProgress<MultimodalImageGenerationResponse>
    {
        public List<string?> Seen { get; } = [];

        public void Report(MultimodalImageGenerationResponse value) => Seen.Add(value.Status?.Value);
    }
}
