using System.Linq;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class ImagePainterTests
{
    // At 1024 by 1024 a dot of a character is 5 pixels wide, and the first character begins at (30, 45).
    private const int Dot = 5;
    private const int Left = 30;
    private const int Top = 45;

    [Fact]
    public void Paint_OfAPrompt_DrawsItsCharactersDark()
    {
        var image = PngFile.Read(ImagePainter.Paint("LIT", "m", seed: 1, 1024, 1024));

        var rows = Enumerable.Range(0, 7).Select(y => string.Concat(Enumerable.Range(0, 17).Select(x => IsDark(image, x, y) ? '#' : ' ')).TrimEnd());

        Assert.Equal(
            [
                "#      ###  #####",
                "#       #     #",
                "#       #     #",
                "#       #     #",
                "#       #     #",
                "#       #     #",
                "#####  ###    #",
            ],
            rows);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(64, 48)]
    [InlineData(1024, 256)]
    [InlineData(200, 2048)]
    public void Paint_InASize_HasThatSizeAndDarkCharacters(int width, int height)
    {
        var image = PngFile.Read(ImagePainter.Paint("A watercolor of a fox", "m", seed: 1, width, height));

        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.True(image.CountDark(0, 0, width, height) > 5);
    }

    [Fact]
    public void Paint_OfAShortPrompt_LeavesTheRestWithoutDarkPixels()
    {
        var image = PngFile.Read(ImagePainter.Paint("LIT", "m", seed: 1, 1024, 1024));

        Assert.Equal(0, image.CountDark(0, 512, 1024, 512));
    }

    [Fact]
    public void Paint_OfTwoPrompts_LooksDifferent()
    {
        var images = (ImagePainter.Paint("cat", "m", 1, 128, 128), ImagePainter.Paint("dog", "m", 1, 128, 128));

        Assert.NotEqual(images.Item1, images.Item2);
    }

    [Theory]
    [InlineData("cat", "m", 2)]
    [InlineData("cat", "n", 1)]
    public void Paint_WithAnotherSeedOrModel_LooksDifferent(string prompt, string model, long seed)
    {
        var images = (ImagePainter.Paint("cat", "m", 1, 512, 512), ImagePainter.Paint(prompt, model, seed, 512, 512));

        Assert.NotEqual(images.Item1, images.Item2);
    }

    [Fact]
    public void Paint_Twice_LooksTheSame()
    {
        var images = (ImagePainter.Paint("cat", "m", 1, 64, 64), ImagePainter.Paint("cat", "m", 1, 64, 64));

        Assert.Equal(images.Item1, images.Item2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("日本語 😀")]
    [InlineData("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twentyone twentytwo twentythree twentyfour twentyfive twentysix twentyseven twentyeight twentynine thirty thirtyone thirtytwo thirtythree thirtyfour thirtyfive thirtysix thirtyseven")]
    public void Paint_OfAnyPrompt_IsAnImage(string prompt)
    {
        var image = PngFile.Read(ImagePainter.Paint(prompt, "m", seed: long.MaxValue, 256, 256));

        Assert.True(image.CountDark(0, 0, 256, 256) > 20);
    }

    /// <summary>The left half of the image is dark and the mask marks its upper half, so only the lower left quarter may be dark.</summary>
    [Theory]
    [InlineData(255, 255)]
    [InlineData(0, 0)]
    public void Paint_OverAnImageWithAMask_KeepsWhatTheMaskDoesNotMark(byte markGray, byte markOpacity)
    {
        var image = Picture(2, 1, [10, 10, 10, 255, 250, 250, 250, 255]);
        var mask = Picture(1, 2, [markGray, markGray, markGray, markOpacity, 0, 0, 0, 255]);

        var painted = PngFile.Read(ImagePainter.Paint("LIT", "m", seed: 1, 1024, 1024, new ImageInput(image, mask)));

        Assert.Equal(512 * 512, painted.CountDark(0, 512, 512, 512));
        Assert.Equal((0, 0), (painted.CountDark(512, 512, 512, 512), painted.CountDark(0, 400, 1024, 112)));
        Assert.Equal(250, painted.Brightness(800, 1000));
    }

    private static Picture Picture(int width, int height, byte[] pixels) => new(width, height, pixels);

    private static bool IsDark(PngFile image, int x, int y) => image.Brightness(Left + (x * Dot) + 2, Top + (y * Dot) + 2) < 40;
}
