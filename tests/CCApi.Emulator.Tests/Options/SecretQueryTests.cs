using Xunit;

namespace CCApi.Emulator.Tests.Options;

public class SecretQueryTests
{
    [Theory]
    [InlineData("/v1/models", "/v1/models")]
    [InlineData("/v1/models?limit=5&q=key", "/v1/models?limit=5&q=key")]
    [InlineData("/v1/models?key=abc&limit=5", "/v1/models?key=(redacted)&limit=5")]
    [InlineData("/v1/models?limit=5&API-Key=a%20b=&key=", "/v1/models?limit=5&API-Key=(redacted)&key=")]
    [InlineData("/v1/models?k%65y=(redacted)&key", "/v1/models?k%65y=(redacted)&key")]
    public void Hide_OfAnAddress_ReplacesTheValuesOfKeys(string address, string expected) =>
        Assert.Equal(expected, SecretQuery.Hide(address));

    [Fact]
    public void ValuesOf_AQuery_AreUnescaped() =>
        Assert.Equal(["a b=", "x"], SecretQuery.ValuesOf("?limit=5&api_key=a%20b=&token=x&key="));
}
