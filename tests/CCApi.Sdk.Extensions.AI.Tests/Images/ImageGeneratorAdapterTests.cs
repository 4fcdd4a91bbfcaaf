using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Images;

public sealed class ImageGeneratorAdapterTests
{
    private const string Model = "openai/gpt-image-1";

    [Fact]
    public async Task GenerateAsync_ForData_ReturnsBytesAndChargesOnce()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var images = client.Images.AsIImageGenerator(Model);

        var response = await images.GenerateAsync(
            new ImageGenerationRequest("A fox."), new ImageGenerationOptions { Count = 2, ResponseFormat = ImageGenerationResponseFormat.Data });

        Assert.Equal(2, response.Contents.Count);
        Assert.All(response.Contents, content => Assert.Equal("image/png", Assert.IsType<DataContent>(content).MediaType));
        Assert.All(response.Contents, content => Assert.IsType<ImageDatum>(content.RawRepresentation));
        Assert.IsType<LegacyImageGenerationResponse>(response.RawRepresentation);
        Assert.Single(emulator.Requests);
    }

    [Fact]
    public async Task GenerateAsync_ForAddresses_ReturnsThemWithoutADownload()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var images = client.Images.AsIImageGenerator(Model);

        var response = await images.GenerateAsync(new ImageGenerationRequest("A fox."), new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Uri });

        var image = Assert.IsType<UriContent>(Assert.Single(response.Contents));
        Assert.True(image.HasTopLevelMediaType("image"));
        Assert.Empty(emulator.MediaRequests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ImageGenerationResponseFormat.Data)]
    public async Task GenerateAsync_ForDataOfAGatewayThatLinks_DownloadsWithoutTheKey(ImageGenerationResponseFormat? format)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var images = client.Images.AsIImageGenerator(Model);
        var options = new ImageGenerationOptions
        {
            ResponseFormat = format,
            RawRepresentationFactory = _ => new LegacyImageGenerationRequest { Model = Model, Prompt = "A fox.", ResponseFormat = ImageResponseFormat.Url },
        };

        var response = await images.GenerateAsync(new ImageGenerationRequest("A fox."), options);

        Assert.True(Assert.IsType<DataContent>(Assert.Single(response.Contents)).Data.Length > 100);
        var download = Assert.Single(emulator.MediaRequests);
        Assert.DoesNotContain(download.Headers.Keys, name => name.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task GenerateAsync_OfAnEdit_WaitsForTheJob()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var images = client.Images.AsIImageGenerator("imaginepro/nano-banana");
        var options = new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data };
        var original = (await images.GenerateAsync(new ImageGenerationRequest("A fox."), options)).Contents;

        var response = await images.GenerateAsync(new ImageGenerationRequest("Make it red.", original), options);

        Assert.IsType<DataContent>(Assert.Single(response.Contents));
        Assert.IsType<MultimodalImageGenerationResponse>(response.RawRepresentation);
    }

    [Fact]
    public async Task GenerateAsync_WithALinkThatExpired_KeepsEveryPaidImage()
    {
        var gateway = new LinkingGateway("""{"created":1,"data":[{"url":"https://cdn.test/1","revised_prompt":"A fox."},{"url":"https://cdn.test/expired"}]}""");
        using var images = gateway.Client.Images.AsIImageGenerator(Model);

        var exception = await Assert.ThrowsAsync<ImageSaveException>(
            () => images.GenerateAsync(new ImageGenerationRequest("A fox."), new ImageGenerationOptions { Count = 2 }));

        Assert.IsType<CCApiDownloadException>(exception.InnerException);
        Assert.Equal(["https://cdn.test/1", "https://cdn.test/expired"], exception.Images.Select(image => image.Url));
        Assert.Equal([true, false], exception.Images.Select(image => image.HasInlineData));
        Assert.Equal("A fox.", exception.Images[0].RevisedPrompt);
        Assert.StartsWith("1 of 2 images were downloaded; the next was not: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_CanceledDuringADownload_KeepsEveryPaidImage()
    {
        var gateway = new LinkingGateway("""{"created":1,"data":[{"url":"https://cdn.test/1"},{"url":"https://cdn.test/hangs"}]}""");
        using var images = gateway.Client.Images.AsIImageGenerator(Model);

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(
            () => images.GenerateAsync(new ImageGenerationRequest("A fox."), new ImageGenerationOptions { Count = 2 }, gateway.Hanging.Token));

        Assert.Equal(gateway.Hanging.Token, exception.CancellationToken);
        Assert.Equal(2, Assert.IsType<ImageSaveException>(exception.InnerException).Images.Count);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task GenerateAsync_OfMoreImagesThanRequested_DownloadsThoseRequested(int? count, int expected)
    {
        var links = string.Join(",", Enumerable.Range(0, 500).Select(i => $$"""{"url":"https://cdn.test/{{i}}"}"""));
        var gateway = new LinkingGateway($$"""{"created":1,"data":[{{links}}]}""");
        using var images = gateway.Client.Images.AsIImageGenerator(Model);

        var response = await images.GenerateAsync(new ImageGenerationRequest("A fox."), new ImageGenerationOptions { Count = count });

        Assert.Equal(expected, response.Contents.Count);
        Assert.Equal(expected, gateway.Downloads.Count);
        Assert.Equal(500, Assert.IsType<LegacyImageGenerationResponse>(response.RawRepresentation).Data!.Count);
    }

    [Fact]
    public async Task GenerateAsync_WithANumberAmongAdditionalProperties_ReadsAsManyImages()
    {
        var gateway = new LinkingGateway("""{"created":1,"data":[{"url":"https://cdn.test/1"},{"url":"https://cdn.test/2"},{"url":"https://cdn.test/3"}]}""");
        using var images = gateway.Client.Images.AsIImageGenerator(Model);
        var options = new ImageGenerationOptions { AdditionalProperties = new() { ["n"] = 2 } };

        var response = await images.GenerateAsync(new ImageGenerationRequest("A fox."), options);

        Assert.Equal(2, response.Contents.Count);
    }

    [Fact]
    public async Task GetService_OfTheAdapter_FindsMetadataAndFacade()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        using var images = client.Images.AsIImageGenerator(Model);

        var metadata = (ImageGeneratorMetadata)images.GetService(typeof(ImageGeneratorMetadata))!;

        Assert.Equal(("ccapi", emulator.BaseAddress, Model), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.Same(client.Images, images.GetService(typeof(ImagesClient)));
        Assert.Same(images, images.GetService(typeof(IImageGenerator)));
        Assert.Null(images.GetService(typeof(ImagesClient), "key"));
    }
}
