using System;
using System.Threading.Tasks;
using CCApi.Emulator;
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
