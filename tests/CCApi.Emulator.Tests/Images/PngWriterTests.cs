using System.Linq;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class PngWriterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(300, 200)]
    public void Write_OfPixels_DecodesToThem(int width, int height)
    {
        var pixels = Enumerable.Range(0, width * height * 3).Select(i => (byte)((i * 31) ^ (i >> 3))).ToArray();

        var image = PngFile.Read(PngWriter.Write(pixels, width, height));

        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(pixels, image.Pixels);
    }
}
