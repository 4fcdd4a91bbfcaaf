using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

[Properties(Replay = "20261103,7")]
public class SseReaderTests
{
    private const int Limit = 1024 * 1024;

    /// <summary>Bodies and the events in them; a leading "!" marks an event that is named error, "~" one that is named as a heartbeat.</summary>
    private static readonly (string Body, string[] Events)[] _samples =
    [
        ("", []),
        ("\n\n\r\n\r", []),
        ("data: a\n\ndata: b\n\n", ["a", "b"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
        ("data: a\r\rdata: b\r\r", ["a", "b"]),
        ("data: a\r\n\rdata: b\n\r\ndata: c\r\r\ndata: d\n\n", ["a", "b", "c", "d"]),
        ("data: a\rdata: b\r\ndata: c\n\r\n", ["a\nb\nc"]),
        ("\uFEFFdata: a\n\n", ["a"]),
        ("\uFEFF\uFEFFdata: a\n\ndata: b\n\n", ["a", "b"]),
        ("data: a\n\n\uFEFFdata: b\n\n\uFEFF\n", ["a", "b"]),
        ("data: a\n\n\0\0data: {}\n\n\0 data\0: {}\n\nDATA : {}\ndata: \0\n\n", ["a", "{}", "{}", "{}\n\0"]),
        ("data: a\n\n\0data: b\n\n Data: c\n\n", ["a"]),
        ("test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata: a\n\n", ["\na"]),
        ("Unauthorized", ["Unauthorized"]),
        ("data: a\n\nUnauthorized\nxyz\n\ndata: b\n\n", ["a", "Unauthorized\nxyz", "b"]),
        ("data: a\n\n: c\nUnauthorized\n{}\n", ["a", "Unauthorized", "{}"]),
        ("{}\nxyz\n{}\nxyz", ["{}", "xyz", "{}", "xyz"]),
        ("data: a\nbad gateway\ndata: b\n\n", ["a", "bad gateway", "b"]),
        ("\"busy\"\n12.5\n", ["\"busy\"", "12.5"]),
        ("error: a\n\nError: {}\n\n", ["!a", "!{}"]),
        ("busy\nerror: a\n\n", ["!a"]),
        ("error: a\ndata: b\n\n", ["!a\nb"]),
        ("data: a\r\n\ndata: b\r\n\n", ["a", "b"]),
        ("Warning: a\nb: c\n", ["Warning: a"]),
        ("Warning: a\n\ndata: b\n\n", ["b"]),
        ("data: a\n\ndat", ["a"]),
        ("data: a\n\n\uFEFF", ["a"]),
        ("data: a\n\nfoo: bar\n\nfoo: b", ["a"]),
        (" \t\n{}\n\t[1]\n", ["{}", "[1]"]),
        ("data:a\n\ndata:  b\n\ndata:\tc\n\n", ["a", " b", "\tc"]),
        (": PING\n\n:\n\n: OPENROUTER PROCESSING\ndata: a\n: in between\ndata: b\n:\n\n: bye\n", ["a\nb"]),
        ("data: a\ndata:\ndata: c\n\n", ["a\n\nc"]),
        ("data:\ndata: b\n\n", ["\nb"]),
        ("data:\n\ndata\n\ndata: \n\ndata: a\n\n", ["a"]),
        ("event: error\ndata: a\n\ndata: b\n\n", ["!a", "b"]),
        ("data: a\nevent: error\n\n", ["!a"]),
        ("event:error\rdata: a\r\r", ["!a"]),
        ("event: error\n\ndata: a\n\n", ["!", "a"]),
        ("data: a\n\nevent: error\ndata:\n\ndata: b\n\n", ["a", "!", "b"]),
        ("event: error", ["!"]),
        ("event: error\r\n", ["!"]),
        ("event: Error\ndata: a\n\nevent: ERROR\n\n", ["!a", "!"]),
        ("event: ping\ndata: a\n\ndata: b\n\n", ["~a", "b"]),
        ("data: a\nevent: Keep-Alive\n\nevent: heartbeat\n\n", ["~a"]),
        ("event: ping\nevent: error\ndata: a\n\n", ["!a"]),
        ("event: error\nevent: message\ndata: a\n\n", ["a"]),
        ("event: errors\ndata: a\n\n", ["a"]),
        ("error: a\nevent: message\n\nerror:\nevent: x\n\ndata: b\n\n", ["!a", "!", "b"]),
        ("error: {}\nevent: ping\n\nevent: ping\nerror: {}\n\n", ["!{}", "!{}"]),
        ("id: 7\nretry: 100\nfoo: bar\nbar\nDATA: x\ndatax: y\n data: z\ndata: a\n\n", ["a"]),
        ("data: a", ["a"]),
        ("data: a\n", ["a"]),
        ("data: a\ndata: b", ["a\nb"]),
        ("data: a\r", ["a"]),
        ("data: {\"a\":", ["{\"a\":"]),
        ("{\"a\":1} \t\ndata: b\n\n", ["{\"a\":1} \t", "b"]),
        ("[1]  \r\n{\"a\":1}\r\n", ["[1]  ", "{\"a\":1}"]),
        ("data: [DONE]\n\ndata: after\n\n", ["[DONE]", "after"]),
        ("{\"error\":1}\n", ["{\"error\":1}"]),
        ("{\"error\":1}", ["{\"error\":1}"]),
        ("[{\"error\":1}]\n", ["[{\"error\":1}]"]),
        ("data: a\n{\"error\":1}\n\ndata: b\n\n", ["a", "{\"error\":1}", "b"]),
        ("data: a\r{\"error\":1}\r\ndata: b\r\n\r\n", ["a", "{\"error\":1}", "b"]),
        ("data: a\n\n{\"error\":1}\n{\"error\":2}\ndata: b\n\n", ["a", "{\"error\":1}", "{\"error\":2}", "b"]),
        ("data: a\n\n{\"error\":1}\n\ndata: b", ["a", "{\"error\":1}", "b"]),
        ("data: a\n{\"error\":1}", ["a", "{\"error\":1}"]),
        ("event: error\n{\"error\":1}\n\ndata: b\n\n", ["!{\"error\":1}", "b"]),
        ("{\"error\":", ["{\"error\":"]),
        ("{\n  \"error\": {\n    \"code\": 7\n  }\n}\n", ["{\n  \"error\": {\n    \"code\": 7\n  }\n}"]),
        ("data: a\n\n[{\n  \"error\": {\n    \"code\": 7\n  }\n}\n]\ndata: b\n\n", ["a", "[{\n  \"error\": {\n    \"code\": 7\n  }\n}\n]", "b"]),
        ("{\r\n  \"error\": 7\r\n}\r\ndata: b\r\n\r\n", ["{\n  \"error\": 7\n}", "b"]),
        ("{\"cut\":\ndata: b\n\n", ["{\"cut\":", "b"]),
        ("{\"cut\":\n\ndata: b\n\n", ["{\"cut\":", "b"]),
        ("data: {}\ndata: {\"a\":1}\ndata: [DONE]\n\n", ["{}", "{\"a\":1}", "[DONE]"]),
        ("data: {}\r\n: c\r\ndata:{}", ["{}", "{}"]),
        ("data: {\ndata: \"a\":[{}\ndata: ,{}]\ndata: }\n\n", ["{\n\"a\":[{}\n,{}]\n}"]),
        ("data: [DONE]\ndata: {}\n\n", ["[DONE]\n{}"]),
        ("data: {}\ndata: {}\nevent: error\n\n", ["{}", "!{}"]),
        ("busy\nevent: message\n\nbusy\nid: 7\n\ndata: a\n\n", ["a"]),
        ("data: größer \U0001F600 \u2028\u2029\u0085 x\n\n", ["größer \U0001F600 \u2028\u2029\u0085 x"]),
    ];

    public static TheoryData<int> Samples() => [.. Enumerable.Range(0, _samples.Length)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task MoveNextAsync_OfASample_GivesItsEvents(int sample)
    {
        var (body, expected) = _samples[sample];

        var events = await ReadAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(expected, events);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task MoveNextAsync_OfASampleCutAtEveryByte_GivesTheSameEvents(int sample)
    {
        var (body, expected) = _samples[sample];
        var bytes = Encoding.UTF8.GetBytes(body);

        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var events = await ReadAsync(new PiecewiseStream().Send(bytes, 0, cut).Send(bytes, cut, bytes.Length - cut));

            Assert.Equal(expected, events);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task MoveNextAsync_OfASampleInSmallReads_GivesTheSameEvents(int sample)
    {
        var (body, expected) = _samples[sample];
        var bytes = Encoding.UTF8.GetBytes(body);

        for (var size = 1; size <= 3; size++)
        {
            Assert.Equal(expected, await ReadAsync(PiecewiseStream.Of(bytes, size)));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task MoveNextAsync_AtTheEnd_StaysThere(int sample)
    {
        using var reader = New(PiecewiseStream.Of(Encoding.UTF8.GetBytes(_samples[sample].Body)));
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
        }

        var again = await reader.MoveNextAsync(CancellationToken.None);

        Assert.False(again || !reader.Data.IsEmpty || reader.IsError);
    }

    /// <summary>Events of any size, of several lines, between comments, with any line ends, cut anywhere.</summary>
    [Property(MaxTest = 150, EndSize = 1_000_000)]
    public async Task MoveNextAsync_OfRandomEventsInRandomPieces_GivesTheEvents(int seed)
    {
        var random = new Random(seed);
        var (body, expected) = RandomBody(random);

        var events = await ReadAsync(RandomPieces(body, random));

        Assert.Equal(expected, events);
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(3_000_000)]
    public async Task MoveNextAsync_AfterAHugeEvent_GivesTheNextOnes(int length)
    {
        var huge = new string('x', length);
        var body = $"data: a\n\ndata: {huge}\n\ndata: b\n\n" + string.Concat(Enumerable.Repeat("data: c\n\n", 9000));

        var events = await ReadAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(body), 10_000), limit: 4_000_000);

        Assert.Equal(["a", huge, "b", .. Enumerable.Repeat("c", 9000)], events);
    }

    [Theory]
    [InlineData((byte)0xEF)]
    [InlineData((byte)0xEF, (byte)0xBB)]
    public async Task MoveNextAsync_OfABodyThatEndsInAByteOrderMark_GivesWhatCameBefore(params byte[] mark)
    {
        var events = await ReadAsync(new PiecewiseStream().Send("data: a\n\n").Send(mark));

        Assert.Equal(["a"], events);
    }

    [Fact]
    public async Task MoveNextAsync_OfAPage_GivesAllThatWasReceivedOfIt()
    {
        var events = await ReadAsync(new PiecewiseStream().Send("data: a\n\n<html>\n<h1>Bad gateway</h1>\n"));

        Assert.Equal(["a", "<html>\n<h1>Bad gateway</h1>\n"], events.Take(2));
    }

    [Theory]
    [InlineData("data: 1234\n\n", "1234")]
    [InlineData("data: 1234", "1234")]
    [InlineData("data:12345\ndata:1234\n\n", "12345\n1234")]
    public async Task MoveNextAsync_OfALineOrAnEventOfTheLimit_GivesIt(string body, string expected)
    {
        var events = await ReadAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(body)), limit: 10);

        Assert.Equal([expected], events);
    }

    [Theory]
    [InlineData("data: 12345\n\n")]
    [InlineData("data: 12345\r\n\r\n")]
    [InlineData("data: 12345")]
    [InlineData("data: 12345 and no end of the line comes for a long time")]
    [InlineData(": a comment\n")]
    [InlineData("{\"error\":17}\n")]
    [InlineData("data: 12\ndata: 34\ndata: 56\ndata: 78\n\n")]
    [InlineData("data:12345\ndata:12345\n\n")]
    [InlineData("data:\ndata:\ndata:\ndata:\ndata:\ndata:\ndata:\ndata:\ndata:\ndata:\ndata:\ndata:\n\n")]
    [InlineData("{\n\"a\":\n1234\n}\n")]
    public async Task MoveNextAsync_OfMoreThanTheLimit_SaysWhichOptionToRaise(string body)
    {
        var read = () => ReadAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(body), 3), limit: 10);

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(read);
        Assert.Equal("The stream has a line or an event of more than 10 bytes. Raise CCApiClientOptions.MaxLineBytes if that is right.", exception.Message);
    }

    [Fact]
    public async Task MoveNextAsync_OfCommentsWithoutEndInsideAnEvent_TakesNoMoreMemory()
    {
        var comments = 0;
        var stream = new PiecewiseStream().Send("data: a\n");
        var comment = Encoding.UTF8.GetBytes($": {new string('.', 998)}\n");
        for (; comments < 3000; comments++)
        {
            stream.Send(comment);
        }

        var pool = new CountingRead(stream.Send("\n"));
        var events = await ReadAsync(pool);

        Assert.True(events.SequenceEqual(["a"]) && pool.LargestRead < 64 * 1024, $"{events.Count} events, reads of up to {pool.LargestRead} bytes");
    }

    [Fact]
    public async Task MoveNextAsync_OfBytesThatWereReadBefore_BeginsWithThem()
    {
        using var reader = new SseReader(new PiecewiseStream().Send("b\n\n"), Limit, observer: null, start: "data: a"u8);

        Assert.True(await reader.MoveNextAsync(CancellationToken.None));

        Assert.Equal("ab", Encoding.UTF8.GetString(reader.Data.ToArray()));
    }

    [Fact]
    public async Task MoveNextAsync_OfCommentsThatFillEachRead_TakesNoMoreMemory()
    {
        var comments = string.Concat(Enumerable.Repeat($": {new string('.', 998)}\n", 3000));
        var stream = new CountingRead(new MemoryStream(Encoding.UTF8.GetBytes($"data: a\n{comments}\n")));

        var events = await ReadAsync(stream);

        Assert.True(events.SequenceEqual(["a"]) && stream.LargestRead < 64 * 1024, $"{events.Count} events, reads of up to {stream.LargestRead} bytes");
    }

    [Fact]
    public async Task MoveNextAsync_OfAReadThatIgnoresItsToken_DropsTheEvent()
    {
        using var reader = new SseReader(new PiecewiseStream().Send("data: a\n").Wait(), Limit, observer: null, start: default, new IgnoringWait());

        await Assert.ThrowsAsync<TokenIgnoredException>(async () => await reader.MoveNextAsync(CancellationToken.None));

        Assert.True(reader.Data.IsEmpty);
    }

    [Fact]
    public async Task MoveNextAsync_ThatWaits_DoesNotReturnToTheContext()
    {
        var (context, read) = (new CountingContext(), new TaskCompletionSource<int>());
        using var reader = new SseReader(new MemoryStream(), Limit, observer: null, start: default, new LaterWait(read.Task));
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        var move = reader.MoveNextAsync(CancellationToken.None).AsTask();
        SynchronizationContext.SetSynchronizationContext(before);

        read.SetResult(0);

        Assert.False(await move);
        Assert.Equal(0, context.Posts);
    }

    [Fact]
    public async Task MoveNextAsync_OfACanceledToken_ThrowsBeforeWhatIsBuffered()
    {
        using var cancellation = new CancellationTokenSource();
        using var reader = New(new PiecewiseStream().Send("data: a\n\ndata: b\n\n"));
        await reader.MoveNextAsync(cancellation.Token);
        cancellation.Cancel();

        var move = async () => await reader.MoveNextAsync(cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(move);
    }

    [Fact]
    public async Task MoveNextAsync_CanceledWhileItReads_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var stream = new PiecewiseStream().Send("data: a\n").Wait();
        using var reader = New(stream);
        var move = reader.MoveNextAsync(cancellation.Token).AsTask();
        await stream.Waiting;

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => move);
    }

    [Fact]
    public async Task MoveNextAsync_OfAStreamThatFails_GivesWhatCameBefore()
    {
        using var reader = New(new PiecewiseStream().Send("data: a\n\nda").Fail(new IOException("gone")));

        var first = await reader.MoveNextAsync(CancellationToken.None);

        Assert.True(first);
        await Assert.ThrowsAsync<IOException>(async () => await reader.MoveNextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task MoveNextAsync_EachRead_IsReportedBeforeAndAfterIt()
    {
        var reads = new ReadList();
        using var reader = new SseReader(new PiecewiseStream().Send("data: a\n\n").Send(":\n"), Limit, reads);

        while (await reader.MoveNextAsync(CancellationToken.None))
        {
        }

        Assert.Equal([null, 9, null, 2, null, 0], reads.Seen);
    }

    [Fact]
    public void Dispose_Twice_ClosesTheStream()
    {
        var stream = new PiecewiseStream();
        var reader = New(stream);

        reader.Dispose();
        reader.Dispose();

        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public void Dispose_Twice_GivesItsMemoryBackOnce()
    {
        var reader = New(new PiecewiseStream());
        reader.Dispose();
        reader.Dispose();

        var rented = Enumerable.Range(0, 8).Select(_ => ArrayPool<byte>.Shared.Rent(16 * 1024)).ToArray();

        Assert.Equal(rented.Length, rented.Distinct().Count());
    }

    private static SseReader New(Stream stream, int limit = Limit) => new(stream, limit);

    /// <remarks>On another thread, so that a reader that never ends fails its test.</remarks>
    private static Task<List<string>> ReadAsync(Stream stream, int limit = Limit) =>
        Patience.Wait(Task.Run(() => ReadToEndAsync(stream, limit)));

    private static async Task<List<string>> ReadToEndAsync(Stream stream, int limit)
    {
        using var reader = New(stream, limit);
        var events = new List<string>();
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
            events.Add((reader.IsError ? "!" : "") + (reader.IsHeartbeat ? "~" : "") + Encoding.UTF8.GetString(reader.Data.ToArray()));
            Assert.True(events.Count < 10_000, "The stream does not come to its end.");
        }

        return events;
    }

    private static (byte[] Body, List<string> Events) RandomBody(Random random)
    {
        var body = new StringBuilder();
        var events = new List<string>();
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomText(random)).ToArray();
            events.Add(string.Join("\n", lines));
            foreach (var line in lines)
            {
                body.Append(random.Next(4) == 0 ? $": {RandomText(random)}{LineEnd(random)}" : "");
                body.Append(random.Next(2) == 0 ? "data: " : "data:").Append(line).Append(LineEnd(random));
            }

            // A lone CR before an LF would be one line end.
            body.Append("\r\n").Append(random.Next(2) == 0 ? "" : "\n");
        }

        return (Encoding.UTF8.GetBytes(body.ToString()), events);
    }

    private static string RandomText(Random random)
    {
        var length = random.Next(12) switch { 0 => random.Next(60_000), < 3 => random.Next(9000), _ => random.Next(1, 60) };
        return $"x{new string((char)random.Next('a', 'z'), length)}é{random.Next()}";
    }

    private static string LineEnd(Random random) => random.Next(3) switch { 0 => "\r\n", 1 => "\r", _ => "\n" };

    private static PiecewiseStream RandomPieces(byte[] body, Random random)
    {
        var stream = new PiecewiseStream();
        var largest = random.Next(3) switch { 0 => 30, 1 => 5000, _ => 50_000 };
        for (var start = 0; start < body.Length;)
        {
            var count = Math.Min(random.Next(1, largest), body.Length - start);
            stream.Send(body, start, count);
            start += count;
        }

        return stream;
    }

    /// <summary>Sees how much memory each read is offered.</summary>
    private sealed class CountingRead(Stream inner) : Stream
    {
        public int LargestRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            LargestRead = Math.Max(LargestRead, count);
            return inner.Read(buffer, offset, count);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class LaterWait(Task<int> result) : IReadWait
    {
        public ValueTask<int> WaitAsync(ValueTask<int> read) => new(result);
    }

    private sealed class CountingContext : SynchronizationContext
    {
        public int Posts { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Posts++;
            d(state);
        }
    }

    /// <summary>Waits for the first read only.</summary>
    private sealed class IgnoringWait : IReadWait
    {
        private int _reads;

        public ValueTask<int> WaitAsync(ValueTask<int> read) => _reads++ == 0 ? read : throw new TokenIgnoredException();
    }

    /// <summary>Keeps the reads: null before each, and its bytes after it.</summary>
    private sealed class ReadList : IReadObserver
    {
        public List<int?> Seen { get; } = [];

        public void OnReading() => Seen.Add(null);

        public void OnRead(int bytes) => Seen.Add(bytes);
    }
}
