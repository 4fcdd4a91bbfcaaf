using System;
using System.IO;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class InputFileTests
{
    [Theory]
    [InlineData("a.pdf", "25 50 44 46 2D 31", "application/pdf")]
    [InlineData("a.bin", "25 50 44 46 2D 31", "application/pdf")]
    [InlineData("a.TXT", "41", "text/plain")]
    [InlineData("a.csv", "41", "text/csv")]
    [InlineData("a.txt", "89 50 4E 47", "image/png")]
    [InlineData("a.docx", "50 4B", "application/octet-stream")]
    [InlineData("a", "41", "application/octet-stream")]
    public void MediaTypeOf_OfAFile_IsWhatItIs(string name, string bytes, string expected) =>
        Assert.Equal(expected, InputFile.MediaTypeOf(Bodies.Hex(bytes), name));

    [Fact]
    public void Read_OfAFile_IsItsBytesAndLooksAtItsSizeBefore()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("a"), [1, 2, 3]);
        var size = 0L;

        Assert.Equal([1, 2, 3], InputFile.Read(folder.At("a"), "path", length => size = length));
        Assert.Equal(3, size);
        Assert.Throws<InvalidTimeZoneException>(() => InputFile.Read(folder.At("a"), "path", _ => throw new InvalidTimeZoneException()));
    }

    [Fact]
    public void Read_PathIsNotAFile_NamesTheProblem()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("empty"), []);

        Assert.Contains("is a folder", Assert.Throws<ArgumentException>("path", () => InputFile.Read(folder.Root, "path")).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<ArgumentException>("path", () => InputFile.Read(folder.At("empty"), "path")).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => InputFile.Read(folder.At("none"), "path"));
        Assert.Throws<ArgumentException>("path", () => InputFile.Read(" ", "path"));
    }
}
