using System.Text;
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
    [InlineData("{\"a\":1", "image/png", false)]
    [InlineData("<?xml version=\"1", "image/svg+xml", false)]
    [InlineData("<svg xmlns=\"http", "image/png", false)]
    [InlineData("<\u0001<<<<<<<<<", "audio/pcm", false)]
    [InlineData("RIFFxxxxWAVEfmt ", "audio/wav", false)]
    public void Starts_OfTheFirstBytes_IsADocument(string head, string? label, bool expected) =>
        Assert.Equal(expected, TextPage.Starts(Encoding.UTF8.GetBytes(head), label));
}
