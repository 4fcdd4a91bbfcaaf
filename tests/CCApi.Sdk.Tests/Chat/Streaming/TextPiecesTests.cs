using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class TextPiecesTests
{
    [Theory]
    [InlineData(null, new string?[] { })]
    [InlineData(null, new string?[] { null, null })]
    [InlineData("", new string?[] { null, "", null, "" })]
    [InlineData("a", new string?[] { "", "a", "", null })]
    [InlineData("abc", new string?[] { "a", null, "b", "", "c" })]
    public void ToText_OfPieces_JoinsThem(string? expected, string?[] pieces)
    {
        var text = new TextPieces();
        foreach (var piece in pieces)
        {
            text.Add(piece);
        }

        Assert.Equal(expected, text.ToText());
    }

    [Fact]
    public void ToText_OfACharacterInTwoPieces_IsTheCharacter()
    {
        var text = new TextPieces();

        text.Add("\uD83D");
        text.Add("\uDE00");

        Assert.Equal("\U0001F600", text.ToText());
    }

    [Fact]
    public void ToText_OfOnePiece_IsThePiece()
    {
        var piece = new string('a', 3);
        var text = new TextPieces();

        text.Add(piece);

        Assert.Same(piece, text.ToText());
    }

    [Fact]
    public void Add_AfterToText_GoesOn()
    {
        var text = new TextPieces();
        text.Add("a");
        text.Add("b");
        _ = text.ToText();

        text.Add("c");

        Assert.Equal("abc", text.ToText());
    }
}
