using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class ImageSizeTests
{
    [Theory]
    [InlineData(null, 1024, 1024)]
    [InlineData("auto", 1024, 1024)]
    [InlineData("16x2048", 16, 2048)]
    [InlineData("1792x1024", 1792, 1024)]
    public void FromText_OfASize_IsIt(string? text, int width, int height)
    {
        var size = ImageSize.FromText(text);

        Assert.Equal((width, height), size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15x16")]
    [InlineData("16x2049")]
    [InlineData("16")]
    [InlineData("16x16x16")]
    [InlineData("-16x16")]
    [InlineData("1e3x16")]
    public void FromText_OfNoSize_IsNull(string text)
    {
        var size = ImageSize.FromText(text);

        Assert.Null(size);
    }

    [Theory]
    [InlineData("{}", 1024, 1024)]
    [InlineData("""{"width":64,"height":48}""", 64, 48)]
    [InlineData("""{"width":0,"height":0}""", 1024, 1024)]
    [InlineData("""{"width":64}""", 64, 1024)]
    [InlineData("""{"height":48}""", 1024, 48)]
    [InlineData("""{"aspect_ratio":"16:9"}""", 1024, 576)]
    [InlineData("""{"aspect_ratio":"9:16"}""", 576, 1024)]
    [InlineData("""{"aspect_ratio":"1:1","width":0,"height":0}""", 1024, 1024)]
    [InlineData("""{"aspect_ratio":"2147483647:2147483646"}""", 1024, 1023)]
    public void FromParameters_OfASize_IsIt(string json, int width, int height)
    {
        var size = ImageSize.FromParameters(JsonNode.Parse(json)!.AsObject());

        Assert.Equal((width, height), size);
    }

    [Theory]
    [InlineData("""{"width":9999,"height":64}""")]
    [InlineData("""{"width":64,"height":-1}""")]
    [InlineData("""{"width":9999}""")]
    [InlineData("""{"aspect_ratio":"wide"}""")]
    [InlineData("""{"aspect_ratio":"0:1"}""")]
    [InlineData("""{"aspect_ratio":"1000:1"}""")]
    [InlineData("""{"aspect_ratio":"1:2147483647"}""")]
    public void FromParameters_OfNoSize_IsNull(string json)
    {
        var size = ImageSize.FromParameters(JsonNode.Parse(json)!.AsObject());

        Assert.Null(size);
    }
}
