using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

public sealed class ImagesClientFilesTests : IDisposable
{
    private static readonly string _png = Convert.ToBase64String(Bodies.Png);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GenerateToFiles_OfOneImage_UsesTheNameAsGiven()
    {
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}"""));

        var paths = await handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 2), _folder.At("fox"));

        Assert.Equal([_folder.At("fox.png")], paths);
        Assert.Equal(["fox.png"], _folder.Files);
    }

    [Theory]
    [InlineData("fox", "fox-1.png fox-2.svg fox-3.jpg")]
    [InlineData("new/fox", "new/fox-1.png new/fox-2.svg new/fox-3.jpg")]
    [InlineData("fox.png", "fox-1.png fox-2.png fox-3.png")]
    public async Task GenerateToFiles_OfSeveral_NumbersThem(string name, string expected)
    {
        using var handler = new ScriptedHandler(Respond(
            $$"""{"b64_json":"{{_png}}"}""", """{"url":"data:image/svg+xml,%3Csvg%3E"}""", """{"url":"data:image/jpeg;base64,AQID"}"""));

        var paths = await handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 3), _folder.At(name));

        Assert.Equal(expected.Split(' ').Select(_folder.At), paths);
        Assert.Equal(expected.Split(' '), _folder.Files);
    }

    [Fact]
    public async Task GenerateToFiles_IntoAFolder_MakesUpNames()
    {
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}""", $$"""{"b64_json":"{{_png}}"}"""));

        var paths = await handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 2), _folder.Root);

        Assert.Equal(2, paths.Distinct().Count());
        Assert.All(paths, path => Assert.Matches("^ccapi-[0-9a-f]{32}\\.png$", Path.GetFileName(path)));
    }

    [Fact]
    public async Task GenerateToFiles_OfAJob_WaitsForIt()
    {
        using var handler = new ScriptedHandler(
            ScriptedHandler.Json("""{"id":"j","status":"pending"}""", HttpStatusCode.Accepted),
            ScriptedHandler.Json("""{"id":"j","status":"completed","data":[{"url":"https://media.example.com/a.png"}]}"""),
            ScriptedHandler.Bytes(Bodies.Png, "image/png"));
        var client = handler.CreateClient(options => options.TimeProvider = new SkippingTime());

        var paths = await client.Images.GenerateToFilesAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."), _folder.At("fox"));

        Assert.Equal([_folder.At("fox.png")], paths);
    }

    [Fact]
    public async Task GenerateToFiles_WhenOneCannotBeSaved_KeepsTheFinishedOnesAndSaysSo()
    {
        using var handler = new ScriptedHandler(
            Respond($$"""{"b64_json":"{{_png}}"}""", """{"url":"https://media.example.com/gone.png"}""", $$"""{"b64_json":"{{_png}}"}"""),
            ScriptedHandler.Json("""{"error":{"message":"expired"}}""", HttpStatusCode.NotFound));

        var exception = await Assert.ThrowsAsync<ImageSaveException>(() => handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 3), _folder.At("fox")));

        Assert.StartsWith("1 of 3 images were saved; the next was not: The download from media.example.com failed: 404: expired", exception.Message, StringComparison.Ordinal);
        Assert.IsType<CCApiDownloadException>(exception.InnerException);
        Assert.Equal([_folder.At("fox-1.png")], exception.SavedPaths);
        Assert.Equal(3, exception.Images.Count);
        Assert.Equal(["fox-1.png"], _folder.Files);
    }

    [Theory]
    [InlineData(null, 1, "fox.png")]
    [InlineData(1, 1, "fox.png")]
    [InlineData(2, 2, "fox-1.png fox-2.png")]
    public async Task GenerateToFiles_OfMoreThanWasRequested_SavesWhatWasRequestedAndKeepsTheRest(int? count, int saved, string files)
    {
        using var handler = new ScriptedHandler(Respond([.. Enumerable.Repeat($$"""{"b64_json":"{{_png}}"}""", 200)]));

        var paths = await handler.CreateClient().Images.GenerateToFilesAsync(Request(count), _folder.At("fox"));

        Assert.Equal(saved, paths.Count);
        Assert.Equal(200, paths.Images.Count);
        Assert.Equal(files.Split(' '), _folder.Files);
    }

    [Fact]
    public async Task GenerateToFiles_OfAJobWithMoreThanWasRequested_SavesWhatWasRequested()
    {
        var images = string.Join(",", Enumerable.Repeat($$"""{"b64_json":"{{_png}}"}""", 20));
        using var handler = new ScriptedHandler(ScriptedHandler.Json($$"""{"status":"completed","data":[{{images}}]}"""));

        var paths = await handler.CreateClient().Images.GenerateToFilesAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.").WithCount(3), _folder.At("fox"));

        Assert.Equal(["fox-1.png", "fox-2.png", "fox-3.png"], _folder.Files);
        Assert.Equal(20, paths.Images.Count);
    }

    [Fact]
    public async Task GenerateToFiles_CancelledWhileSaving_IsACancellationThatHasTheImages()
    {
        using var cancellation = new CancellationTokenSource();
        var body = ScriptedStream.Stalling(Bodies.Png);
        using var handler = new ScriptedHandler(
            Respond($$"""{"b64_json":"{{_png}}"}""", """{"url":"https://media.example.com/a.png"}"""), ScriptedHandler.Body(new System.Net.Http.StreamContent(body)));

        var saving = handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 2), _folder.At("fox"), cancellationToken: cancellation.Token);
        await Patience.Wait(body.Stalled);
        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(saving));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        var save = Assert.IsType<ImageSaveException>(exception.InnerException);
        Assert.Equal(["https://media.example.com/a.png"], save.Images.Select(image => image.Url).Skip(1));
        Assert.Equal([_folder.At("fox-1.png")], save.SavedPaths);
        Assert.Equal(["fox-1.png"], _folder.Files);
    }

    [Fact]
    public async Task GenerateToFiles_WhoseProgressThrows_HasTheImages()
    {
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}"""));

        var exception = await Assert.ThrowsAsync<ImageSaveException>(
            () => handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 1), _folder.At("fox"), new MediaSaveOptions { Progress = new Thrower() }));

        Assert.IsType<InvalidTimeZoneException>(exception.InnerException);
        Assert.Single(exception.Images);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task GenerateToFiles_UnderANameWithDots_NumbersTheWholeName()
    {
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}""", $$"""{"b64_json":"{{_png}}"}"""));

        await handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 2), _folder.At("photo v1.5 final"));

        Assert.Equal(["photo v1.5 final-1.png", "photo v1.5 final-2.png"], _folder.Files);
    }

    [Fact]
    public async Task GenerateToFiles_OverAFileThatIsFoundLate_KeepsBoth()
    {
        File.WriteAllText(_folder.At("fox-2.jpg"), "mine");
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}""", """{"url":"data:image/jpeg;base64,AQID"}"""));

        var exception = await Assert.ThrowsAsync<ImageSaveException>(() => handler.CreateClient().Images.GenerateToFilesAsync(Request(count: 2), _folder.At("fox")));

        Assert.IsType<IOException>(exception.InnerException);
        Assert.Equal("mine", File.ReadAllText(_folder.At("fox-2.jpg")));
        Assert.Equal(["fox-1.png", "fox-2.jpg"], _folder.Files);
    }

    [Theory]
    [InlineData("fox.png", 1)]
    [InlineData("fox.png", null)]
    [InlineData("fox-2.png", 2)]
    public async Task GenerateToFiles_OverAFile_ThrowsBeforeAnythingIsCharged(string taken, int? count)
    {
        File.WriteAllText(_folder.At(taken), "mine");
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}"""));
        var images = handler.CreateClient().Images;
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox.");
        request.Parameters = new MultimodalImageParameters { NumImages = count };

        await Assert.ThrowsAsync<IOException>(() => images.GenerateToFilesAsync(Request(count), _folder.At("fox.png")));
        await Assert.ThrowsAsync<IOException>(() => images.GenerateToFilesAsync(request, _folder.At("fox.png")));
        await Assert.ThrowsAsync<IOException>(() => images.GenerateToFilesAsync(request, _folder.At("fox")));

        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task GenerateToFiles_OfAFake_NeedsOnlyTheImages()
    {
        var paths = await new FakeImages().GenerateToFilesAsync(Request(count: 1), _folder.At("fox"));

        Assert.Equal([_folder.At("fox.bin")], paths);
    }

    [Fact]
    public async Task GenerateToFiles_OfWrongArguments_SendsNothing()
    {
        using var handler = new ScriptedHandler(Respond($$"""{"b64_json":"{{_png}}"}"""));
        var images = handler.CreateClient().Images;

        await Assert.ThrowsAsync<ArgumentNullException>("request", () => images.GenerateToFilesAsync((LegacyImageGenerationRequest)null!, "a"));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => images.GenerateToFilesAsync((MultimodalImageGenerationRequest)null!, "a"));
        await Assert.ThrowsAsync<ArgumentNullException>("path", () => images.GenerateToFilesAsync(Request(1), null!));
        await Assert.ThrowsAsync<ArgumentException>("path", () => images.GenerateToFilesAsync(Request(1), " "));
        await Assert.ThrowsAsync<ArgumentException>("saveOptions", () => images.GenerateToFilesAsync(Request(1), "a", new MediaSaveOptions { MaxBytes = 0 }));
        await Assert.ThrowsAsync<ArgumentException>("request", () => images.GenerateToFilesAsync(new MultimodalImageGenerationRequest { Contents = [] }, "a"));

        Assert.Empty(handler.Sent);
    }

    private static LegacyImageGenerationRequest Request(int? count) => new() { Model = "m", Prompt = "A fox.", N = count };

    private static Func<System.Net.Http.HttpResponseMessage> Respond(params string[] images) => ScriptedHandler.Json($$"""{"created":1,"data":[{{string.Join(",", images)}}]}""");

    private sealed class Thrower : IProgress<long>
    {
        public void Report(long value) => throw new InvalidTimeZoneException();
    }

    private sealed class FakeImages : ImagesClient
    {
        public override Task<LegacyImageGenerationResponse> GenerateAsync(
            LegacyImageGenerationRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new LegacyImageGenerationResponse { Data = new List<ImageDatum> { new() } });

        public override Task<MediaStream> OpenReadAsync(ImageDatum image, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new MediaStream(new MemoryStream([1, 2, 3])));
    }
}
