using System.Text;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class Base64TextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("AQID", 0)]
    [InlineData("data:image/png;base64,AQID", 22)]
    [InlineData("DATA:image/png;Base64,AQID", 22)]
    [InlineData("data:;base64,", 13)]
    [InlineData("data:,", 0)]
    [InlineData("date:image/png;base64,AQID", 0)]
    [InlineData("data:audio/mpeg;rate=1;base64,AQ", 30)]
    [InlineData("data:text/plain,hello", 0)]
    [InlineData("data:image/png;base64", 0)]
    [InlineData("data:", 0)]
    public void DataPrefixLength_OfText_IsThatOfABase64Url(string text, int expected)
    {
        var length = Base64Text.DataPrefixLength(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, length);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("data:;base64,", null)]
    [InlineData("data: ;base64,", null)]
    [InlineData("data:image/png;base64,", "image/png")]
    [InlineData("data:audio/mpeg;rate=1;base64,", "audio/mpeg")]
    public void MediaType_OfAPrefix_HasNoParameters(string? prefix, string? expected)
    {
        var type = Base64Text.MediaType(prefix);

        Assert.Equal(expected, type);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("AQID", "01-02-03", true)]
    [InlineData("AQI=", "01-02", true)]
    [InlineData("AQ==", "01", true)]
    [InlineData("+/+/", "FB-FF-BF", true)]
    [InlineData("AQI", "01-02", false)]
    [InlineData("AQ", "01", false)]
    [InlineData("-_-_", "FB-FF-BF", false)]
    [InlineData("AQ ID\r\nBA==", "01-02-03-04", false)]
    [InlineData(" AQID", "01-02-03", false)]
    [InlineData("AQID    ", "01-02-03", false)]
    [InlineData("AQ\t==", "01", false)]
    [InlineData("AR==", "01", false)]
    [InlineData("AQJ=", "01-02", false)]
    public void Decode_OfAnySpelling_GivesExactBytes(string text, string expected, bool expectedCanonical)
    {
        var bytes = Base64Text.Decode(Encoding.UTF8.GetBytes(text), out var isCanonical);

        Assert.Equal(expected, System.BitConverter.ToString(bytes!));
        Assert.Equal(expectedCanonical, isCanonical);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AQIDA")]
    [InlineData("====")]
    [InlineData("=")]
    [InlineData("A===")]
    [InlineData("AQ==AQ==")]
    [InlineData("AQ=I")]
    [InlineData("AQ!D")]
    [InlineData("http://x")]
    [InlineData("会会会会")]
    public void Decode_OfOtherText_IsNull(string text)
    {
        var bytes = Base64Text.Decode(Encoding.UTF8.GetBytes(text), out var isCanonical);

        Assert.Null(bytes);
        Assert.False(isCanonical);
    }
}
