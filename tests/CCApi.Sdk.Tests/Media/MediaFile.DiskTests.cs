using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

/// <summary>What is left when the disk says no.</summary>
public class MediaFileDiskTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Save_OnAFullDisk_IsTheIOExceptionOfThePlatformAndLeavesNothing(bool overwrite)
    {
        using var disk = new SmallDisk(kilobytes: 64);
        var old = Path.Combine(disk.Root, "fox.png");
        File.WriteAllText(old, "mine");
        var path = overwrite ? old : Path.Combine(disk.Root, "new", "fox.png");

        await Assert.ThrowsAnyAsync<IOException>(() => SaveAsync(ScriptedStream.Ending([.. Enumerable.Repeat(new byte[10_000], 20)]), path, new MediaSaveOptions { Overwrite = overwrite }));

        Assert.Equal(["fox.png"], disk.Files);
        Assert.Equal("mine", File.ReadAllText(old));
        Assert.False(Directory.Exists(Path.Combine(disk.Root, "new")));
    }

    [Fact]
    public async Task Save_OnADiskThatCannotBeWritten_IsTheExceptionOfThePlatform()
    {
        using var disk = new SmallDisk(kilobytes: 64);
        disk.MakeReadOnly();

        Exception?[] exceptions =
        [
            await Record.ExceptionAsync(() => SaveAsync(new MemoryStream(Bodies.Png), Path.Combine(disk.Root, "fox.png"))),
            await Record.ExceptionAsync(() => SaveAsync(new MemoryStream(Bodies.Png), Path.Combine(disk.Root, "new", "fox.png"))),
            Record.Exception(() => MediaFile.CheckBefore(disk.Root, count: 1, ".png", options: null)),
            Record.Exception(() => MediaFile.CheckBefore(Path.Combine(disk.Root, "new", "fox"), count: 1, ".png", options: null)),
        ];

        // .NET says the first and Mono the second.
        Assert.All(exceptions, exception => Assert.True(exception is IOException or UnauthorizedAccessException, exception?.ToString()));
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task Save_WhoseProgressThrows_LeavesNothing()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SaveAsync(new MemoryStream(Bodies.Png), folder.At("new/fox.png"), new MediaSaveOptions { Progress = new Thrower() }));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    private static Task<string> SaveAsync(Stream source, string path, MediaSaveOptions? options = null) =>
        MediaFile.SaveAsync(new MediaStream(source, "image/png"), path, options, CancellationToken.None);

    private sealed class Thrower : IProgress<long>
    {
        public void Report(long value) => throw new InvalidOperationException("The window is closed.");
    }
}
