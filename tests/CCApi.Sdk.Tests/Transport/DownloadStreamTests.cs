using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public sealed class DownloadStreamTests : IDisposable
{
    private const string Url = "https://media.example.com/a.png";

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly byte[] _buffer = new byte[100];

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task Read_OfABody_GivesItAsItCame()
    {
        using var stream = await OpenAsync(ScriptedStream.Ending([1, 2], [3]));
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy);

        Assert.Equal([1, 2, 3], copy.ToArray());
    }

    [Fact]
    public async Task Read_InTheOldWay_GivesTheBodyToo()
    {
        using var stream = await OpenAsync(ScriptedStream.Ending([1, 2], [3]));

        var read = stream.Read(_buffer, 1, 50);

        Assert.Equal(2, read);
        Assert.Equal([0, 1, 2, 0], _buffer.AsSpan(0, 4).ToArray());
    }

    [Fact]
    public async Task Stream_OfALabeledBody_KnowsItsType()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Bytes([1], "image/png; q=1"));

        using var stream = await Downloads.OpenAsync(handler.CreateTransport(), Url, options: null, CancellationToken.None);

        Assert.Equal("image/png", stream.MediaType);
        Assert.Equal(1, stream.ContentLength);
    }

    [Fact]
    public async Task Read_ThatWaitsInVain_EndsWithTheIdleBudget()
    {
        var body = ScriptedStream.Stalling([1, 2, 3]);
        using var stream = await OpenAsync(body);
        await stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Stalled;
        _time.Advance(TimeSpan.FromSeconds(60));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => reading);
        Assert.Equal(CCApiTimeoutKind.Idle, exception.Kind);
        Assert.Equal(3, exception.BytesReceived);
        Assert.Equal(
            "The download from media.example.com ran out of the Idle budget of 60 s, 60 s after it began; 3 bytes of the body were received. Raise CCApiTimeoutOptions.Idle if that is too short.",
            exception.Message);
    }

    [Fact]
    public async Task Read_ThatWaitsALittleLess_GoesOn()
    {
        var body = ScriptedStream.Stalling([1]);
        using var stream = await OpenAsync(body);
        await stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Stalled;
        _time.Advance(TimeSpan.FromSeconds(59));
        body.End();

        Assert.Equal(0, await reading);
    }

    [Theory]
    [InlineData(false, 35)]
    [InlineData(true, 36)]
    public async Task Read_OfABodyThatTrickles_EndsWithTheDownloadBudget(bool ignoresToken, int expected)
    {
        var body = new TricklingStream(_time, TimeSpan.FromSeconds(50), ignoresToken);
        using var stream = await OpenAsync(body);

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => stream.CopyToAsync(Stream.Null));

        Assert.Equal(CCApiTimeoutKind.Download, exception.Kind);
        Assert.Equal(expected, exception.BytesReceived);
        Assert.Contains($"ran out of the Download budget of 1800 s, 1800 s after it began; {expected} bytes of the body were received. Raise CCApiTimeoutOptions.Download", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WithABudgetOfTheCalls_ObeysIt()
    {
        var body = ScriptedStream.Stalling();
        using var stream = await OpenAsync(body, new CCApiRequestOptions { Idle = TimeSpan.FromSeconds(5) });

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Stalled;
        _time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<CCApiTimeoutException>(() => reading);
    }

    [Fact]
    public async Task Read_AfterTheReaderTookItsTime_GoesOn()
    {
        using var stream = await OpenAsync(ScriptedStream.Ending([1], [2], [3]));

        _time.Advance(TimeSpan.FromHours(1));
        var first = await stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));
        var second = await stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        Assert.Equal(1, first);
        Assert.Equal(1, second);
    }

    [Fact]
    public async Task Read_OfABodyThatBreaks_IsAConnectionError()
    {
        using var stream = await OpenAsync(ScriptedStream.Breaking([1]));
        await stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => stream.ReadAsync(_buffer, 0, 100, CancellationToken.None));

        Assert.Contains("The download from media.example.com got no response from media.example.com:443: The connection was reset.", exception.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(exception.InnerException, exactMatch: false);
    }

    [Fact]
    public async Task Read_OfLessThanTheLength_IsAConnectionError()
    {
        using var content = new StreamContent(ScriptedStream.Ending([1, 2], [3]));
        content.Headers.ContentLength = 4;
        using var handler = new ScriptedHandler(ScriptedHandler.Body(content));
        using var stream = await Downloads.OpenAsync(handler.CreateTransport(), Url, options: null, CancellationToken.None);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => stream.CopyToAsync(Stream.Null));

        Assert.Contains("The body ended after 3 of 4 bytes.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CancelledByItsOwnToken_IsCancelled()
    {
        var body = ScriptedStream.Stalling();
        using var stream = await OpenAsync(body);

        var reading = stream.ReadAsync(_buffer, 0, 100, _cancellation.Token);
        await body.Stalled;
        _cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(_cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Read_CancelledByTheTokenOfTheOpening_IsCancelled()
    {
        var body = ScriptedStream.Stalling();
        using var stream = await OpenAsync(body, options: null, _cancellation.Token);

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Stalled;
        _cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(_cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Dispose_OfTheStream_ClosesTheConnection()
    {
        var body = ScriptedStream.Stalling();
        var stream = await OpenAsync(body);

        stream.Dispose();
        stream.Dispose();

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task Dispose_UnderARead_EndsTheReadWithThat()
    {
        var body = ScriptedStream.Stalling();
        var stream = await OpenAsync(body);

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Stalled;
        stream.Dispose();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(reading));
        Assert.Equal("The stream was disposed while it was read.", exception.Message);
    }

    [Fact]
    public async Task Dispose_UnderAReadThatOnlyItsTokenEnds_EndsTheRead()
    {
        using var body = new TokenStream();
        var stream = await OpenAsync(body);

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Reading;
        stream.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(reading));
    }

    [Fact]
    public async Task Dispose_OfTheClientUnderARead_EndsTheReadWithThat()
    {
        var body = ScriptedStream.Stalling();
        var handler = new ScriptedHandler(ScriptedHandler.Body(new StreamContent(body)));
        var transport = handler.CreateTransport();
        using var stream = await Downloads.OpenAsync(transport, Url, options: null, CancellationToken.None);

        var reading = stream.ReadAsync(_buffer, 0, 100, CancellationToken.None);
        await body.Stalled;
        transport.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(reading));
    }

    private async Task<Stream> OpenAsync(Stream body, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var handler = new ScriptedHandler(ScriptedHandler.Body(new StreamContent(body)));
        return await Downloads.OpenAsync(handler.CreateTransport(client => client.TimeProvider = _time), Url, options, cancellationToken);
    }

    /// <summary>A body of one byte at a time, for ever.</summary>
    private sealed class TricklingStream(FakeTimeProvider time, TimeSpan pause, bool ignoresToken) : MemoryStream
    {
        // The test would not end without the exception.
        private int _reads = 1000;

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            buffer[offset] = 1;
            return Task.FromResult(Read(cancellationToken));
        }

#if !NETFRAMEWORK
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span[0] = 1;
            return new ValueTask<int>(Read(cancellationToken));
        }
#endif

        private int Read(CancellationToken cancellationToken)
        {
            time.Advance(pause);
            if (!ignoresToken)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return _reads-- > 0 ? 1 : 0;
        }
    }

    /// <summary>Has no byte, and does not end when it is disposed of, as the platform's body while it waits for the rest.</summary>
    private sealed class TokenStream : MemoryStream
    {
        private readonly TaskCompletionSource<bool> _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reading => _reading.Task;

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            _reading.TrySetResult(true);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

#if !NETFRAMEWORK
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await ReadAsync([], 0, 0, cancellationToken);
#endif
    }
}
