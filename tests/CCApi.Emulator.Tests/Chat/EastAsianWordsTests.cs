using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class EastAsianWordsTests
{
    [Theory]
    [InlineData("weather", "weather@3")]
    [InlineData("東京の天気", "東京@3 の@5 天気@6")]
    [InlineData("北京天气", "北京@3 京天@4 天气@5")]
    [InlineData("ホテルを予約", "ホテル@3 を@6 予約@7")]
    [InlineData("날씨", "날씨@3")]
    [InlineData("서울의", "서울@3 울의@4")]
    [InlineData("", "")]
    public void Split_OfAWord_HasItsPartsWithTheirPlaces(string word, string expected) =>
        Assert.Equal(expected, string.Join(' ', EastAsianWords.Split(word, 3).Select(part => $"{part.Value}@{part.Index}")));

    [Theory]
    [InlineData("天気", true)]
    [InlineData("ホテル", true)]
    [InlineData("天", false)]
    [InlineData("ください", false)]
    [InlineData("weather", false)]
    public void IsNoun_OfAWord_IsTrueForThoseThatNameSomething(string word, bool expected) => Assert.Equal(expected, EastAsianWords.IsNoun(word));
}
