using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class RecordedStreamTests
{
    private readonly byte[] _buffer = new byte[2];

    [Fact]
    public async Task ReadAll_AfterSomeReads_IsEverything()
    {
        using var stream = new RecordedStream(ScriptedStream.Ending([1, 2], [3], [4]), limit: 4);
        Assert.Equal(2, stream.Read(_buffer, 0, 2));
        Assert.Equal(1, await stream.ReadAsync(_buffer, 0, 2, CancellationToken.None));

        Assert.Equal([1, 2, 3, 4], await stream.ReadAllAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadAll_OfMoreThanTheLimit_IsNull()
    {
        using var stream = new RecordedStream(ScriptedStream.Ending([1, 2], [3]), limit: 2);

        Assert.Null(await stream.ReadAllAsync(CancellationToken.None));
        Assert.Equal(0, await stream.ReadAsync(_buffer, 0, 2, CancellationToken.None));
    }

    [Fact]
    public async Task Read_OfASourceThatBreaks_IsBroken()
    {
        using var stream = new RecordedStream(ScriptedStream.Breaking([1]), limit: 9);
        await stream.ReadAsync(_buffer, 0, 2, CancellationToken.None);
        Assert.False(stream.IsBroken);

        await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(_buffer, 0, 2, CancellationToken.None));

        Assert.True(stream.IsBroken);
    }

    [Fact]
    public void Dispose_OfARecording_DisposesTheSource()
    {
        var source = ScriptedStream.Ending([1]);

        new RecordedStream(source, limit: 9).Dispose();

        Assert.True(source.IsDisposed);
    }
}
