using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class BitmapFontTests
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?-_/()'\"+=#%&*@";

    [Fact]
    public void IsSet_EveryCharacter_HasAGlyphOfItsOwn()
    {
        var pictures = Characters.Append('日').ToDictionary(character => character, Picture);

        Assert.Equal(pictures.Count, pictures.Values.Distinct().Count());
        Assert.DoesNotContain(new string(' ', 35), pictures.Values);
    }

    [Fact]
    public void IsSet_OfASpace_IsEmpty()
    {
        var picture = Picture(' ');

        Assert.Equal(new string(' ', 35), picture);
    }

    [Fact]
    public void IsSet_LowerCase_IsTheUpperCaseGlyph()
    {
        var pictures = new List<string> { Picture('g'), Picture('G') };

        Assert.Equal(pictures[0], pictures[1]);
    }

    private static string Picture(char character) =>
        string.Concat(Enumerable.Range(0, BitmapFont.Height).SelectMany(y => Enumerable.Range(0, BitmapFont.Width).Select(x => BitmapFont.IsSet(character, x, y) ? '#' : ' ')));
}
