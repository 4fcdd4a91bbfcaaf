using System;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class SchemaPatternTests
{
    [Theory]
    [InlineData("^abc$")]
    [InlineData("^(cat|dog|bird)s?$")]
    [InlineData("^[A-Z]{3}-\\d{4}$")]
    [InlineData("^[^aA0]{2,}$")]
    [InlineData("^[a-c\\-\\]x-]+$")]
    [InlineData("^(?<first>[xy])-\\1$")]
    [InlineData("^(?:ab){2}c*?$")]
    [InlineData("^(?=a)a.{3}$")]
    [InlineData("^\\p{Lu}\\p{Nd}\\P{L}\\p{Zs}$")]
    [InlineData("^\\x41\\u0042\\t\\cA$")]
    [InlineData("^\\w+@\\w+\\.(com|org)$")]
    [InlineData("^{2}x{,3}$")]
    [InlineData("^.{40}$")]
    public void Texts_OfAnExpression_HaveOneThatMatches(string pattern)
    {
        var texts = SchemaPattern.Texts(pattern, length: 40);

        Assert.Contains(texts, text => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("[a-")]
    [InlineData("a{")]
    [InlineData("(?<")]
    [InlineData("\\")]
    [InlineData("\\u{")]
    [InlineData("\\p")]
    [InlineData("\\k<")]
    [InlineData("\uD83D")]
    public void Texts_OfABrokenExpression_AreReturned(string pattern)
    {
        var texts = SchemaPattern.Texts(pattern, length: 8);

        Assert.Equal(96, texts.Count());
    }

    [Theory]
    [InlineData("b+", "abba", true)]
    [InlineData("^b+$", "abba", false)]
    [InlineData("^\\p{Letter}$", "é", true)]
    [InlineData("(", "(", null)]
    [InlineData("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    public void IsMatch_OfAText_IsThatOfTheExpression(string pattern, string text, bool? expected) =>
        Assert.Equal(expected, SchemaPattern.IsMatch(pattern, text));
}
