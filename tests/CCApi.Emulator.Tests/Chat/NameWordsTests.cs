using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class NameWordsTests
{
    [Theory]
    [InlineData("GetWeather", "get weather")]
    [InlineData("getWeather", "get weather")]
    [InlineData("get_weather", "get weather")]
    [InlineData("get-weather", "get weather")]
    [InlineData("GET_WEATHER", "get weather")]
    [InlineData("weather.get", "weather get")]
    [InlineData("HTTPServer", "http server")]
    [InlineData("parseJSON", "parse json")]
    [InlineData("Level2Cache", "level 2 cache")]
    [InlineData("list_cities", "list city")]
    [InlineData("ShieldsUp", "shield up")]
    [InlineData("address", "address")]
    [InlineData("ÜberGröße", "über größe")]
    [InlineData("東京の天気", "東京 の 天気")]
    [InlineData("What's the weather?", "what s the weather")]
    [InlineData("", "")]
    public void Of_ANameInAnyCaseStyle_IsItsWords(string name, string words)
    {
        var found = NameWords.Of(name);

        Assert.Equal(words, string.Join(' ', found));
    }

    [Theory]
    [InlineData("She is a pop star.", "PopStar", true)]
    [InlineData("It pops, and a star shines.", "PopStar", false)]
    [InlineData("They covered it.", "red", false)]
    [InlineData("The red one.", "RED", true)]
    [InlineData("Anything", "", false)]
    public void Contains_OfAName_NeedsItsWordsNextToEachOther(string text, string name, bool expected)
    {
        var found = NameWords.Contains(NameWords.Of(text), NameWords.Of(name));

        Assert.Equal(expected, found);
    }
}
