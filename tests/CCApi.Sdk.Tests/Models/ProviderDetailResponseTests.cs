using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ProviderDetailResponseTests
{
    [Theory]
    [InlineData("""{"name":"openai","display_name":"OpenAI","is_fundamental":true,"models":[{"id":"m"}],"x":1}""")]
    [InlineData("""{"data":{"name":"openai","display_name":"OpenAI","is_fundamental":true,"models":[{"id":"m"}],"x":1}}""")]
    [InlineData("""{"provider":{"name":"openai","display_name":"OpenAI","is_fundamental":true,"x":1},"models":[{"id":"m"}]}""")]
    [InlineData("""{"data":{"provider":{"name":"openai","display_name":"OpenAI","is_fundamental":true,"models":[{"id":"m"}],"x":1}}}""")]
    public void Members_OfAnyWrapping_AreFilled(string json)
    {
        var provider = Wire.Read<ProviderDetailResponse>(json);

        Assert.Equal("openai", provider.Name);
        Assert.Equal("OpenAI", provider.DisplayName);
        Assert.True(provider.IsFundamental);
        Assert.Equal("m", Assert.Single(provider.Models!).Id);
        Assert.Equal("x", Assert.Single(provider.AdditionalProperties!).Key);
    }

    [Fact]
    public void Object_OfAWrapping_IsNotLost()
    {
        var provider = Wire.Read<ProviderDetailResponse>("""{"success":true,"data":{"object":"provider","name":"openai"}}""");

        var json = Wire.Write(provider);

        Assert.Empty(JsonTree.Differences("""{"object":"provider","name":"openai","success":true}""", json));
    }

    [Fact]
    public void Members_OfTheOutside_Win()
    {
        var provider = Wire.Read<ProviderDetailResponse>("""{"display_name":"Outside","data":{"name":"openai","display_name":"Inside"}}""");

        Assert.Equal("Outside", provider.DisplayName);
    }

    [Theory]
    [InlineData("""{"name":"openai","data":{"name":"inner"}}""")]
    [InlineData("""{"name":"openai","provider":{"name":"inner"}}""")]
    public void Members_OfANamedProvider_AreLeftAlone(string json)
    {
        var provider = Wire.Read<ProviderDetailResponse>(json);

        Assert.Equal("openai", provider.Name);
        Assert.Empty(JsonTree.Differences(json, Wire.Write(provider)));
    }

    [Fact]
    public void Extras_OfNone_AreNull()
    {
        var provider = Wire.Read<ProviderDetailResponse>("""{"data":{"name":"openai"}}""");

        Assert.Null(provider.AdditionalProperties);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"provider":"openai"}""")]
    [InlineData("""{"data":[{"name":"a"}]}""")]
    public void Members_OfNoProvider_AreNull(string json)
    {
        var provider = Wire.Read<ProviderDetailResponse>(json);

        Assert.Null(provider.Name);
        Assert.Empty(JsonTree.Differences(json, Wire.Write(provider)));
    }
}
