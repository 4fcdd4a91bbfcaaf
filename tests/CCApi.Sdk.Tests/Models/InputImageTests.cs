using System;
using System.IO;
using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public sealed class InputImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_AFile_ReadsItAndDetectsItsType()
    {
        File.WriteAllBytes(_folder.At("room.jpg"), Bodies.Png);

        foreach (var image in new[] { InputImage.From(_folder.At("room.jpg"), "image"), InputImage.From($"file://{_folder.At("room.jpg")}", "image") })
        {
            Assert.Equal(Bodies.Png, image.Data!.ToArray());
            Assert.Equal("image/png", image.MimeType);
            Assert.Null(image.Url);
        }
    }

    [Theory]
    [InlineData("https://images.example.com/room.png?x=%2F")]
    [InlineData("http://images.example.com/room.png")]
    public void From_AnAddress_LeavesTheLoadingToTheService(string url)
    {
        foreach (var image in new[] { InputImage.From(url, "image"), InputImage.From(new ImageDatum { Url = url }, "image") })
        {
            Assert.Equal(url, image.Url);
            Assert.Null(image.Data);
            Assert.Null(image.MimeType);
        }
    }

    [Fact]
    public void From_ADataUrl_TakesItsBytes()
    {
        var url = $"data:image/jpeg;base64,{Convert.ToBase64String(Bodies.Png)}";

        foreach (var image in new[] { InputImage.From(url, "image"), InputImage.From(new ImageDatum { Url = url }, "image") })
        {
            Assert.Equal(Bodies.Png, image.Data!.ToArray());
            Assert.Equal("image/png", image.MimeType);
        }
    }

    [Theory]
    [InlineData("89 50 4E 47 0D 0A", "image/png")]
    [InlineData("FF D8 FF E0", "image/jpeg")]
    [InlineData("52 49 46 46 00 00 00 00 57 45 42 50", "image/webp")]
    [InlineData("47 49 46 38 39 61", "image/gif")]
    [InlineData("42 4D 46 00", "image/bmp")]
    [InlineData("00 00 00 1C 66 74 79 70 61 76 69 66", "image/avif")]
    [InlineData("00 00 00 1C 66 74 79 70 68 65 69 63", "image/heic")]
    public void From_BytesOfAnyKind_DetectsTheirType(string hex, string expected) => Assert.Equal(expected, InputImage.From(Bodies.Hex(hex), "image").MimeType);

    [Fact]
    public void From_AnImageThatWasMade_PrefersItsBytes()
    {
        var image = InputImage.From(new ImageDatum { B64Json = new Base64Data(Bodies.Png), Url = "https://media.example.com/a.png" }, "image");

        Assert.Equal(Bodies.Png, image.Data!.ToArray());
    }

    [Theory]
    [InlineData("3C 73 76 67 20", "The image is not a PNG, JPEG, WebP, GIF, BMP, AVIF or HEIC image but image/svg+xml: convert it first.")]
    [InlineData("49 44 33 04", "The image is not a PNG, JPEG, WebP, GIF, BMP, AVIF or HEIC image but audio/mpeg: convert it first.")]
    [InlineData("25 50 44 46", "The image is not a PNG, JPEG, WebP, GIF, BMP, AVIF or HEIC image: convert it first.")]
    public void From_BytesOfAnotherKind_SaysWhatTheyAre(string hex, string message)
    {
        var exception = Assert.Throws<ArgumentException>("image", () => InputImage.From(Bodies.Hex(hex), "image"));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_MoreThanTheLimit_SaysTheLimit()
    {
        var path = _folder.At("large.png");
        using (var file = File.Create(path))
        {
            file.SetLength(CCApiDefaults.MaxInputImageBytes + 1L);
        }

        var exception = Assert.Throws<ArgumentException>("image", () => InputImage.From(path, "image"));

        Assert.StartsWith($"{path} has 20971521 bytes, and an image may have 20971520: make it smaller, or give its address instead.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("image", () => InputImage.From(new byte[CCApiDefaults.MaxInputImageBytes + 1], "image"));
    }

    [Fact]
    public void From_ExactlyTheLimit_IsFine()
    {
        var bytes = new byte[CCApiDefaults.MaxInputImageBytes];
        Bodies.Png.CopyTo(bytes, 0);

        Assert.Equal("image/png", InputImage.From(bytes, "image").MimeType);
    }

    [Fact]
    public void From_WhatCannotBeRead_SaysWhy()
    {
        File.WriteAllText(_folder.At("empty.png"), "");

        Assert.Throws<FileNotFoundException>(() => InputImage.From(_folder.At("none.png"), "image"));
        Assert.Throws<DirectoryNotFoundException>(() => InputImage.From(_folder.At("none/none.png"), "image"));
        Assert.Contains("is a folder", Assert.Throws<ArgumentException>("image", () => InputImage.From(_folder.Root, "image")).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<ArgumentException>("image", () => InputImage.From(_folder.At("empty.png"), "image")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://images.example.com/room.png")]
    [InlineData("data:image/png;base64")]
    [InlineData("data:image/png;base64,this is not base64!")]
    [InlineData(" ")]
    public void From_AnotherAddress_IsAnArgumentError(string url) => Assert.Throws<ArgumentException>("image", () => InputImage.From(url, "image"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("images/fox.png")]
    public void From_AnImageOfAResponse_NeverReadsAFile(string? url) => Assert.Throws<ArgumentException>("image", () => InputImage.From(new ImageDatum { Url = url }, "image"));

    [Fact]
    public void From_Nothing_IsAnArgumentError()
    {
        Assert.Throws<ArgumentNullException>("image", () => InputImage.From((string)null!, "image"));
        Assert.Throws<ArgumentNullException>("image", () => InputImage.From((byte[])null!, "image"));
        Assert.Throws<ArgumentNullException>("image", () => InputImage.From((ImageDatum)null!, "image"));
        Assert.Throws<ArgumentException>("image", () => InputImage.From(Enumerable.Empty<byte>().ToArray(), "image"));
    }
}
