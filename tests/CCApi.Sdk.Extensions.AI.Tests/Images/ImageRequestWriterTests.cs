using System;
using System.Drawing;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Images;

public sealed class ImageRequestWriterTests : IDisposable
{
    private const string Png = "iVBORw0KGgo=";
    private const string Response = $$"""{"data":[{"b64_json":"{{Png}}"}]}""";

    private readonly CannedGateway _gateway = new();

    private IImageGenerator Images => _gateway.Client.Images.AsIImageGenerator("m");

    [Fact]
    public Task Write_OfAPrompt_SendsModelAndPrompt() => AssertSentAsync(new ImageGenerationRequest("A fox."), null, "/v1/images/generations", """{"model":"m","prompt":"A fox."}""");

    [Fact]
    public Task Write_WithEveryOption_SendsEachUnderItsWireName() => AssertSentAsync(
        new ImageGenerationRequest("A fox."),
        new ImageGenerationOptions
        {
            ModelId = "other",
            Count = 2,
            ImageSize = new Size(1024, 768),
            MediaType = "image/webp",
            ResponseFormat = ImageGenerationResponseFormat.Data,
            AdditionalProperties = new() { ["quality"] = "hd", ["background"] = "transparent" },
        },
        "/v1/images/generations",
        """
        {"model":"other","prompt":"A fox.","n":2,"size":"1024x768","response_format":"b64_json","output_format":"webp","quality":"hd","background":"transparent"}
        """);

    [Theory]
    [InlineData(ImageGenerationResponseFormat.Uri)]
    [InlineData(ImageGenerationResponseFormat.Hosted)]
    public Task Write_ForAnAddress_AsksForIt(ImageGenerationResponseFormat format) => AssertSentAsync(
        new ImageGenerationRequest("A fox."),
        new ImageGenerationOptions { ResponseFormat = format },
        "/v1/images/generations",
        """{"model":"m","prompt":"A fox.","response_format":"url"}""");

    [Fact]
    public Task Write_WithOriginalImages_SendsAnEdit() => AssertSentAsync(
        new ImageGenerationRequest("Make it red.", [new DataContent(Convert.FromBase64String(Png), "image/png"), new UriContent("https://images.test/a.png", "image/png")]),
        new ImageGenerationOptions { Count = 2, ImageSize = new Size(512, 256), AdditionalProperties = new() { ["x"] = 1 } },
        "/v1/images/generate",
        $$$"""
        {"model":"m","contents":[{"text":"Make it red."},{"image":{"data":"{{{Png}}}","mime_type":"image/png"}},{"image":{"url":"https://images.test/a.png"}}],
         "parameters":{"num_images":2,"width":512,"height":256},"x":1}
        """);

    [Fact]
    public Task Write_WithALegacyRequestOfTheCaller_FillsOnlyWhatIsNull() => AssertSentAsync(
        new ImageGenerationRequest("A fox."),
        new ImageGenerationOptions { Count = 3, ModelId = "z", RawRepresentationFactory = _ => new LegacyImageGenerationRequest { Model = "own", Prompt = "", Style = "vivid", N = 1 } },
        "/v1/images/generations",
        """{"model":"own","prompt":"A fox.","n":1,"style":"vivid"}""");

    [Fact]
    public Task Write_WithAMultimodalRequestOfTheCaller_FillsOnlyWhatIsNull() => AssertSentAsync(
        new ImageGenerationRequest("A fox."),
        new ImageGenerationOptions
        {
            Count = 3,
            RawRepresentationFactory = _ => new MultimodalImageGenerationRequest { Contents = [], Parameters = new MultimodalImageParameters { AspectRatio = "16:9", NumImages = 1 } },
        },
        "/v1/images/generate",
        """{"model":"m","contents":[{"text":"A fox."}],"parameters":{"num_images":1,"aspect_ratio":"16:9"}}""");

    [Fact]
    public async Task Write_WithoutAPrompt_Throws()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Images.GenerateAsync(new ImageGenerationRequest()));

        Assert.StartsWith("The request has no prompt", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<AIContent, string> Rejected => new()
    {
        { new TextContent("fox.png"), "An original image of the type TextContent" },
        { new UriContent("file:///fox.png", "image/png"), "UriContent with an http or https address" },
        { new DataContent(new byte[] { 1, 2, 3 }, "image/png"), "image" },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Write_WithAnImageWithoutAForm_Throws(AIContent image, string expected)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Images.GenerateAsync(new ImageGenerationRequest("Red.", [image])));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Bodies);
    }

    [Fact]
    public async Task Write_OfAnEditByALegacyRequest_Throws()
    {
        var options = new ImageGenerationOptions { RawRepresentationFactory = _ => new LegacyImageGenerationRequest { Model = "m", Prompt = "p" } };

        await Assert.ThrowsAsync<ArgumentException>(() => Images.GenerateAsync(new ImageGenerationRequest("Red.", [new UriContent("https://images.test/a.png", "image/png")]), options));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task AssertSentAsync(ImageGenerationRequest request, ImageGenerationOptions? options, string path, string expected)
    {
        _gateway.Json(path.EndsWith("generate", StringComparison.Ordinal) ? $$"""{"status":"succeeded",{{Response[1..]}}""" : Response);

        await Images.GenerateAsync(request, options);

        _gateway.AssertSent(expected);
        Assert.Equal(path, _gateway.Paths[0]);
    }
}
