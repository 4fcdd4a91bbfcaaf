using System;
using System.IO;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public sealed class CreatedFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RemoveEmpty_OfNewFolders_LeavesTheOldOnes()
    {
        Directory.CreateDirectory(_folder.At("old"));
        var made = new CreatedFolders(_folder.At("old/a/b"));
        Assert.True(Directory.Exists(_folder.At("old/a/b")));

        made.RemoveEmpty();

        Assert.Empty(Directory.GetFileSystemEntries(_folder.At("old")));
    }

    [Fact]
    public void RemoveEmpty_OfFoldersThatAreUsed_LeavesThem()
    {
        var made = new CreatedFolders(_folder.At("a/b"));
        File.WriteAllText(_folder.At("a/theirs"), "");

        made.RemoveEmpty();

        Assert.Equal(["a/theirs"], _folder.Files);
        Assert.False(Directory.Exists(_folder.At("a/b")));
    }

    [Fact]
    public void RemoveEmpty_OfAnOldFolder_LeavesIt()
    {
        new CreatedFolders(_folder.Root).RemoveEmpty();

        Assert.True(Directory.Exists(_folder.Root));
    }

    [Fact]
    public void Create_BelowAFile_LeavesNothing()
    {
        File.WriteAllText(_folder.At("file"), "");

        Assert.ThrowsAny<IOException>(() => new CreatedFolders(_folder.At("file/a/b")));

        Assert.Equal(["file"], _folder.Files);
    }
}
