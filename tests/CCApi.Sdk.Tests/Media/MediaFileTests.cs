using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public sealed class MediaFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fox.jpg", "fox.jpg")]
    [InlineData("fox", "fox.png")]
    [InlineData("fox.JPEG", "fox.JPEG")]
    [InlineData("fox.v2", "fox.v2.png")]
    [InlineData("photo v1.5 final", "photo v1.5 final.png")]
    [InlineData("Dr. Fox", "Dr. Fox.png")]
    [InlineData("2026.11.26", "2026.11.26.png")]
    [InlineData("a.b/fox", "a.b/fox.png")]
    [InlineData("new/folders/fox", "new/folders/fox.png")]
    public async Task Save_UnderAName_AppendsTheRealTypeOnlyWhenThereIsNone(string name, string expected)
    {
        var path = await SaveAsync(Bodies.Png, name);

        Assert.Equal(_folder.At(expected), path);
        Assert.Equal(Bodies.Png, File.ReadAllBytes(path));
        Assert.Equal([expected], _folder.Files);
    }

    [Fact]
    public async Task Save_UnderARelativePath_ReturnsTheFullOne()
    {
        var relative = $"ccapi-{Guid.NewGuid():N}.png";

        var path = await MediaFile.SaveAsync(new MediaStream(new MemoryStream(Bodies.Png), "image/png"), relative, options: null, CancellationToken.None);
        File.Delete(path);

        Assert.Equal(Path.GetFullPath(relative), path);
    }

    [Theory]
    [InlineData("image/jpeg", ".jpg")]
    [InlineData("image/svg+xml", ".svg")]
    [InlineData("audio/pcm", ".pcm")]
    [InlineData("application/zip", ".bin")]
    [InlineData(null, ".bin")]
    public async Task Save_OfAMediaType_AppendsItsExtension(string? mediaType, string expected)
    {
        var path = await MediaFile.SaveAsync(new MediaStream(new MemoryStream([1, 2, 3]), mediaType), _folder.At("file"), options: null, CancellationToken.None);

        Assert.Equal(expected, Path.GetExtension(path));
    }

    [Fact]
    public async Task Save_IntoAFolder_MakesUpANameEachTime()
    {
        var first = await SaveAsync(Bodies.Png, "");
        var second = await SaveAsync(Bodies.Png, "");

        Assert.NotEqual(first, second);
        Assert.All([first, second], path => Assert.Matches("^ccapi-[0-9a-f]{32}\\.png$", Path.GetFileName(path)));
        Assert.Equal(2, _folder.Files.Length);
    }

    [Fact]
    public async Task Save_UnderAPathThatEndsWithASlash_MakesTheFolder()
    {
        var path = await SaveAsync(Bodies.Png, "images" + Path.DirectorySeparatorChar);

        Assert.Equal(_folder.At("images"), Path.GetDirectoryName(path));
        Assert.Single(_folder.Files);
    }

    [Fact]
    public async Task Save_OverAFile_LeavesItAloneAndSaysTheFix()
    {
        File.WriteAllText(_folder.At("fox.png"), "mine");

        var exception = await Assert.ThrowsAsync<IOException>(() => SaveAsync(Bodies.Png, "fox"));

        Assert.Equal($"{_folder.At("fox.png")} exists: set MediaSaveOptions.Overwrite, or choose another name.", exception.Message);
        Assert.Equal("mine", File.ReadAllText(_folder.At("fox.png")));
        Assert.Equal(["fox.png"], _folder.Files);
    }

    [Fact]
    public async Task Save_OverAFileWithOverwrite_ReplacesAllOfIt()
    {
        File.WriteAllText(_folder.At("fox.png"), new string('x', 100_000));

        await SaveAsync(Bodies.Png, "fox.png", new MediaSaveOptions { Overwrite = true });

        Assert.Equal(Bodies.Png, File.ReadAllBytes(_folder.At("fox.png")));
        Assert.Equal(["fox.png"], _folder.Files);
    }

    [Fact]
    public async Task Save_OfMoreThanTheLimit_LeavesNothing()
    {
        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => SaveAsync(Bodies.Png, "fox", options: new MediaSaveOptions { MaxBytes = Bodies.Png.Length - 1 }));

        Assert.Equal($"The file is larger than MediaSaveOptions.MaxBytes ({Bodies.Png.Length - 1}); nothing was saved.", exception.Message);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_OfMoreThanTheLimitOverAFile_LeavesTheFile()
    {
        File.WriteAllText(_folder.At("fox.png"), "mine");

        await Assert.ThrowsAsync<CCApiProtocolException>(() => SaveAsync(Bodies.Png, "fox.png", options: new MediaSaveOptions { MaxBytes = 10, Overwrite = true }));

        Assert.Equal("mine", File.ReadAllText(_folder.At("fox.png")));
    }

    [Fact]
    public async Task Save_OfExactlyTheLimit_SavesIt()
    {
        var path = await SaveAsync(Bodies.Png, "fox", options: new MediaSaveOptions { MaxBytes = Bodies.Png.Length });

        Assert.Equal(Bodies.Png, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Save_OfASourceThatBreaks_LeavesNothing()
    {
        var source = ScriptedStream.Breaking(Bodies.Png, Bodies.Png);

        await Assert.ThrowsAsync<IOException>(() => SaveAsync(source, "fox"));

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_ThatIsCancelledMidway_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var source = ScriptedStream.Stalling(Bodies.Png);

        var saving = SaveAsync(source, "fox", cancellationToken: cancellation.Token);
        await source.Stalled;
        var midway = _folder.Files;
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.EndsWith(".tmp", Assert.Single(midway), StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_WhileAnotherSavesTheSame_LetsTheFirstToEndWin()
    {
        var slow = ScriptedStream.Stalling([.. Bodies.Png, 1]);
        var saving = SaveAsync(slow, "fox");
        await slow.Stalled;

        await SaveAsync(Bodies.Png, "fox");
        slow.End();

        var exception = await Assert.ThrowsAsync<IOException>(() => saving);
        Assert.Contains("set MediaSaveOptions.Overwrite", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Bodies.Png, File.ReadAllBytes(_folder.At("fox.png")));
        Assert.Equal(["fox.png"], _folder.Files);
    }

    [Fact]
    public async Task Save_UnderTheLongestNameThatAFileCanHave_Works()
    {
        var name = new string('x', 251) + ".png";

        var path = await SaveAsync(Bodies.Png, name);

        Assert.Equal(name, Path.GetFileName(path));
    }

    [Fact]
    public async Task Save_OfALengthOverTheLimit_ReadsNothing()
    {
        using var source = new MediaStream(ScriptedStream.Breaking(), "image/png") { ContentLength = 101 };

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(
            () => MediaFile.SaveAsync(source, _folder.At("new/fox"), new MediaSaveOptions { MaxBytes = 100 }, CancellationToken.None));

        Assert.Contains("MaxBytes (100)", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("new")));
    }

    [Fact]
    public async Task Save_OfMoreThanTheLengthThatWasSaid_IsStillStoppedByTheLimit()
    {
        using var source = new MediaStream(new MemoryStream(Bodies.Png), "image/png") { ContentLength = 5 };

        await Assert.ThrowsAsync<CCApiProtocolException>(() => MediaFile.SaveAsync(source, _folder.At("fox"), new MediaSaveOptions { MaxBytes = 10 }, CancellationToken.None));

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_ThatFails_RemovesTheFoldersThatItMade()
    {
        Directory.CreateDirectory(_folder.At("old"));

        await Assert.ThrowsAsync<IOException>(() => SaveAsync(ScriptedStream.Breaking(Bodies.Png), "old/new/newer/fox"));

        Assert.True(Directory.Exists(_folder.At("old")));
        Assert.False(Directory.Exists(_folder.At("old/new")));
    }

    [Fact]
    public async Task Save_WithProgress_ReportsTheBytesWritten()
    {
        var progress = new Collector();

        await SaveAsync(ScriptedStream.Ending([1, 2], [3]), "fox", options: new MediaSaveOptions { Progress = progress });

        Assert.Equal([2, 3], progress.Seen);
    }

    [Fact]
    public async Task Save_UnderTheNameOfAFolder_SaysSo()
    {
        Directory.CreateDirectory(_folder.At("fox.png"));

        var exception = await Assert.ThrowsAsync<IOException>(() => SaveAsync(Bodies.Png, "fox", new MediaSaveOptions { Overwrite = true }));

        Assert.Equal($"{_folder.At("fox.png")} is a folder: choose another name.", exception.Message);
    }

    [Fact]
    public async Task Save_InAFolderThatIsAFile_IsAnIOException()
    {
        File.WriteAllText(_folder.At("file"), "mine");

        await Assert.ThrowsAnyAsync<IOException>(() => SaveAsync(Bodies.Png, "file/new/fox"));

        Assert.Equal("mine", File.ReadAllText(_folder.At("file")));
    }

    [Theory]
    [InlineData("fox.png", 1, true)]
    [InlineData("fox", 1, true)]
    [InlineData("fox.jpg", 1, false)]
    [InlineData("cat", 1, false)]
    [InlineData("cat", 2, true)]
    [InlineData("cat.png", 3, true)]
    [InlineData("fox.png/cat", 1, true)]
    [InlineData("", 1, false)]
    public void CheckBefore_OfANameThatIsTaken_SaysSo(string name, int count, bool isTaken)
    {
        File.WriteAllText(_folder.At("fox.png"), "mine");
        File.WriteAllText(_folder.At("cat-2.png"), "mine");

        var exception = Record.Exception(() => MediaFile.CheckBefore(_folder.At(name), count, ".png", options: null));

        Assert.Equal(isTaken, exception is IOException);
        Assert.Equal(2, _folder.Files.Length);
    }

    [Theory]
    [InlineData(252, 1)]
    [InlineData(250, 2)]
    [InlineData(300, 1)]
    public void CheckBefore_OfANameThatIsTooLong_SaysSo(int length, int count)
    {
        var path = _folder.At(new string('n', length));

        Assert.Throws<PathTooLongException>(() => MediaFile.CheckBefore(path, count, ".png", options: null));
        MediaFile.CheckBefore(_folder.At(new string('n', 240)), count, ".png", options: null);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void CheckBefore_OfANewFolder_MakesNothing()
    {
        MediaFile.CheckBefore(_folder.At("new/folders/fox"), count: 1, ".png", options: null);
        MediaFile.CheckBefore(_folder.At("new/"), count: 1, ".png", options: null);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void CheckBefore_ExistingFileWithOverwrite_Passes()
    {
        File.WriteAllText(_folder.At("fox.png"), "mine");

        MediaFile.CheckBefore(_folder.At("fox"), count: 1, ".png", new MediaSaveOptions { Overwrite = true });
        var exception = Assert.Throws<IOException>(() => MediaFile.CheckBefore(_folder.At("fox.png/cat"), count: 1, ".png", new MediaSaveOptions { Overwrite = true }));

        Assert.Equal($"{_folder.At("fox.png")} is a file, not a folder: choose another path.", exception.Message);
    }

    [Fact]
    public async Task Save_OfPiecesOfEverySize_KeepsEveryByte()
    {
        var random = new Random(20261103);
        var pieces = Enumerable.Range(1, 60).Select(_ => new byte[random.Next(1, 4000)]).ToArray();
        Array.ForEach(pieces, random.NextBytes);

        var path = await SaveAsync(ScriptedStream.Ending(pieces), "sound.wav");

        Assert.Equal(pieces.SelectMany(piece => piece), File.ReadAllBytes(path));
    }

    private Task<string> SaveAsync(byte[] bytes, string name, MediaSaveOptions? options = null) =>
        MediaFile.SaveAsync(new MediaStream(new MemoryStream(bytes), "image/png") { ContentLength = bytes.Length }, _folder.At(name), options, CancellationToken.None);

    private Task<string> SaveAsync(Stream source, string name, MediaSaveOptions? options = null, CancellationToken cancellationToken = default) =>
        MediaFile.SaveAsync(new MediaStream(source, "image/png"), _folder.At(name), options, cancellationToken);

    private sealed class Collector : IProgress<long>
    {
        public List<long> Seen { get; } = [];

        public void Report(long value) => Seen.Add(value);
    }
}
