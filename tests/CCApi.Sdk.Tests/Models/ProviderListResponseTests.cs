using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ProviderListResponseTests
{
    [Theory]
    [InlineData("""{"object":"list","data":[{"name":"a"},{"name":"b"}]}""")]
    [InlineData("""[{"name":"a"},{"name":"b"}]""")]
    [InlineData("""["a","b"]""")]
    [InlineData("""{"providers":[{"name":"a"},"b"]}""")]
    [InlineData("""{"result":[{"name":"a"},{"name":"b"}],"success":true}""")]
    public void Data_OfAnyWrapping_IsTheProviders(string json)
    {
        var list = Wire.Read<ProviderListResponse>(json);

        Assert.Equal(["a", "b"], list.Data!.Select(p => p.Name));
    }

    [Fact]
    public void Write_OfAnInnerObjectWithDocumentedMembers_WritesEachOnce()
    {
        var list = Wire.Read<ProviderListResponse>("""{"result":{"object":"list","data":[{"name":"a"}],"total":1}}""");

        Assert.Equal("""{"object":"list","data":[{"name":"a"}],"total":1}""", Wire.Write(list));
    }

    [Fact]
    public void Extras_OfNone_AreNull()
    {
        var list = Wire.Read<ProviderListResponse>("""{"providers":["a"]}""");

        Assert.Null(list.AdditionalProperties);
    }
}
