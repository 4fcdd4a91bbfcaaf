using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatTokensTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("abcd", 1)]
    [InlineData("abcde", 2)]
    public void Count_OfAText_IsAQuarterOfItsCharactersRoundedUp(string? text, int tokens)
    {
        var counted = ChatTokens.Count(text);

        Assert.Equal(tokens, counted);
    }

    [Theory]
    [InlineData("abcdefgh", 1, "abcd")]
    [InlineData("abcdefgh", 2, "abcdefgh")]
    [InlineData("abcdefgh", int.MaxValue, "abcdefgh")]
    [InlineData("abc😀d", 1, "abc")]
    public void Take_OfTokens_KeepsCharactersWhole(string text, int tokens, string taken)
    {
        var cut = ChatTokens.Take(text, tokens);

        Assert.Equal(taken, cut);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one two  three\nfour ")]
    [InlineData("  leading")]
    public void Pieces_OfAText_AddUpToIt(string text)
    {
        var pieces = ChatTokens.Pieces(text).ToList();

        Assert.Equal(text, string.Concat(pieces));
        Assert.DoesNotContain(string.Empty, pieces);
    }

    [Fact]
    public void Pieces_OfAText_AreWordsWithTheSpaceBeforeThem()
    {
        var pieces = ChatTokens.Pieces("one two three");

        Assert.Equal(["one", " two", " three"], pieces);
    }
}
