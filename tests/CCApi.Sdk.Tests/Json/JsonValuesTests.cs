using System.Linq;
using System.Text;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonValuesTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{},")]
    [InlineData("0,")]
    [InlineData("\"\",")]
    [InlineData("{\"\":0},")]
    [InlineData("{\"id\":\"1\"},")]
    [InlineData("[[]],")]
    public void AreWithin_OfManySmallValues_IsFalseAboveTheLimit(string item)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"data\":[{string.Concat(Enumerable.Repeat(item, 1000))}0]}}");

        Assert.False(JsonValues.AreWithin(json, 900));
        Assert.True(JsonValues.AreWithin(json, 7000));
    }

    [Theory]
    [InlineData("""{"id":"openai/gpt-5.5-mini","object":"model"},""")]
    [InlineData("""{"token":" the","logprob":-0.12345678,"bytes":[32,116,104,101]},""")]
    [InlineData("""{"token":"a","logprob":-0.5,"bytes":[97]},""")]
    [InlineData("15339,")]
    [InlineData("null,")]
    [InlineData("-0.0123456,")]
    public void AreWithin_OfWhatGatewaysSend_IsTrueWhateverItsSize(string item)
    {
        var json = Encoding.UTF8.GetBytes($"[{string.Concat(Enumerable.Repeat(item, 10_000))}0]");

        Assert.True(JsonValues.AreWithin(json, 1));
    }

    [Theory]
    [InlineData("{{[[,,")]
    [InlineData("\\\",{[")]
    [InlineData("\\\\\\\",,,,")]
    public void AreWithin_OfMarksInsideAText_DoesNotCountThem(string text)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"text\":\"{string.Concat(Enumerable.Repeat(text, 10_000))}\"}}");

        Assert.True(JsonValues.AreWithin(json, 100));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1001)]
    public void AreWithin_OfManySmallValuesAfterLongTexts_IsFalseAboveTheLimit(int texts)
    {
        var longTexts = string.Concat(Enumerable.Repeat($"\"{new string('a', 50)}\",", texts));
        var json = Encoding.UTF8.GetBytes($"[{longTexts}{string.Concat(Enumerable.Repeat("{},", 100_000))}0]");

        Assert.False(JsonValues.AreWithin(json, 100_000));
        Assert.True(JsonValues.AreWithin(json, 700_000));
    }

    [Theory]
    [InlineData("\"{{{{{{{{{{{{{{")]
    [InlineData("\"\\")]
    [InlineData("")]
    public void AreWithin_OfATextWithoutAnEnd_IsTrue(string json)
    {
        Assert.True(JsonValues.AreWithin(Encoding.UTF8.GetBytes(json), 1));
    }
}
