using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class NumberWordsTests
{
    [Theory]
    [InlineData("three and four", "3,4")]
    [InlineData("Twenty one plus ninety-nine", "21,99")]
    [InlineData("forty plus ten", "40,10")]
    [InlineData("one and two", "1,2")]
    [InlineData("Find one of them", "")]
    [InlineData("someone often wrote it", "")]
    [InlineData("nothing", "")]
    public void In_OfAPrompt_ReadsItsNumbers(string prompt, string expected) =>
        Assert.Equal(expected, string.Join(',', NumberWords.In(prompt).Select(number => number.Digits)));

    [Fact]
    public void In_OfAPrompt_HasTheirPlaces() =>
        Assert.Equal([("3", 4), ("4", 14)], NumberWords.In("add three and four"));
}
