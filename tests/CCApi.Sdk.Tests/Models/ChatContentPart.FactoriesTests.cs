using System;
using System.IO;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatContentPartFactoriesTests
{
    private static readonly string _png = Convert.ToBase64String(Bodies.Png);
    private static readonly string _mp3 = Convert.ToBase64String(Bodies.Mp3);

    [Fact]
    public void FromText_OfAText_IsATextPart() => Assert.Equal("""{"type":"text","text":"a"}""", Wire.Write(ChatContentPart.FromText("a")));

    [Fact]
    public void ImageFromUrl_OfAnAddress_SendsTheAddress() =>
        Assert.Equal(
            """{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}""",
            Wire.Write(ChatContentPart.ImageFromUrl("https://example.com/a.png", ImageDetail.Low)));

    [Fact]
    public void ImageFromBytes_OfAnImage_SendsItWithItsType()
    {
        var expected = $$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{_png}}}"}}""";

        Assert.Equal(expected, Wire.Write(ChatContentPart.ImageFromBytes(Bodies.Png)));
        Assert.Equal(expected, Wire.Write(ChatContentPart.ImageFromUrl($"data:;base64,{_png}")));
    }

    [Fact]
    public void ImageFromFile_OfAnImage_SendsItWithTheTypeOfItsBytes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("a.jpg"), Bodies.Png);

        Assert.Equal(
            $$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{_png}}}","detail":"high"}}""",
            Wire.Write(ChatContentPart.ImageFromFile(folder.At("a.jpg"), ImageDetail.High)));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("file:///a.png")]
    [InlineData("ftp://example.com/a.png")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("")]
    public void ImageFromUrl_OfSomethingElse_Throws(string url) => Assert.Throws<ArgumentException>(nameof(url), () => ChatContentPart.ImageFromUrl(url));

    [Fact]
    public void ImageFrom_BytesWithoutAnImage_Throws()
    {
        Assert.Throws<ArgumentException>("bytes", () => ChatContentPart.ImageFromBytes(Bodies.Mp3));
        Assert.Throws<ArgumentException>("path", () => ChatContentPart.ImageFromFile(Path.GetTempPath()));
    }

    [Fact]
    public void AudioFrom_Sound_SendsItsFormat()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("a.wav"), Bodies.Mp3);
        var expected = $$$"""{"type":"input_audio","input_audio":{"data":"{{{_mp3}}}","format":"mp3"}}""";

        Assert.Equal(expected, Wire.Write(ChatContentPart.AudioFromBytes(Bodies.Mp3)));
        Assert.Equal(expected, Wire.Write(ChatContentPart.AudioFromFile(folder.At("a.wav"))));
        Assert.Contains("\"format\":\"wav\"", Wire.Write(ChatContentPart.AudioFromBytes(Bodies.Utf8("RIFF....WAVEfmt "))), StringComparison.Ordinal);
    }

    [Fact]
    public void AudioFrom_BytesWithoutSound_Throws()
    {
        Assert.Contains("image/png", Assert.Throws<ArgumentException>("bytes", () => ChatContentPart.AudioFromBytes(Bodies.Png)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("bytes", () => ChatContentPart.AudioFromBytes([]));
    }

    [Fact]
    public void FileFrom_AFile_SendsItsNameAndType()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("a.txt"), Bodies.Utf8("Hi"));
        const string expected = """{"type":"file","file":{"file_data":"data:text/plain;base64,SGk=","filename":"a.txt"}}""";

        Assert.Equal(expected, Wire.Write(ChatContentPart.FileFromPath(folder.At("a.txt"))));
        Assert.Equal(expected, Wire.Write(ChatContentPart.FileFromBytes(Bodies.Utf8("Hi"), "a.txt")));
        Assert.Equal("""{"type":"file","file":{"file_id":"f1"}}""", Wire.Write(ChatContentPart.FileFromId("f1")));
    }

    [Fact]
    public void FileFrom_Nothing_Throws()
    {
        Assert.Throws<ArgumentException>("bytes", () => ChatContentPart.FileFromBytes([], "a.txt"));
        Assert.Throws<ArgumentException>("fileName", () => ChatContentPart.FileFromBytes([1], ""));
        Assert.Throws<ArgumentException>("id", () => ChatContentPart.FileFromId(""));
    }
}
