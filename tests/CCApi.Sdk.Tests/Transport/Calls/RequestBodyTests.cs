using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class RequestBodyTests
{
    [Fact]
    public async Task CreateContent_OfABody_IsJsonOfKnownLength()
    {
        using var body = Write("a");

        using var content = body.CreateContent();

        Assert.Equal("application/json", content.Headers.ContentType?.ToString());
        Assert.Equal(12, content.Headers.ContentLength);
        Assert.Equal("""{"text":"a"}""", await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task CreateContent_OfAnyScript_IsNotEscaped()
    {
        using var body = Write("Zürich 会 <a> & 'b' +");

        using var content = body.CreateContent();

        Assert.Equal("""{"text":"Zürich 会 <a> & 'b' +"}""", await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task CreateContent_ForEachAttempt_IsTheSameText()
    {
        using var body = Write("a");

        using var first = body.CreateContent();
        using var second = body.CreateContent();
        var text = await first.ReadAsStringAsync();
        first.Dispose();

        Assert.NotSame(first, second);
        Assert.Equal(text, await second.ReadAsStringAsync());
    }

    [Fact]
    public void CreateContent_AfterAHandlerChangedTheHeadersOfAnother_HasItsOwn()
    {
        using var body = Write("a");
        using var first = body.CreateContent();
        first.Headers.ContentType!.CharSet = "utf-16";

        using var second = body.CreateContent();

        Assert.Equal("application/json", second.Headers.ContentType?.ToString());
    }

    [Fact]
    public void Write_OfAWriterThatThrows_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => RequestBody.Write(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Dispose_WhileItIsSent_LeavesTheBytesAlone()
    {
        var body = Write(new string('a', 5000));
        using var content = body.CreateContent();
        using var target = new GatedStream();

        var sending = content.CopyToAsync(target);
        await target.Reached;
        body.Dispose();
        WriteOver();
        target.Open();
        await sending;

        Assert.Equal($$"""{"text":"{{new string('a', 5000)}}"}""", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public async Task Dispose_AfterItWasSent_GivesTheMemoryBack()
    {
        var body = Write(new string('a', 5000));
        using var content = body.CreateContent();
        await content.CopyToAsync(new MemoryStream());

        body.Dispose();

        Assert.Equal(0, content.Headers.ContentLength);
    }

    [Fact]
    public async Task Dispose_WhileOneOfTwoIsStillSent_LeavesTheBytesAlone()
    {
        var body = Write(new string('a', 5000));
        using var first = body.CreateContent();
        using var second = body.CreateContent();
        using var target = new GatedStream();

        var sending = first.CopyToAsync(target);
        await target.Reached;
        await second.CopyToAsync(new MemoryStream());
        body.Dispose();
        WriteOver();
        target.Open();
        await sending;

        Assert.Equal($$"""{"text":"{{new string('a', 5000)}}"}""", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public async Task Send_AfterDispose_Throws()
    {
        var body = Write("a");
        using var content = body.CreateContent();

        body.Dispose();
        body.Dispose();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(new MemoryStream()));
        Assert.IsType<ObjectDisposedException>(exception is HttpRequestException ? exception.InnerException : exception);
    }

    private static RequestBody Write(string text) => RequestBody.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("text", text);
        writer.WriteEndObject();
    });

    /// <summary>Takes whatever memory the pool has now, of any size, and writes over it.</summary>
    private static void WriteOver()
    {
        for (var size = 1024; size <= 128 * 1024; size *= 2)
        {
            var buffer = new PooledBuffer(size);
            buffer.GetSpan().Fill((byte)'x');
        }
    }

    /// <summary>A connection that takes the bytes only when the test lets it.</summary>
    private sealed class GatedStream : MemoryStream
    {
        private readonly TaskCompletionSource<bool> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => Patience.Wait(_reached.Task);

        public void Open() => _open.TrySetResult(true);

        public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            _reached.TrySetResult(true);
            await _open.Task;
            Write(buffer, offset, count);
        }

#if !NETFRAMEWORK
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reached.TrySetResult(true);
            await _open.Task;
            Write(buffer.Span);
        }
#endif
    }
}
