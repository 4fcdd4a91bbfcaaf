using System.Globalization;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelPagesTests
{
    [Theory]
    [InlineData("""{"data":[],"has_more":false}""", true)]
    [InlineData("""{"data":[],"has_more":true}""", false)]
    [InlineData("""{"data":[],"has_more":"false"}""", false)]
    [InlineData("""{"data":[],"has_more":null}""", false)]
    [InlineData("""{"data":[],"has_more":"true","total":10}""", false)]
    [InlineData("""{"data":[],"has_more":1,"total":10}""", false)]
    [InlineData("""{"data":[],"hasMore":true,"total":10}""", false)]
    [InlineData("""{"data":[],"hasMore":false,"total":11}""", true)]
    [InlineData("""{"data":["a"],"total":10}""", true)]
    [InlineData("""{"data":[{"id":"a"}],"total":0}""", false)]
    [InlineData("""{"data":[{"id":"a"}],"total":-1}""", false)]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"}],"total":2}""", true)]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"},{"id":"e"}],"total":5}""", false)]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"},{"id":"e"}],"total_count":"5"}""", false)]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"},{"id":"e"}],"total":10}""", true)]
    [InlineData("""{"data":[],"total":10}""", true)]
    [InlineData("""{"data":[],"total":9}""", true)]
    [InlineData("""{"data":[],"total":11}""", false)]
    [InlineData("""{"data":[],"total":"10"}""", true)]
    [InlineData("""{"data":[],"total_count":10}""", true)]
    [InlineData("""{"data":[],"total_count":11}""", false)]
    [InlineData("""{"data":[],"total":"many","total_count":10}""", true)]
    [InlineData("""{"data":[],"total":{}}""", false)]
    [InlineData("""{"data":[],"has_more":true,"total":10}""", false)]
    [InlineData("""{"data":[],"has_more":false,"total":11}""", true)]
    [InlineData("""{"data":[]}""", false)]
    [InlineData("""[]""", false)]
    public void IsLast_AfterTenModels_ReadsWhatGatewaysSend(string json, bool expected)
    {
        var page = Wire.Read<ModelListResponse>(json);

        Assert.Equal(expected, ModelPages.IsLast(page, seen: 10, limit: 5));
    }

    [Fact]
    public void IsLast_InAnyCulture_ReadsTheSame()
    {
        var page = Wire.Read<ModelListResponse>("""{"data":[],"total":-1}""");
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Cultures.CommaDecimal;

            Assert.True(ModelPages.IsLast(page, seen: 0, limit: 5));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
