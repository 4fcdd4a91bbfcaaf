using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class ResponseBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    public async Task ReadAsync_OfAnyLength_IsWhole(int length)
    {
        using var call = Call();
        var bytes = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        using var withLength = new HttpResponseMessage { Content = new ByteArrayContent(bytes) };
        using var without = FakeGateway.Stream(200, new MemoryStream(bytes));
        without.Content.Headers.ContentLength = null;

        using var first = await ResponseBody.ReadAsync(call, withLength, long.MaxValue);
        using var second = await ResponseBody.ReadAsync(call, without, long.MaxValue);

        Assert.Equal(bytes, first.Written.ToArray());
        Assert.Equal(bytes, second.Written.ToArray());
        Assert.Equal(2 * length, call.BytesReceived);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task ReadAsync_OfAPromisedLength_ReservesFourTimesWhatArrived(int arrived)
    {
        using var call = Call();
        using var response = FakeGateway.Stream(200, new MemoryStream(new byte[arrived]));
        response.Content.Headers.ContentLength = 16_000_000;

        using var body = await ResponseBody.ReadAsync(call, response, long.MaxValue);

        Assert.Equal(arrived, body.Length);
        Assert.InRange(body.Length + body.GetMemory().Length, arrived, Math.Max(64 * 1024, 8 * arrived));
    }

    [Fact]
    public async Task ReadAsync_OfPieces_JoinsThem()
    {
        using var call = Call();
        using var response = FakeGateway.Stream(200, new FakeBody().Then("a").Then("bc").Then("d"));

        using var body = await ResponseBody.ReadAsync(call, response, 100);

        Assert.Equal("abcd", Encoding.UTF8.GetString(body.Written.ToArray()));
    }

    [Fact]
    public async Task ReadAsync_OfExactlyTheLimit_IsWhole()
    {
        using var call = Call();
        using var response = FakeGateway.Json(200, "12345");

        using var body = await ResponseBody.ReadAsync(call, response, 5);

        Assert.Equal(5, body.Length);
    }

    [Fact]
    public async Task ReadAsync_LengthAboveTheLimit_IsRejectedUnread()
    {
        using var call = Call();
        using var response = FakeGateway.Json(200, "123456");

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => FailureSamples.ThrowingAsync(call, () => ResponseBody.ReadAsync(call, response, 5)));

        Assert.Equal("GET /models returned more than 5 bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right.", exception.Message);
        Assert.Equal(0, call.BytesReceived);
    }

    [Fact]
    public async Task ReadAsync_OfMoreThanTheLimitWithoutALength_StopsThere()
    {
        using var call = Call();
        var stream = new FakeBody().Then("123").Then("456").Then("789");
        using var response = FakeGateway.Stream(200, stream);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => FailureSamples.ThrowingAsync(call, () => ResponseBody.ReadAsync(call, response, 5)));

        Assert.Equal(6, call.BytesReceived);
        Assert.Contains("more than 5 bytes", exception.Message, StringComparison.Ordinal);
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public async Task ReadAsync_OfALengthThatLies_ReadsWhatComes()
    {
        using var call = Call();
        using var response = FakeGateway.Stream(200, new FakeBody().Then("{}"));
        response.Content.Headers.ContentLength = 1_000_000_000;

        using var body = await ResponseBody.ReadAsync(call, response, 2_000_000_000);

        Assert.Equal("{}", Encoding.UTF8.GetString(body.Written.ToArray()));
        Assert.InRange(body.Length + body.GetMemory().Length, 1, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task ReadAsync_OfABodyThatBreaks_ThrowsAsItCame()
    {
        using var call = Call();
        using var response = FakeGateway.Stream(200, new FakeBody().Then("{").ThenFails(() => new IOException("reset")));

        var exception = await Assert.ThrowsAsync<IOException>(async () => await ResponseBody.ReadAsync(call, response, 100));

        Assert.Equal("reset", exception.Message);
    }

    [Fact]
    public async Task ReadAsync_OfABodyThatFillsTheLimit_TakesNoMemoryForTheByteAfterIt()
    {
        using var call = Call();
        using var response = FakeGateway.Stream(200, new MemoryStream(new byte[65_536]));
        response.Content.Headers.ContentLength = null;

        using var body = await ResponseBody.ReadAsync(call, response, 65_536);

        Assert.Equal(65_536, body.Length);
        Assert.True(MemoryMarshal.TryGetArray(body.WrittenMemory, out var memory));
        Assert.Equal(65_536, memory.Array!.Length);
    }

    [Fact]
    public async Task ReadAsync_OfABodyThatCannotBeDecompressed_SaysSo()
    {
        using var call = Call();
        using var response = FakeGateway.Stream(200, new FakeBody().ThenFails(() => new InvalidDataException("no gzip")));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => FailureSamples.ThrowingAsync(call, () => ResponseBody.ReadAsync(call, response, 100)));

        Assert.Equal("GET /models returned a body that cannot be decompressed: no gzip", exception.Message);
        Assert.Equal((System.Net.HttpStatusCode.OK, response.Headers), (exception.StatusCode, exception.Headers));
    }

    [Fact]
    public async Task ReadMoreAsync_UntilTheEnd_CountsEveryByte()
    {
        using var call = Call();
        using var buffer = new PooledBuffer();
        var stream = new FakeBody().Then("123").Then("45");
        using var response = FakeGateway.Stream(200, stream);

        var more = new[] { await Read(5), await Read(5), await Read(5) };

        Assert.Equal([true, true, false], more);
        Assert.Equal((5, 5), (buffer.Length, call.BytesReceived));

        ValueTask<bool> Read(long limit) => ResponseBody.ReadMoreAsync(call, response, stream, buffer, limit);
    }

    [Fact]
    public async Task ReadMoreAsync_MoreThanTheLimit_IsRejected()
    {
        using var call = Call();
        using var buffer = new PooledBuffer();
        var stream = new FakeBody().Then("123456");
        using var response = FakeGateway.Stream(200, stream);

        await Assert.ThrowsAsync<CCApiProtocolException>(() => FailureSamples.ThrowingAsync(call, () => ResponseBody.ReadMoreAsync(call, response, stream, buffer, 5)));
    }

    [Fact]
    public async Task ReadStartAsync_OfABody_CountsItsBytes()
    {
        using var call = Call();
        using var response = FakeGateway.Json(503, "12345");

        using var body = await ResponseBody.ReadStartAsync(call, response);

        Assert.Equal(5, call.BytesReceived);
    }

    [Fact]
    public async Task ReadStartAsync_OfALongBody_IsItsStart()
    {
        using var call = Call();
        using var response = FakeGateway.Json(503, new string('a', 3_000_000));

        using var body = await ResponseBody.ReadStartAsync(call, response);

        Assert.Equal(1024 * 1024, body.Length);
    }

    [Fact]
    public async Task ReadStartAsync_OfABodyThatBreaks_IsWhatCame()
    {
        using var call = Call();
        using var response = FakeGateway.Stream(503, new FakeBody().Then("{\"error\"").ThenFails(() => new IOException("reset")));

        using var body = await ResponseBody.ReadStartAsync(call, response);

        Assert.Equal("{\"error\"", Encoding.UTF8.GetString(body.Written.ToArray()));
    }

    private static ApiCall Call() => CallSamples.Get();
}
