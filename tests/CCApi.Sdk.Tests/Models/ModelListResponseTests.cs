using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ModelListResponseTests
{
    [Theory]
    [InlineData("""{"object":"list","data":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""[{"id":"a"},{"id":"b"}]""")]
    [InlineData("""{"models":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"result":[{"id":"a"},{"id":"b"}],"success":true}""")]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"}],"success":true}""")]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"}],"models":[{"id":"c"}]}""")]
    [InlineData("""{"models":[{"id":"c"}],"data":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"data":null,"models":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"result":[{"id":"c"}],"models":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"data":[{"id":"a"},null,7,{"id":"b"}]}""")]
    public void Data_OfAnyWrapping_IsTheModels(string json)
    {
        var list = Wire.Read<ModelListResponse>(json);

        Assert.Equal(["a", "b"], list.Data!.Select(m => m.Id));
    }

    [Fact]
    public void Extras_OfAWrapping_AreKept()
    {
        var list = Wire.Read<ModelListResponse>("""{"models":[{"id":"a"}],"result":[1],"success":true,"has_more":false,"links":{"next":null}}""");

        var json = Wire.Write(list);

        Assert.Equal("""{"data":[{"id":"a"}],"result":[1],"success":true,"has_more":false,"links":{"next":null}}""", json);
    }

    [Theory]
    [InlineData("""{"result":{"object":"list","data":[{"id":"a"}],"first_id":"a"}}""", """{"object":"list","data":[{"id":"a"}],"first_id":"a"}""")]
    [InlineData("""{"object":"page","models":{"object":"list","items":[{"id":"a"}],"data":1}}""", """{"object":"page","data":[{"id":"a"}]}""")]
    [InlineData("""{"result":{"list":{"data":[{"id":"a"}],"object":"list"},"data":1}}""", """{"object":"list","data":[{"id":"a"}]}""")]
    public void Write_OfAnInnerObjectWithDocumentedMembers_WritesEachOnce(string json, string expected)
    {
        var written = Wire.Write(Wire.Read<ModelListResponse>(json));

        Assert.Equal(expected, written);
        Assert.Equal(expected, Wire.Write(Wire.Read<ModelListResponse>(written)));
    }

    [Theory]
    [InlineData("""{"models":[{"id":"a"}]}""")]
    [InlineData("""[{"id":"a"}]""")]
    [InlineData("""{"data":[{"id":"a"}]}""")]
    public void Extras_OfNone_AreNull(string json)
    {
        var list = Wire.Read<ModelListResponse>(json);

        Assert.Null(list.AdditionalProperties);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":"none"}""")]
    [InlineData("""{"models":{"id":"a"}}""")]
    public void Data_OfNoList_IsNull(string json)
    {
        var list = Wire.Read<ModelListResponse>(json);

        Assert.Null(list.Data);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"data":[]}""")]
    public void Data_OfAnEmptyList_IsEmpty(string json)
    {
        var list = Wire.Read<ModelListResponse>(json);

        Assert.Empty(list.Data!);
    }
}
