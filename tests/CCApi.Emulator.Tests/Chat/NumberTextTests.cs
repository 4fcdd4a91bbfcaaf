using System;
using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class NumberTextTests
{
    [Theory]
    [InlineData("3,5", 3.5)]
    [InlineData("-0,125", -0.125)]
    [InlineData("\u22124", -4)]
    [InlineData("1.234.567,8", 1234567.8)]
    [InlineData("1,234,567.8", 1234567.8)]
    [InlineData("1,250", 1250)]
    [InlineData("1\u202F000", 1000)]
    [InlineData("2.5E-2", 0.025)]
    [InlineData("1e999", 9_007_199_254_740_991)]
    [InlineData("\u0663", 3)]
    public void Parse_OfEachForm_IsItsNumber(string text, double expected) => Assert.Equal(expected, NumberText.Parse(text));

    [Theory]
    [InlineData("3,5", "3", "5", 2)]
    [InlineData("-10,20", "-10", "20", 4)]
    public void Halves_OfANumberWithOneComma_AreBoth(string text, string first, string second, int offset) =>
        Assert.Equal((first, second, offset), NumberText.Halves(text));

    [Theory]
    [InlineData("3")]
    [InlineData("3.5")]
    [InlineData("1,250")]
    [InlineData("1.234,5")]
    [InlineData(",5")]
    public void Halves_OfOtherNumbers_AreNone(string text) => Assert.Null(NumberText.Halves(text));

    [Theory]
    [InlineData("a 1, b -2.5; c.5", "1@2 -2.5@7")]
    [InlineData("3,5,7", "3@0 5@2 7@4")]
    [InlineData("(3,5)", "3@1 5@3")]
    [InlineData("1.5,2.5", "1.5@0 2.5@4")]
    [InlineData("1,299.50", "1,299.50@0")]
    [InlineData("9-5", "9@0 5@2")]
    public void In_OfAText_HasThemWithTheirPlaces(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', NumberText.In(text).Select(number => $"{number.Value}@{number.Index}")));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1,", 200_000)]
    [InlineData("1,2,", 400_000)]
    [InlineData("1.111", 1)]
    [InlineData("1,111,111.", 400_001)]
    [InlineData(",", 0)]
    public void In_OfALongText_TakesTimeByItsLength(string piece, int expected) =>
        Assert.Equal(expected, NumberText.In(string.Concat(Enumerable.Repeat(piece, 200_000))).Count());
}
