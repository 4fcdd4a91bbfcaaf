#if NET
using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Conventions;

/// <summary>What a call may allocate. Bytes are the same on every machine; times, and what only an optimized build saves, are for the benchmarks.</summary>
[Collection(TelemetryTestGroup.Name)]
public class AllocationTests
{
    [Fact]
    public async Task PlainCall_AllocatesLittleBesidesItsResponse()
    {
        using var client = CreateClient(
            """{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}]}""");

        var bytes = await MeasureAsync(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.InRange(bytes, 1, 5_500);
    }

    [Fact]
    public async Task InlineImage_AllocatesItsBytesOnce()
    {
        const int Size = 3 * 1024 * 1024;
        using var client = CreateClient($$"""{"created":1,"data":[{"b64_json":"{{Convert.ToBase64String(new byte[Size])}}"}]}""");

        var bytes = await MeasureAsync(() => client.Images.GenerateAsync("m", "A river"));

        Assert.InRange(bytes, Size, 1.1 * Size);
    }

    /// <summary>The bytes of the third call; the ones before fill the pools. Nothing leaves the thread, because the response is there at once.</summary>
    private static async Task<long> MeasureAsync(Func<Task> call)
    {
        await call();
        await call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        await call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static CCApiClient CreateClient(string body) => new(
        new HttpClient(new AtOnce(Encoding.UTF8.GetBytes(body))) { Timeout = Timeout.InfiniteTimeSpan },
        new CCApiClientOptions { ApiKey = "key" });

    private sealed class AtOnce(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } });
    }
}
#endif
