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
    public void TypeOf_AFormat_IsItsMediaType(string? format, string expected) =>
        Assert.Equal(expected, SpeechFormats.TypeOf(format));

    [Theory]
    [InlineData("audio/ogg", "opus", "audio/opus")]
    [InlineData("audio/ogg", "ogg", "audio/ogg")]
    [InlineData("audio/wav", "opus", "audio/wav")]
    [InlineData(null, "wav", "audio/wav")]
    public void TypeOf_SoundAndFormat_IsTheNarrowerOne(string? shown, string requested, string expected) =>
        Assert.Equal(expected, SpeechFormats.TypeOf(shown, requested));
}
