using System.Text;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class TextPageTests
{
    [Theory]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("Application/JSON", true)]
    [InlineData("application/problem+xml", true)]
    [InlineData("image/svg+xml", false)]
    [InlineData("image/png", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLabel_OfAMediaType_IsThatOfATextButADrawing(string? mediaType, bool expected) =>
        Assert.Equal(expected, TextPage.IsLabel(mediaType));

    [Theory]
    [InlineData("<!DOCTYPE html>", "image/png", true)]
    [InlineData("\uFEFF{\"error\": 1", "image/png", true)]
    [InlineData("  \r\n<html><he", null, true)]
    [InlineData("{\"a\":1", "image/png", true)]
    [InlineData("{\"a\":1", "audio/mpeg", false)]
    [InlineData("<html>", "image/jpeg", true)]
    [InlineData("<p>L\u00E4uft ab</p>", "image/png", true)]
    [InlineData("<p>12345678901\u20AC", "audio/mpeg", true)]
    [InlineData("\t\t", "image/png", false)]
    [InlineData("expired link", "image/png", false)]
    [InlineData("<!DOCTYPE HTML><h", "image/svg+xml", true)]
    [InlineData("{\"error\":\"expired\"}", "image/svg+xml", true)]
    [InlineData("<!-- drawn --><svg>", "image/svg+xml", false)]
    [InlineData("", "image/png", false)]
    [InlineData("<?xml version=\"1", "image/svg+xml", false)]
    [InlineData("<svg xmlns=\"http", "image/png", false)]
    [InlineData("<\u0001<<<<<<<<<", "audio/pcm", false)]
    [InlineData("RIFFxxxxWAVEfmt ", "audio/wav", false)]
    public void Starts_OfTheFirstBytes_IsADocument(string head, string? label, bool expected) =>
        Assert.Equal(expected, TextPage.Starts(Encoding.UTF8.GetBytes(head), label));

    [Theory]
    [InlineData("FF FE 3C 00 21 00 44 00", true)]
    [InlineData("FE FF 00 3C 00 21 00 44", true)]
    [InlineData("FF FE 3C 00 21 00 44 00", true, "audio/mpeg")]
    [InlineData("FF FB 90 64 00 0F F0 00", false)]
    [InlineData("3C 68 E2 68 74 C3 B6 0A 3C", false)]
    [InlineData("3C 68 74 C3 B6 0A 3C 68 E2 82", true)]
    public void Starts_OfTextInOtherEncodings_IsADocument(string head, bool expected, string label = "image/png") =>
        Assert.Equal(expected, TextPage.Starts(Bodies.Hex(head), label));
}
