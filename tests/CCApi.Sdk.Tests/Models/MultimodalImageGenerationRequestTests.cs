using System;
using System.IO;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class MultimodalImageGenerationRequestTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mM4IScHAAK2AQUKW6YGAAAAAElFTkSuQmCC";

    [Fact]
    public void FromPrompt_WithAnImageAndAMask_IsWhatTheServiceDocuments()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("mask.png"), Bodies.Png);

        var request = MultimodalImageGenerationRequest.FromPrompt("Replace the sofa by a green one.")
            .WithImage("https://images.example.com/room.png")
            .WithMask(folder.At("mask.png"))
            .WithModel("imaginepro/nano-banana");

        Assert.Equal(
            """{"contents":[{"text":"Replace the sofa by a green one."},{"image":{"url":"https://images.example.com/room.png"},"mask":{"data":"PNG","mime_type":"image/png"}}],"model":"imaginepro/nano-banana"}""".Replace("PNG", Png),
            Wire.Write(request));
    }

    [Fact]
    public void With_Everything_SetsItAndReturnsTheSameRequest()
    {
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox.");

        var same = request.WithCount(2).WithSize(1280, 720).WithAspectRatio("16:9").WithQuality(ImageQuality.Hd).WithSeed(7).WithNegativePrompt("text").WithStrength(0.5)
            .WithResponseFormat(ImageResponseFormat.B64Json).WithWebhook("https://app.example.com/hooks");

        Assert.Same(request, same);
        Assert.Equal(
            """{"contents":[{"text":"A fox."}],"parameters":{"num_images":2,"width":1280,"height":720,"aspect_ratio":"16:9","quality":"hd","seed":7,"negative_prompt":"text","strength":0.5,"response_format":"b64_json"},"webhook_url":"https://app.example.com/hooks"}""",
            Wire.Write(request));
    }

    [Fact]
    public void WithImage_OfSeveral_KeepsTheirOrder()
    {
        var request = MultimodalImageGenerationRequest.FromPrompt("Blend them.")
            .WithImage(Bodies.Png).WithImage("https://images.example.com/a.png").WithImage(new ImageDatum { Url = "https://images.example.com/b.png" });

        Assert.Equal(["", "", "https://images.example.com/a.png", "https://images.example.com/b.png"], Array.ConvertAll([.. request.Contents], content => content.Image?.Url ?? ""));
    }

    [Fact]
    public void WithMask_OfSeveralImages_MasksTheLast()
    {
        var request = MultimodalImageGenerationRequest.FromPrompt("Blend them.")
            .WithImage("https://images.example.com/a.png").WithImage("https://images.example.com/b.png").WithMask(Bodies.Png);

        Assert.Null(request.Contents[1].Mask);
        Assert.Equal("image/png", request.Contents[2].Mask!.MimeType);
    }

    [Fact]
    public void WithMask_BeforeAnImage_IsAnArgumentError()
    {
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox.");

        Assert.StartsWith("There is no image to mask: call WithImage first.", Assert.Throws<ArgumentException>("mask", () => request.WithMask(Bodies.Png)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("mask", () => request.WithMask("https://images.example.com/a.png"));
    }

    [Fact]
    public void With_WrongValues_AreArgumentErrors()
    {
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox.");

        Assert.Throws<ArgumentException>("prompt", () => MultimodalImageGenerationRequest.FromPrompt(" "));
        Assert.Throws<ArgumentException>("model", () => request.WithModel(""));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => request.WithCount(0));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => request.WithSize(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => request.WithSize(1, -1));
        Assert.Throws<ArgumentException>("aspectRatio", () => request.WithAspectRatio(""));
        Assert.Throws<ArgumentException>("negativePrompt", () => request.WithNegativePrompt(""));
        Assert.Throws<ArgumentOutOfRangeException>("strength", () => request.WithStrength(1.01));
        Assert.Throws<ArgumentOutOfRangeException>("strength", () => request.WithStrength(-0.01));
        Assert.Throws<ArgumentOutOfRangeException>("strength", () => request.WithStrength(double.NaN));
        Assert.Throws<ArgumentException>("url", () => request.WithWebhook("ftp://app.example.com"));
        Assert.Throws<ArgumentException>("url", () => request.WithWebhook("/hooks"));
        Assert.Throws<ArgumentNullException>("url", () => request.WithWebhook(null!));
    }

    [Theory]
    [InlineData("""{"contents":[{"text":"A fox.","mask":{"url":"https://images.example.com/a.png"}}]}""", "A mask belongs to an image: set Image of the same content.")]
    [InlineData("""{"contents":[{"image":{"mime_type":"image/png"}}]}""", "An image or a mask is empty: set Url or Data.")]
    [InlineData("""{"contents":[{"image":{"url":""}}]}""", "An image or a mask is empty: set Url or Data.")]
    [InlineData("""{"contents":[{"image":{"url":"https://images.example.com/a.png"},"mask":{"data":""}}]}""", "An image or a mask is empty: set Url or Data.")]
    [InlineData("""{"contents":[]}""", "The request has no contents: add at least one, such as new MultimodalInputContent { Text = \"...\" }.")]
    public void Check_OfWhatTheServiceCannotUse_SaysTheFix(string json, string message)
    {
        var request = Wire.Read<MultimodalImageGenerationRequest>(json);

        var exception = Assert.Throws<ArgumentException>("request", () => request.Check("request"));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inpainting")]
    [InlineData("full")]
    [InlineData("documented")]
    public void Check_OfTheDocumentedRequests_IsContent(string variant) =>
        Wire.Read<MultimodalImageGenerationRequest>(Example.Load($"MultimodalImageGenerationRequest.{variant}.json").Documents[0].Json).Check("request");
}
