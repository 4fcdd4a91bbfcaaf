using System;
using Xunit;

namespace CCApi.Emulator.Tests.Options;

public class EmulatorRecordingTests
{
    [Theory]
    [InlineData("http://gateway.test/v1", "/models", "", "http://gateway.test/v1/models")]
    [InlineData("http://gateway.test/v1/", "/models", "?limit=5", "http://gateway.test/v1/models?limit=5")]
    [InlineData("http://gateway.test:81/v1?api-version=1", "/models", "", "http://gateway.test:81/v1/models?api-version=1")]
    [InlineData("http://gateway.test/v1/?api-version=1", "/models", "?limit=5", "http://gateway.test/v1/models?api-version=1&limit=5")]
    [InlineData("http://gateway.test/v1", "/models/%41", "?x=%41%2d", "http://gateway.test/v1/models/%41?x=%41%2d")]
    [InlineData("http://user:password@gateway.test", "/models/a%2Fb%3F", "", "http://gateway.test/models/a%2Fb%3F")]
    public void AddressOf_APath_KeepsTheQueryOfTheUpstream(string upstream, string path, string query, string expected) =>
        Assert.Equal(expected, Recording(upstream).AddressOf(path, query).AbsoluteUri);

    [Theory]
    [InlineData("http://gateway.test/v1", null, null)]
    [InlineData("http://gateway.test/v1", "sk-key", "Bearer sk-key")]
    [InlineData("http://user:pass%20word@gateway.test/v1", "sk-key", "Bearer sk-key")]
    [InlineData("http://user:pass%20word@gateway.test/v1", null, "Basic dXNlcjpwYXNzIHdvcmQ=")]
    public void Authorization_OfAnUpstream_IsOfItsKeyOrItsUser(string upstream, string? key, string? expected) =>
        Assert.Equal(expected, Recording(upstream, key).Authorization);

    [Fact]
    public void ToString_OfAnUpstreamWithSecrets_HasNone() =>
        Assert.Equal(
            "http://gateway.test/v1 to calls.jsonl",
            Recording("http://user:password@gateway.test/v1?key=abc", "sk-key").ToString());

    private static EmulatorRecording Recording(string upstream, string? key = null) => new(new Uri(upstream), key, "calls.jsonl");
}
