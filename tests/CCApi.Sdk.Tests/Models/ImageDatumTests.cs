using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ImageDatumTests
{
    [Theory]
    [InlineData("""{"b64_json":"AQID"}""", true)]
    [InlineData("""{"b64_json":"AQID","url":"https://example.com/a.png"}""", true)]
    [InlineData("""{"url":"data:image/png;base64,AQID"}""", true)]
    [InlineData("""{"url":"DATA:image/png;base64,AQID"}""", true)]
    [InlineData("""{"url":"https://example.com/a.png"}""", false)]
    [InlineData("""{"url":"","b64_json":""}""", false)]
    [InlineData("""{"b64_json":"not base64!"}""", false)]
    [InlineData("""{"b64_json":null,"url":null}""", false)]
    [InlineData("""{"b64_json":7}""", false)]
    [InlineData("""{}""", false)]
    public void HasInlineData_OfAnImage_SaysWhetherBytesAreHere(string json, bool expected)
    {
        var image = Wire.Read<ImageDatum>(json);

        Assert.Equal(expected, image.HasInlineData);
    }

    [Fact]
    public void Write_OfTheDocumentedPlaceholder_IsExact()
    {
        const string Json = """{"url":"string","b64_json":"string","revised_prompt":"string"}""";

        var image = Wire.Read<ImageDatum>(Json);

        Assert.Equal(Json, Wire.Write(image));
    }
}
