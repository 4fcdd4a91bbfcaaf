using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class StructuredOutputReaderTests
{
    [Theory]
    [InlineData("""{"city":"Oslo"}""", "Oslo")]
    [InlineData("""Of all [many] it is: {"city":"Oslo"} (see {"name":"of a longer one"}).""", "Oslo")]
    public void TryRead_OfSeveral_GivesTheOneThatFits(string text, string expected)
    {
        var isRead = StructuredOutputReader.TryRead(text, isTruncated: false, JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs), out var value, out var problem);

        Assert.Equal((true, expected, null), (isRead, value?.City, problem));
    }

    [Theory]
    [InlineData("""{"city":1}""", "$.city must be string, but is 1")]
    [InlineData("""See [1]: {"name":"Oslo"}.""", "$.city is missing")]
    [InlineData("Oslo", "it contains no JSON value")]
    [InlineData("""{"city":"Os""", "it ends inside a JSON value")]
    [InlineData(" ", "it is empty")]
    [InlineData(null, "it is empty")]
    public void TryRead_WhereNoneFits_SaysWhatIsWrong(string? text, string expected)
    {
        var isRead = StructuredOutputReader.TryRead(text, isTruncated: false, JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs), out _, out var problem);

        Assert.Equal((false, expected), (isRead, problem));
    }
}
