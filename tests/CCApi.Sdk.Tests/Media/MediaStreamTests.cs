using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class MediaStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Read_AfterOpening_StartsAtTheFirstByte(int room)
    {
        using var stream = await MediaStream.OpenAsync(new MemoryStream(Bodies.Png), label: null, CancellationToken.None);
        using var copy = new MemoryStream();
        var buffer = new byte[room];

        for (var read = -1; read != 0; copy.Write(buffer, 0, read))
        {
            read = await stream.ReadAsync(buffer, 0, room, CancellationToken.None);
        }

        Assert.Equal(Bodies.Png, copy.ToArray());
        Assert.Equal("image/png", stream.MediaType);
    }

    [Fact]
    public async Task Open_OfNothing_SaysSoAndClosesTheConnection()
    {
        using var body = new MemoryStream([]);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(async () => await MediaStream.OpenAsync(body, "image/png", CancellationToken.None));

        Assert.Contains("empty", exception.Message, StringComparison.Ordinal);
        Assert.False(body.CanRead);
    }

    [Fact]
    public async Task Read_InTheOldWay_StartsAtTheFirstByteToo()
    {
        using var stream = await MediaStream.OpenAsync(ScriptedStream.Ending([1, 2], [3]), "audio/pcm", CancellationToken.None);
        using var copy = new MemoryStream();

        for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            copy.WriteByte((byte)next);
        }

        Assert.Equal([1, 2, 3], copy.ToArray());
        Assert.Equal("audio/pcm", stream.MediaType);
    }

    [Fact]
    public async Task Open_OfAStreamThatBreaks_ClosesIt()
    {
        var body = ScriptedStream.Breaking([1]);

        await Assert.ThrowsAsync<IOException>(async () => await MediaStream.OpenAsync(body, label: null, CancellationToken.None));

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public void Dispose_ClosesWhatIsBelow()
    {
        var body = ScriptedStream.Ending();

        new MediaStream(body).Dispose();

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public void Stream_OfBytes_CanBeSoughtButNotWritten()
    {
        using var stream = new MediaStream(new MemoryStream([1, 2, 3]), "image/png");

        stream.Position = 1;

        Assert.True(stream.CanRead);
        Assert.False(stream.CanWrite);
        Assert.Equal(3, stream.Length);
        Assert.Equal(2, stream.ReadByte());
        Assert.Equal(2, stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        Assert.Throws<NotSupportedException>(() => stream.Write([1], 0, 1));
    }

    [Fact]
    public async Task Stream_OfWhichTheStartWasRead_CannotBeSought()
    {
        using var stream = await MediaStream.OpenAsync(new MemoryStream([1, 2, 3]), label: null, CancellationToken.None);

        Assert.False(stream.CanSeek);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        stream.ContentLength = 7;
        Assert.Equal(7, stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
    }

    [Fact]
    public void Create_OfNothing_IsAnArgumentError() => Assert.Throws<ArgumentNullException>("stream", () => new MediaStream(null!));
}
