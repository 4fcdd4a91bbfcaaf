using System.Collections.Generic;
using System.Text.RegularExpressions;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class WholeCharactersTests
{
    [Theory]
    [InlineData("a|b", null, "a", "b")]
    [InlineData("a|\U0001F600", null, @"a\ud83d", @"\ude00")]
    [InlineData("\U0001F600b|\U0001F600", null, @"\ud83d", @"\ude00b\ud83d", @"\ude00")]
    [InlineData("a", @"\ud83d", @"a\ud83d")]
    [InlineData("a", null, "", "a", "")]
    [InlineData("\U0001F600", null, @"\ud83d", "", @"\ude00")]
    public void Add_OfPieces_HoldsBackHalfOfACharacter(string expected, string? rest, params string[] pieces)
    {
        var characters = default(WholeCharacters);
        var texts = new List<string>();

        foreach (var piece in pieces)
        {
            if (characters.Add(Regex.Unescape(piece)) is { } text)
            {
                texts.Add(text);
            }
        }

        Assert.Equal(expected, string.Join("|", texts));
        Assert.Equal(rest is null ? null : Regex.Unescape(rest), characters.End());
        Assert.Null(characters.End());
    }
}
