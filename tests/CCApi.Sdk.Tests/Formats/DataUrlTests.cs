using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class DataUrlTests
{
    [Fact]
    public void Write_OfBytes_CanBeRead()
    {
        var url = DataUrl.Write("text/plain", [72, 105]);

        Assert.Equal("data:text/plain;base64,SGk=", url);
        Assert.Equal([72, 105], DataUrl.Read(url).Bytes);
    }

    [Theory]
    [InlineData("data:image/png;base64,AQID", "01-02-03", "image/png")]
    [InlineData("DATA:image/png;BASE64,AQID", "01-02-03", "image/png")]
    [InlineData("data:image/png;name=a.png;base64,AQID", "01-02-03", "image/png")]
    [InlineData("data:;base64,AQID", "01-02-03", null)]
    [InlineData("data:image/png;base64,AQ%49D", "01-02-03", "image/png")]
    [InlineData("data:image/png;base64,%2B%2F8%3D", "FB-FF", "image/png")]
    [InlineData("data:image/svg+xml,%3Csvg%3e,", "3C-73-76-67-3E-2C", "image/svg+xml")]
    [InlineData("data:image/svg+xml;utf8,<svg>", "3C-73-76-67-3E", "image/svg+xml")]
    [InlineData("data:image/svg+xml,é%C3%a9", "C3-A9-C3-A9", "image/svg+xml")]
    [InlineData("data:application/x,%00%ff%zz%1", "00-FF-25-7A-7A-25-31", "application/x")]
    [InlineData("data:,", "", null)]
    public void Read_OfAUrl_GivesItsBytesAndType(string url, string bytes, string? mediaType)
    {
        var data = DataUrl.Read(url);

        Assert.Equal(bytes, System.BitConverter.ToString(data.Bytes));
        Assert.Equal(mediaType, data.MediaType);
    }

    [Theory]
    [InlineData("data:image/png;base64")]
    [InlineData("data:image/png;base64,this is not base64!")]
    public void Read_OfNoData_IsAProtocolError(string url) => Assert.Throws<CCApiProtocolException>(() => DataUrl.Read(url));

    [Theory]
    [InlineData("data:,", true)]
    [InlineData("Data:,", true)]
    [InlineData("https://media.example.com/data:,", false)]
    public void Is_OfAUrl_GoesByItsScheme(string url, bool expected) => Assert.Equal(expected, DataUrl.Is(url));
}
