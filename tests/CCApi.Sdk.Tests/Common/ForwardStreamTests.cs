using System;
using System.IO;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class ForwardStreamTests
{
    private readonly RecordedStream _stream = new(ScriptedStream.Ending([1, 2]), limit: 9);

    [Fact]
    public void Stream_OfBytes_CanOnlyBeRead()
    {
        Assert.True(_stream.CanRead);
        Assert.False(_stream.CanSeek);
        Assert.False(_stream.CanWrite);
        Assert.Throws<NotSupportedException>(() => _stream.Length);
        Assert.Throws<NotSupportedException>(() => _stream.Position);
        Assert.Throws<NotSupportedException>(() => _stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => _stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => _stream.SetLength(1));
        Assert.Throws<NotSupportedException>(() => _stream.Write([1], 0, 1));
        _stream.Flush();
    }

    [Fact]
    public async Task Read_InEitherForm_ReadsTheNextBytes()
    {
        var buffer = new byte[4];

        var first = _stream.Read(buffer, 1, 1);
        var second = await _stream.ReadSomeAsync(buffer.AsMemory(2), TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (first, second));
        Assert.Equal([0, 1, 2, 0], buffer);
    }
}
