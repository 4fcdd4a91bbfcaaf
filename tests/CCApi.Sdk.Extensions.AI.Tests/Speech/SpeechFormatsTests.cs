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
}
