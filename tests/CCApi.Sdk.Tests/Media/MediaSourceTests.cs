using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public sealed class MediaSourceTests : IDisposable
{
    private const string Url = "https://media.example.com/a.png";

    private readonly ScriptedHandler _handler = new(ScriptedHandler.Bytes([9, 9], "image/png"));

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(Url)]
    public async Task Open_OfInlineBytes_NeedsNoDownload(string? url)
    {
        var bytes = await ReadAsync(new Base64Data([1, 2, 3]), url);

        Assert.Equal([1, 2, 3], bytes);
        Assert.Empty(_handler.Sent);
    }

    [Theory]
    [InlineData("data:image/png;base64,AQID")]
    [InlineData("DATA:image/png;base64,AQID")]
    [InlineData(" data:image/png;base64,AQID")]
    public async Task Open_OfADataUrl_NeedsNoDownload(string url)
    {
        var bytes = await ReadAsync(inline: null, url);

        Assert.Equal([1, 2, 3], bytes);
        Assert.Empty(_handler.Sent);
    }

    [Fact]
    public async Task Open_OfAUrl_DownloadsIt()
    {
        var bytes = await ReadAsync(inline: null, Url);

        Assert.Equal([9, 9], bytes);
        Assert.Equal([$"GET {Url}"], _handler.Sent);
    }

    [Theory]
    [InlineData("text/html", "<!DOCTYPE html><title>Sign in</title>")]
    [InlineData("application/json", "{\"error\":\"the link has expired\"}")]
    [InlineData("application/xml", "<Error><Code>ExpiredToken</Code></Error>")]
    [InlineData("text/xml", "<?xml version=\"1.0\"?><Error/>")]
    [InlineData("text/plain", "expired")]
    [InlineData("application/problem+json", "{}")]
    [InlineData("application/xhtml+xml", "<html xmlns=\"x\"/>")]
    public async Task Open_UrlOfAPage_IsNotMedia(string mediaType, string body)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8(body), mediaType));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(
            () => MediaSource.OpenAsync(handler.CreateTransport(), inline: null, Url, "audio/mp3", options: null, CancellationToken.None));

        Assert.Equal($"The response points to {mediaType}, and not to an image or sound; links may expire.", exception.Message);
    }

    [Theory]
    [InlineData("image/png", "<!DOCTYPE html><title>Sign in</title>")]
    [InlineData("image/png", "{\"error\":\"the link has expired\"}")]
    [InlineData("audio/mpeg", "\n<?xml version=\"1.0\"?><Error/>")]
    [InlineData("application/octet-stream", "[{\"error\":1}]")]
    public async Task Open_OfAPageUnderTheLabelOfMedia_IsNotMedia(string mediaType, string body)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8(body), mediaType));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(
            () => MediaSource.OpenAsync(handler.CreateTransport(), inline: null, Url, "image/png", options: null, CancellationToken.None));

        Assert.Equal("The response points to a page or an error, and not to an image or sound; links may expire.", exception.Message);
    }

    [Theory]
    [InlineData("image/png", "expired")]
    [InlineData("image/x-portable-pixmap", "P3 1 1 255 0 0 0")]
    [InlineData("audio/mpeg", "expired, for long")]
    public async Task Open_OfOtherTextUnderTheLabelOfMedia_IsWhatTheLabelSays(string mediaType, string body)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Utf8(body), mediaType));

        using var stream = await MediaSource.OpenAsync(handler.CreateTransport(), inline: null, Url, label: null, options: null, CancellationToken.None);

        Assert.Equal(mediaType, stream.MediaType);
    }

    [Theory]
    [InlineData("data:text/html,<html>expired</html>", "The response points to text/html, and not to an image or sound.")]
    [InlineData("data:application/json;base64,eyJlcnJvciI6MX0=", "The response points to application/json, and not to an image or sound.")]
    [InlineData("data:image/png,{\"error\":1}", "The response points to a page or an error, and not to an image or sound.")]
    [InlineData("data:image/png;base64,", "The image or sound is empty: its data: URL has no bytes.")]
    [InlineData("data:,", "The image or sound is empty: its data: URL has no bytes.")]
    public async Task Open_OfADataUrlWithoutMedia_IsNotMedia(string url, string expected)
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(inline: null, url));

        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public async Task Open_OfAnImageUnderTheLabelOfAPage_IsTheImage()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Png, "text/html"));

        using var stream = await MediaSource.OpenAsync(handler.CreateTransport(), inline: null, Url, label: null, options: null, CancellationToken.None);

        Assert.Equal("image/png", stream.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not base64!")]
    public async Task Open_OfUselessInlineTextBesideAUrl_DownloadsIt(string text)
    {
        var bytes = await ReadAsync(new Base64Data(text), Url);

        Assert.Equal([9, 9], bytes);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "")]
    [InlineData(null, "  ")]
    [InlineData("", null)]
    [InlineData("", "")]
    public async Task Open_OfNothing_SaysSo(string? text, string? url)
    {
        var inline = text is null ? null : new Base64Data(text);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(inline, url));

        Assert.Equal("The response has neither the bytes nor a URL.", exception.Message);
        Assert.Empty(_handler.Sent);
    }

    [Fact]
    public async Task Open_OfTextThatIsNotBase64_QuotesNothingOfIt()
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => ReadAsync(new Base64Data("this is not base64!"), url: null));

        Assert.Equal("The gateway sent text that is not base64 (19 characters): check IsValid, and the model and its parameters.", exception.Message);
    }

    [Fact]
    public async Task Open_OfInlineBytes_CannotBeWrittenTo()
    {
        using var stream = await MediaSource.OpenAsync(_handler.CreateTransport(), new Base64Data([1, 2, 3]), url: null, label: null, options: null, CancellationToken.None);

        Assert.False(stream.CanWrite);
    }

    [Theory]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=", null, "image/svg+xml")]
    [InlineData("data:image/svg+xml,%3Csvg%3E", null, "image/svg+xml")]
    [InlineData("data:;base64,AQID", "audio/mp3", "audio/mp3")]
    [InlineData(Url, null, "image/gif")]
    [InlineData(Url, "audio/mp3", "image/gif")]
    public async Task Open_UnrecognizedBytes_UsesTheirLabelThenThatOfTheResponse(string url, string? label, string expected)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([9, 9], "image/gif"));

        using var stream = await MediaSource.OpenAsync(handler.CreateTransport(), inline: null, url, label, options: null, CancellationToken.None);

        Assert.Equal(expected, stream.MediaType);
    }

    [Fact]
    public async Task Open_OfADownloadThatShowsItsType_BelievesIt()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes(Bodies.Png, "application/octet-stream"));

        using var stream = await MediaSource.OpenAsync(handler.CreateTransport(), inline: null, Url, label: null, options: null, CancellationToken.None);

        Assert.Equal("image/png", stream.MediaType);
        Assert.Equal(Bodies.Png.Length, stream.ContentLength);
    }

    [Fact]
    public async Task Open_WithWrongOptions_IsAnArgumentError()
    {
        var options = new CCApiRequestOptions { Idle = TimeSpan.Zero };

        await Assert.ThrowsAsync<ArgumentException>(() => MediaSource.OpenAsync(_handler.CreateTransport(), new Base64Data([1]), Url, label: null, options, CancellationToken.None));

        Assert.Empty(_handler.Sent);
    }

    private async Task<byte[]> ReadAsync(Base64Data? inline, string? url)
    {
        using var stream = await MediaSource.OpenAsync(_handler.CreateTransport(), inline, url, label: null, options: null, CancellationToken.None);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
