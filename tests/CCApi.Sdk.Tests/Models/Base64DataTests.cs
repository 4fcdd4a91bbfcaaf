using System;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

[Properties(Replay = "20261103,7")]
public class Base64DataTests
{
    [Theory]
    [InlineData("AQID", "01-02-03")]
    [InlineData("AQI=", "01-02")]
    [InlineData("AQ==", "01")]
    [InlineData("AQ", "01")]
    [InlineData("AQI", "01-02")]
    [InlineData("-_-_", "FB-FF-BF")]
    [InlineData("AQ\\r\\nID", "01-02-03")]
    [InlineData(" AQID ", "01-02-03")]
    [InlineData("AR==", "01")]
    [InlineData("data:image/png;base64,AQID", "01-02-03")]
    [InlineData("data:image/png;base64,AQ", "01")]
    [InlineData("data:;base64,AQID", "01-02-03")]
    [InlineData("\\u0041QID", "01-02-03")]
    [InlineData("", "")]
    public void Read_OfAnySpelling_DecodesAndRoundTrips(string text, string expected)
    {
        var json = $"\"{text}\"";

        var data = Wire.Read<Base64Data>(json);

        Assert.True(data.IsValid);
        Assert.Equal(expected, BitConverter.ToString(data.ToArray()));
        Assert.Equal(data.ToArray(), data.Memory.ToArray());
        Assert.Equal(data.ToArray().Length, data.Length);
        Assert.Empty(JsonTree.Differences(json, Wire.Write(data)));
        Assert.Equal(JsonSerializer.Deserialize<string>(json), data.ToString());
    }

    [Theory]
    [InlineData("string")]
    [InlineData("AQID")]
    [InlineData("data:image/svg+xml;base64,+/+/")]
    public void Write_OfWhatWasRead_IsExact(string text)
    {
        var data = Wire.Read<Base64Data>($"\"{text}\"");

        var json = Wire.Write(data);

        Assert.Equal($"\"{text}\"", json);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("https://example.com/a.png")]
    [InlineData("data:text/plain,hello")]
    [InlineData("A")]
    [InlineData("会会会会")]
    public void Read_OfOtherText_KeepsItAndThrowsOnUse(string text)
    {
        var data = Wire.Read<Base64Data>($"\"{text}\"");

        Assert.False(data.IsValid);
        Assert.Equal(0, data.Length);
        Assert.Equal(text, data.ToString());
        Assert.Equal($"\"{text}\"", Wire.Write(data));
        Assert.Throws<CCApiProtocolException>(() => data.Memory);
        Assert.Throws<CCApiProtocolException>(() => data.ToArray());
    }

    [Fact]
    public void Memory_OfOtherText_ThrowsAMessageThatQuotesNothing()
    {
        var data = new Base64Data(new string('!', 10_000));

        var exception = Assert.Throws<CCApiProtocolException>(() => data.Memory);

        Assert.Equal("The gateway sent text that is not base64 (10000 characters): check IsValid, and the model and its parameters.", exception.Message);
    }

    [Fact]
    public void Read_OfBadText_NeverThrows()
    {
        byte[] json = [.. "\"AQ"u8, 0xFF, .. "D\""u8];

        var data = Wire.Read<Base64Data>(json);

        Assert.False(data.IsValid);
        Assert.Equal("AQ\uFFFDD", data.ToString());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("[\"AQID\"]")]
    public void Read_OfAnotherJsonType_IsNull(string json)
    {
        var image = Wire.Read<ImageDatum>($"{{\"b64_json\":{json},\"url\":\"u\"}}");

        Assert.Null(image.B64Json);
        Assert.Equal("u", image.Url);
    }

    [Fact]
    public void Read_OfThreeMegabytes_HasTheExactSize()
    {
        var bytes = new byte[3 * 1024 * 1024 + 1];
        new Random(7).NextBytes(bytes);
        var json = $"\"{Convert.ToBase64String(bytes)}\"";

        var data = Wire.Read<Base64Data>(json);

        Assert.Equal(bytes.Length, data.Length);
        Assert.True(bytes.AsSpan().SequenceEqual(data.Memory.Span));
        Assert.Equal(json, Wire.Write(data));
    }

    [Fact]
    public void Create_OfBytes_IsSentAsBase64()
    {
        var data = new Base64Data([1, 2, 3]);

        Assert.True(data.IsValid);
        Assert.Equal(3, data.Length);
        Assert.Null(data.MediaType);
        Assert.Equal("AQID", data.ToString());
        Assert.Equal("\"AQID\"", Wire.Write(data));
    }

    [Fact]
    public void Create_OfBytesAndMediaType_IsSentAsADataUrl()
    {
        var data = new Base64Data([1, 2, 3], "image/png");

        Assert.Equal("image/png", data.MediaType);
        Assert.Equal("\"data:image/png;base64,AQID\"", Wire.Write(data));
    }

    [Fact]
    public void Create_OfText_ReadsIt()
    {
        var data = new Base64Data("data:image/png;base64,AQID");

        Assert.Equal(3, data.Length);
        Assert.Equal("image/png", data.MediaType);
        Assert.Equal("data:image/png;base64,AQID", data.ToString());
    }

    [Fact]
    public void Create_OfNull_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Base64Data((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new Base64Data((string)null!));
    }

    [Fact]
    public void ToArray_OfTheBytes_IsACopy()
    {
        var data = new Base64Data([1, 2, 3]);

        data.ToArray()[0] = 9;

        Assert.Equal([1, 2, 3], data.ToArray());
    }

    [Property]
    public void Read_OfAnyBytes_GivesThemBack(byte[] bytes)
    {
        var text = Convert.ToBase64String(bytes);
        string[] spellings =
        [
            text,
            text.TrimEnd('='),
            text.Replace('+', '-').Replace('/', '_'),
            $"data:audio/mpeg;base64,{text}",
            string.Join("\n", text.ToCharArray()),
        ];

        foreach (var spelling in spellings)
        {
            var json = JsonSerializer.Serialize(spelling);

            var data = Wire.Read<Base64Data>(json);

            Assert.Equal(bytes, data.ToArray());
            Assert.Equal(spelling, JsonSerializer.Deserialize<string>(Wire.Write(data)));
            Assert.Equal(bytes, new Base64Data(spelling).ToArray());
        }
    }

    [Property]
    public void Read_OfAnyText_NeverThrowsAndRoundTrips(string? text)
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

        var data = Wire.Read<Base64Data>(JsonSerializer.Serialize(whole));

        Assert.Equal(whole, data.ToString());
        Assert.Equal(whole, JsonSerializer.Deserialize<string>(Wire.Write(data)));
    }
}
