using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using Polly;

namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>A handler over sockets that waits before it sends, or whose body does.</summary>
internal sealed class StallingHandler(HttpMessageHandler inner, Stall stall, Seam seam) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (seam == Seam.Handler)
        {
            // With a token of its own: nothing but the SDK can keep a late one from sending.
            return await stall.RunAsync(() => base.SendAsync(request, CancellationToken.None));
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (seam is Seam.Body or Seam.OpeningBody or Seam.ErrorBody)
        {
            var content = new StallingBody(response.Content, stall, seam);
            content.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content = content;
        }

        return response;
    }
}

/// <summary>The body of a response that waits when it is opened or read.</summary>
internal sealed class StallingBody(HttpContent inner, Stall stall, Seam seam) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        if (seam == Seam.OpeningBody)
        {
            await stall.WaitAsync();
        }

        var stream = await inner.ReadAsStreamAsync(cancellationToken);
        return seam == Seam.OpeningBody ? stream : new StallingReads(stream, stall);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => inner.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A stream whose first read waits.</summary>
internal sealed class StallingReads(Stream inner, Stall stall) : MemoryStream
{
    private bool _isRead;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isRead)
        {
            return await inner.ReadAsync(buffer, CancellationToken.None);
        }

        _isRead = true;
        return await stall.RunAsync(() => inner.ReadAsync(buffer, CancellationToken.None).AsTask());
    }
}

/// <summary>The stream of a content that can be sent again; it waits in the middle.</summary>
internal sealed class StallingSource(Stall stall) : MemoryStream("ab"u8.ToArray())
{
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        await destination.WriteAsync("a"u8.ToArray(), CancellationToken.None);
        await stall.WaitAsync();
        await destination.WriteAsync("b"u8.ToArray(), CancellationToken.None);
    }
}

/// <summary>A limiter of one call at a time that waits before it grants a lease.</summary>
internal sealed class StallingLimiter(Stall stall) : RateLimiter
{
    private readonly ConcurrencyLimiter _inner = new(new() { PermitLimit = 1, QueueLimit = 100 });

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => _inner.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => _inner.AttemptAcquire(permitCount);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        await stall.RunAsync(() => _inner.AcquireAsync(permitCount, CancellationToken.None).AsTask());
}

internal sealed class StallingOptions : ResilienceStrategyOptions;

/// <summary>A strategy that waits before or after the attempt.</summary>
internal sealed class StallingStrategy(Stall stall, bool isAfter) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (!isAfter)
        {
            return await stall.RunAsync(() => callback(context, state).AsTask());
        }

        var outcome = await callback(context, state);
        await stall.WaitAsync();

        return outcome;
    }
}
