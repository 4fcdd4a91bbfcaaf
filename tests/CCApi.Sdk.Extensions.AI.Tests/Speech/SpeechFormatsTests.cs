using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Speech;

public class SpeechFormatsTests
{
    [Theory]
    [InlineData(null, "audio/mpeg")]
    [InlineData("", "audio/mpeg")]
    [InlineData("wav", "audio/wav")]
    [InlineData("PCM", "audio/pcm")]
    [InlineData("new", "audio/new")]
    [InlineData("audio/webm", "audio/webm")]
    [InlineData("Audio/WebM", "Audio/WebM")]
    [InlineData("video/mp4", "audio/*")]
    [InlineData("mp3 44", "audio/*")]
    public void TypeOf_AFormat_IsItsMediaType(string? format, string expected) =>
        Assert.Equal(expected, SpeechFormats.TypeOf(format));

    [Theory]
    [InlineData("audio/ogg", "opus", "audio/opus")]
    [InlineData("audio/ogg", "ogg", "audio/ogg")]
    [InlineData("audio/wav", "opus", "audio/wav")]
    [InlineData(null, "wav", "audio/wav")]
    [InlineData("application/octet-stream", "pcm", "audio/pcm")]
    [InlineData("binary/octet-stream", null, "audio/mpeg")]
    public void TypeOf_SoundAndFormat_IsTheNarrowerOne(string? shown, string? requested, string expected) =>
        Assert.Equal(expected, SpeechFormats.TypeOf(shown, requested));
}
