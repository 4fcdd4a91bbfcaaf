using System;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class MediaTypeTests
{
    [Theory]
    [InlineData("FF D8 FF E0 00 10 4A 46", "image/jpeg")]
    [InlineData("89 50 4E 47 0D 0A 1A 0A", "image/png")]
    [InlineData("47 49 46 38 39 61", "image/gif")]
    [InlineData("52 49 46 46 00 00 00 00 57 45 42 50 56 50", "image/webp")]
    [InlineData("52 49 46 46 00 00 00 00 57 41 56 45 66 6D", "audio/wav")]
    [InlineData("52 49 46 46 00 00 00 00 41 56 49 20", null)]
    [InlineData("00 00 00 1C 66 74 79 70 61 76 69 66", "image/avif")]
    [InlineData("00 00 00 1C 66 74 79 70 61 76 69 73", "image/avif")]
    [InlineData("00 00 00 1C 66 74 79 70 68 65 69 63", "image/heic")]
    [InlineData("00 00 00 1C 66 74 79 70 68 65 69 78", "image/heic")]
    [InlineData("00 00 00 1C 66 74 79 70 68 65 76 63", "image/heic")]
    [InlineData("00 00 00 1C 66 74 79 70 6D 69 66 31", "image/heic")]
    [InlineData("00 00 00 1C 66 74 79 70 6D 73 66 31", "image/heic")]
    [InlineData("3C 73 76 67 20", "image/svg+xml")]
    [InlineData("00 00 00 1C 66 74 79 70 4D 34 41 20", "audio/mp4")]
    [InlineData("4F 67 67 53 00 02", "audio/ogg")]
    [InlineData("66 4C 61 43 00 00", "audio/flac")]
    [InlineData("49 44 33 04 00 00", "audio/mpeg")]
    [InlineData("FF FB 90 64", "audio/mpeg")]
    [InlineData("FF F3 84 C4", "audio/mpeg")]
    [InlineData("FF F1 50 80", "audio/aac")]
    [InlineData("FF F9 50 80", "audio/aac")]
    [InlineData("42 4D 46 00", "image/bmp")]
    [InlineData("FF FF FE FF FF FF FE FF", null)]
    [InlineData("FF FB F0 00", null)]
    [InlineData("FF FB 9C 00", null)]
    [InlineData("FF E8 90 00", null)]
    [InlineData("FF FB", null)]
    [InlineData("7B 22 61 22 3A 31 7D", null)]
    [InlineData("3C 68 74 6D 6C 3E", null)]
    [InlineData("00", null)]
    public void Sniff_OfTheFirstBytes_DetectsTheType(string hex, string? expected)
    {
        var head = Bodies.Hex(hex);

        var mediaType = MediaType.Sniff(head);

        Assert.Equal(expected, mediaType);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "audio/mp3", "audio/mp3")]
    [InlineData("audio/wav", "audio/mp3", "audio/wav")]
    [InlineData("application/octet-stream", "audio/mp3", "audio/mp3")]
    [InlineData("application/octet-stream", null, "application/octet-stream")]
    public void Label_OfTwo_IsTheOneThatNamesAType(string? first, string? second, string? expected) => Assert.Equal(expected, MediaType.Label(first, second));

    [Fact]
    public void Sniff_OfNothing_IsNull()
    {
        var mediaType = MediaType.Sniff([]);

        Assert.Null(mediaType);
    }

    [Fact]
    public void Sniff_OfEveryPrefix_NeverReadsPastIt()
    {
        var head = Bodies.Hex("52 49 46 46 00 00 00 00 57 45 42 50");

        for (var length = 0; length < head.Length; length++)
        {
            Assert.Null(MediaType.Sniff(head.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("image/png", ".png")]
    [InlineData("IMAGE/PNG", ".png")]
    [InlineData(" image/jpeg ; q=1", ".jpg")]
    [InlineData("image/webp", ".webp")]
    [InlineData("audio/mpeg", ".mp3")]
    [InlineData("audio/mp3", ".mp3")]
    [InlineData("audio/wav", ".wav")]
    [InlineData("audio/opus", ".ogg")]
    [InlineData("audio/flac", ".flac")]
    [InlineData("audio/aac", ".aac")]
    [InlineData("audio/pcm; rate=24000", ".pcm")]
    [InlineData("audio/L16", ".pcm")]
    [InlineData("application/octet-stream", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Extension_OfAMediaType_IsTheUsualOne(string? mediaType, string? expected)
    {
        var extension = MediaType.Extension(mediaType);

        Assert.Equal(expected, extension);
    }

    [Theory]
    [InlineData("audio/mpeg", "image/png")]
    [InlineData("application/octet-stream", "image/png")]
    [InlineData(null, "image/png")]
    public void Of_BytesThatShowTheirType_BelievesThem(string? label, string expected)
    {
        var mediaType = MediaType.Of(Bodies.Png, label);

        Assert.Equal(expected, mediaType);
    }

    [Theory]
    [InlineData("audio/pcm")]
    [InlineData("audio/L16; rate=24000")]
    public void Of_SoundWithoutAHeader_BelievesTheLabel(string label)
    {
        var looksLikeMp3 = Bodies.Hex("FF FB 90 64 00 00");

        var mediaType = MediaType.Of(looksLikeMp3, label);

        Assert.Equal(label, mediaType);
    }

    [Fact]
    public void Of_BytesThatShowNothing_BelievesTheLabel()
    {
        var mediaType = MediaType.Of([1, 2, 3], "audio/webm");

        Assert.Equal("audio/webm", mediaType);
    }

    [Theory]
    [InlineData("fox.png", ".png")]
    [InlineData("a/b.c/fox.MP3", ".MP3")]
    [InlineData("fox.jpeg", ".jpeg")]
    [InlineData("fox.bin", ".bin")]
    [InlineData("photo v1.5 final", "")]
    [InlineData("v2.0", "")]
    [InlineData("my.photo", "")]
    [InlineData("a.png/fox", "")]
    [InlineData("fox.", "")]
    [InlineData("fox", "")]
    public void ExtensionOfPath_OfAPath_IsOnlyThatOfMedia(string path, string expected) => Assert.Equal(expected, MediaType.ExtensionOfPath(path));
}
