using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public sealed class FileMoveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ToFreeName_WhenItIsFree_Moves()
    {
        FileMove.ToFreeName(Write("a", "mine"), _folder.At("grüezi"));

        Assert.Equal(["grüezi"], _folder.Files);
        Assert.Equal("mine", File.ReadAllText(_folder.At("grüezi")));
    }

    [Fact]
    public void ToFreeName_WhenItIsTaken_LeavesBoth()
    {
        Write("b", "theirs");

        Assert.Throws<IOException>(() => FileMove.ToFreeName(Write("a", "mine"), _folder.At("b")));

        Assert.Equal("mine", File.ReadAllText(_folder.At("a")));
        Assert.Equal("theirs", File.ReadAllText(_folder.At("b")));
    }

    [Fact]
    public void ToFreeName_OfNothing_IsAnIOException() => Assert.ThrowsAny<IOException>(() => FileMove.ToFreeName(_folder.At("none"), _folder.At("b")));

    [Fact]
    public async Task ToFreeName_OfManyAtOnce_IsWonByOne()
    {
        const int movers = 4;
        for (var round = 0; round < 200; round++)
        {
            var sources = Enumerable.Range(0, movers).Select(i => Write($"{round}-{i}.tmp", $"{i}")).ToArray();
            var target = _folder.At($"{round}");
            using var start = new Barrier(movers);

            var results = await Task.WhenAll(sources.Select(source => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Record.Exception(() => FileMove.ToFreeName(source, target)) is null;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            var winner = Assert.Single(Enumerable.Range(0, movers), i => results[i]);
            Assert.Equal($"{winner}", File.ReadAllText(target));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Over_AnyName_HasTheNewFile(bool isTaken)
    {
        if (isTaken)
        {
            Write("b", "theirs");
        }

        FileMove.Over(Write("a", "mine"), _folder.At("b"));

        Assert.Equal(["b"], _folder.Files);
        Assert.Equal("mine", File.ReadAllText(_folder.At("b")));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.At(name), text);
        return _folder.At(name);
    }
}
