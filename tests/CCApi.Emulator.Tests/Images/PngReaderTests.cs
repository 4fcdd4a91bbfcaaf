using System;
using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class PngReaderTests
{
    // A 3 by 5 picture in two chunks whose rows have a filter each, from 0 to 4; made by writing the bytes of the chunks with Python's zlib and crc32.
    private const string Filters = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAYAAACAcVaiAAAAFElEQVR4nAFBAL7/AAAKIkh8vg5s2FLacHvpXMgAAAA4SURBVAEUxoZUHFSMxPw0bKQC9JxE7JQ85Iw03IQsA9itiexo2Mi4KJgIeAS0XASsVDSkpNycTOyaDR5VLXdFwQAAAABJRU5ErkJggg==";

    [Fact]
    public void Read_OfWhatTheWriterWrites_GivesThePixels()
    {
        var pixels = Enumerable.Range(0, 5 * 4 * 3).Select(i => (byte)(i * 4)).ToArray();

        var picture = PngReader.Read(PngWriter.Write(pixels, 5, 4))!;

        Assert.Equal((5, 4), (picture.Width, picture.Height));
        Assert.Equal(pixels, picture.Pixels.Chunk(4).SelectMany(pixel => pixel[..3]));
        Assert.All(picture.Pixels.Chunk(4), pixel => Assert.Equal(255, pixel[3]));
    }

    [Fact]
    public void Read_OfEveryFilterAndOpacity_GivesThePixels()
    {
        var picture = PngReader.Read(Convert.FromBase64String(Filters))!;

        Assert.Equal((3, 5), (picture.Width, picture.Height));
        Assert.Equal(Enumerable.Range(0, 3 * 5 * 4).Select(i => (byte)((i * i * 7) + (i * 3))), picture.Pixels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAYAAACAcVaiAAAA")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAYAAACAcVaif////0lEQVR42g==")]
    public void Read_OfAnythingElse_IsNull(string file) => Assert.Null(PngReader.Read(Convert.FromBase64String(file)));

    [Fact]
    public void Read_OfACutFile_IsNull()
    {
        var file = Convert.FromBase64String(Filters);

        Assert.All(Enumerable.Range(0, file.Length - 16), length => Assert.Null(PngReader.Read(file[..length])));
    }
}
