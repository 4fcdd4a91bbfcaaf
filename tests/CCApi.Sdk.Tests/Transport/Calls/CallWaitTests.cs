using System;
using System.Collections.Generic;
using System.IO;
#if !NET
using System.Linq;
#endif
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Polly;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

/// <summary>Code of the caller that ignores its token: the call ends in time, and what the code returns later is given back.</summary>
public class CallWaitTests
{
    private const string Completion = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";

    private static readonly TimeSpan _total = TimeSpan.FromSeconds(60);

    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();
    private readonly Stall _stall = new();

    public enum Seam
    {
        Limiter,
        ModelLimiter,
        Reserve,
        MarkSent,
        KeyProvider,
        BlockingKeyProvider,
        BlockingStore,
        Strategy,
        Handler,
        Body,
        ErrorBody,
        OpeningBody,
        StreamHandler,
        StreamBody,
        StreamLaterBody,
        UnlabeledStreamBody,
        OpenedBody,
        SpeechBody,
        Content,
        ContentOfKey,
        StreamContent,
    }

    public static TheoryData<Seam, bool> Cells()
    {
        var cells = new TheoryData<Seam, bool>();
#if NET
        foreach (var seam in Enum.GetValues<Seam>())
#else
        // There a stream may be copied by code that does not stall.
        foreach (var seam in Enum.GetValues(typeof(Seam)).Cast<Seam>().Where(seam => seam != Seam.ContentOfKey))
#endif
        {
            cells.Add(seam, false);
            cells.Add(seam, true);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Call_WithCodeThatIgnoresItsToken_EndsInTime(Seam seam, bool isCanceled)
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, Completion);
        var store = new StallingStore(_stall, seam);
        using var client = Client(seam, store);
        using var cancellation = new CancellationTokenSource();

        var call = Task.Run(() => CallAsync(client, seam, cancellation.Token));
        await _stall.Reached;
        if (isCanceled)
        {
            cancellation.Cancel();
        }
        else
        {
            _clock.Advance(_total);
        }

        var exception = await Record.ExceptionAsync(() => Patience.Wait(call));
        _stall.Release();

        if (isCanceled)
        {
            Assert.Equal(cancellation.Token, Assert.IsAssignableFrom<OperationCanceledException>(exception).CancellationToken);
        }
        else
        {
            // The status of an error counts, although its body does not end.
            Assert.IsType(seam == Seam.ErrorBody ? typeof(CCApiServerException) : typeof(CCApiTimeoutException), exception);
            Assert.Contains(ReasonOf(seam), exception!.Message, StringComparison.Ordinal);
        }

        await store.EverythingSettled;
    }

    private static string ReasonOf(Seam seam) => seam switch
    {
        Seam.Reserve => "nothing was sent, because the store of a budget had not responded",
        Seam.ContentOfKey => "nothing was sent, because the content had not been read",
        Seam.ModelLimiter => "nothing was sent, because the RateLimiter had not granted a lease",
        _ => "",
    };

    [Theory]
    [InlineData(Seam.Limiter)]
    [InlineData(Seam.ModelLimiter)]
    public async Task Lease_ThatIsGrantedTooLate_IsDisposed(Seam seam)
    {
        using var client = Client(seam, store: null);
        using var cancellation = new CancellationTokenSource();

        var call = CallAsync(client, seam, cancellation.Token);
        await _stall.Reached;
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        _stall.Release();

        await _stall.Disposed;
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Reservation_ThatIsMadeTooLate_IsSettledWithNothing()
    {
        var store = new StallingStore(_stall, Seam.Reserve);
        using var client = Client(Seam.Reserve, store);
        using var cancellation = new CancellationTokenSource();

        var call = CallAsync(client, Seam.Reserve, cancellation.Token);
        await _stall.Reached;
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        _stall.Release();
        await store.EverythingSettled;

        // The end of the call settles it, and so does what arrives later: the store counts an id once.
        Assert.Equal([0m, 0m], store.Settled);
        Assert.DoesNotContain(_gateway.Sent, sent => sent.Method == "POST");
    }

    [Fact]
    public async Task Response_ThatArrivesTooLate_IsDisposed()
    {
        using var client = Client(Seam.Handler, store: null);
        using var cancellation = new CancellationTokenSource();

        var call = CallAsync(client, Seam.Handler, cancellation.Token);
        await _stall.Reached;
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        _stall.Release();

        await _stall.Disposed;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Settlement_ThatNeverEnds_KeepsTheResponse(bool isStream)
    {
        _gateway.Otherwise = _ => isStream ? EventStream("""data: {"choices":[{"delta":{"content":"Hello!"},"finish_reason":"stop"}]}""") : FakeGateway.Json(200, Completion);
        var store = new StallingStore(_stall, settles: false);
        using var client = Client(Seam.Reserve, store);

        var call = isStream ? client.Chat.StreamAsync("m", "Hi").GetResponseAsync() : client.Chat.CompleteAsync("m", "Hi");
        await _stall.Reached;
        _clock.Advance(_total);
        var response = await Patience.Wait(call);

        Assert.Equal("Hello!", response.Text);
    }

    [Fact]
    public async Task Strategy_ThatSendsTooLate_SendsNothing()
    {
        using var client = Client(Seam.Strategy, store: null);
        using var cancellation = new CancellationTokenSource();

        var call = CallAsync(client, Seam.Strategy, cancellation.Token);
        await _stall.Reached;
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        _stall.Release();
        await _stall.Ended;

        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Read_ThatIgnoresTheTokenOfTheReader_NeverWritesIntoItsMemory()
    {
        _gateway.Otherwise = _ => Response(new StallingStream(_stall, "ID3 and more"), "audio/mpeg");
        using var client = Client(Seam.SpeechBody, store: null);
        using var response = await client.SendAsync(HttpMethod.Get, "sound", null);
        using var cancellation = new CancellationTokenSource();
        var start = new byte[16];
        await response.Body.ReadAsync(start, 0, start.Length);
        var memory = new byte[16];

        var read = response.Body.ReadAsync(memory, 0, memory.Length, cancellation.Token);
        await _stall.Reached;
        cancellation.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(read));
        _stall.Release();
        await _stall.Ended;

        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.All(memory, value => Assert.Equal(0, value));
    }

    private CCApiClient Client(Seam seam, StallingStore? store)
    {
        var handler = new StallingHandler(_gateway, _stall, seam);
        var httpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var options = FakeGateway.Options(options =>
        {
            options.TimeProvider = _clock;
            options.Timeouts.Total = _total;
            options.Timeouts.FirstChunk = options.Timeouts.NextChunk = options.Timeouts.Idle = _total;
            options.RateLimiter = seam == Seam.Limiter ? new StallingLimiter(_stall) : null;
            if (seam == Seam.ModelLimiter)
            {
                options.ModelRateLimiter = PartitionedRateLimiter.Create<string, string>(
                    model => RateLimitPartition.Get(model, _ => (RateLimiter)new StallingLimiter(_stall)));
            }

            if (store is not null)
            {
                options.Budget = new CCApiBudget(store, "scope") { UnknownPriceReservation = 0.1m };
                options.RetrieveCatalogForCosts = false;
            }

            options.ApiKeyProvider = seam switch
            {
                Seam.KeyProvider => async _ =>
                {
                    await _stall.WaitAsync();
                    return FakeGateway.Key;
                }
                ,
                Seam.BlockingKeyProvider => _ =>
                {
                    _stall.WaitAsync().GetAwaiter().GetResult();
                    return new(FakeGateway.Key);
                }
                ,
                _ => null,
            };
            if (seam == Seam.Strategy)
            {
                options.ConfigureResilience = builder => builder.AddStrategy(_ => new StallingStrategy(_stall), new StallingOptions());
            }
        });

        return new CCApiClient(httpClient, options);
    }

    private async Task CallAsync(CCApiClient client, Seam seam, CancellationToken cancellationToken)
    {
        var options = new CCApiRequestOptions();
        switch (seam)
        {
            case Seam.StreamHandler or Seam.StreamBody or Seam.StreamLaterBody or Seam.UnlabeledStreamBody:
                await client.Chat.StreamAsync("m", "Hi", options, cancellationToken).GetResponseAsync(CancellationToken.None);
                break;
            case Seam.OpenedBody:
                using (var opened = await client.SendAsync(HttpMethod.Post, "x", null, options, cancellationToken))
                {
                    await opened.Body.CopyToAsync(Stream.Null, 81920, CancellationToken.None);
                }

                break;
            case Seam.SpeechBody:
                using (var sound = await client.Audio.StreamSpeechAsync(new() { Model = "m", Input = "Hi", Voice = "v" }, options, cancellationToken))
                {
                    await sound.CopyToAsync(Stream.Null, 81920, CancellationToken.None);
                }

                break;
            case Seam.Content or Seam.ContentOfKey or Seam.StreamContent:
                options.IdempotencyKey = seam == Seam.ContentOfKey ? "key-1" : null;
                using (var opened = await client.SendAsync(HttpMethod.Post, "x", Content(seam), options, cancellationToken))
                {
                    break;
                }

            default:
                await client.Chat.CompleteAsync("m", "Hi", options, cancellationToken);
                break;
        }
    }

    private HttpContent Content(Seam seam)
    {
        if (seam == Seam.StreamContent)
        {
            return new StreamContent(new StallingStream(_stall));
        }

        return seam == Seam.ContentOfKey ? new StreamContent(new SeekableStream(_stall)) : new StallingContent(_stall);
    }

    private static HttpResponseMessage EventStream(string events) =>
        FakeGateway.Content(200, events + "\n\ndata: [DONE]\n\n", "text/event-stream");

    private static HttpResponseMessage Response(Stream body, string mediaType, int status = 200)
    {
        var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = content };
    }

    /// <summary>Where code waits, whatever its token, until the test releases it.</summary>
    private sealed class Stall
    {
        private readonly TaskCompletionSource<bool> _reached = New();
        private readonly TaskCompletionSource<bool> _open = New();
        private readonly TaskCompletionSource<bool> _ended = New();
        private readonly TaskCompletionSource<bool> _disposed = New();

        public Task Reached => Patience.Wait(_reached.Task);

        public Task Ended => Patience.Wait(_ended.Task);

        public Task Disposed => Patience.Wait(_disposed.Task);

        public async Task WaitAsync()
        {
            _reached.TrySetResult(true);
            await _open.Task.ConfigureAwait(false);
        }

        public void Release() => _open.TrySetResult(true);

        public void End() => _ended.TrySetResult(true);

        public void Dispose() => _disposed.TrySetResult(true);

        private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class StallingLimiter(Stall stall) : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(stall, isAcquired: false);

        protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            await stall.WaitAsync();
            return new Lease(stall, isAcquired: true);
        }

        private sealed class Lease(Stall stall, bool isAcquired) : RateLimitLease
        {
            public override bool IsAcquired => isAcquired;

            public override IEnumerable<string> MetadataNames => [];

            public override bool TryGetMetadata(string metadataName, out object? metadata)
            {
                metadata = null;
                return false;
            }

            protected override void Dispose(bool disposing)
            {
                if (isAcquired)
                {
                    stall.Dispose();
                }

                base.Dispose(disposing);
            }
        }
    }

    private sealed class StallingStore : IBudgetStore
    {
        private readonly Stall _stall;
        private readonly Seam? _seam;
        private readonly bool _settles;
        private readonly object _gate = new();
        private readonly HashSet<string> _reserved = [];
        private readonly List<decimal> _settled = [];
        private readonly TaskCompletionSource<bool> _isSettled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public StallingStore(Stall stall, Seam seam) => (_stall, _seam, _settles) = (stall, seam, true);

        public StallingStore(Stall stall, bool settles) => (_stall, _settles) = (stall, settles);

        public IReadOnlyList<decimal> Settled
        {
            get
            {
                lock (_gate)
                {
                    return [.. _settled];
                }
            }
        }

        public Task EverythingSettled
        {
            get
            {
                lock (_gate)
                {
                    var isStalled = _seam is Seam.Reserve or Seam.BlockingStore;
                    return _reserved.Count == 0 && !isStalled ? Task.CompletedTask : Patience.Wait(_isSettled.Task);
                }
            }
        }

        public async ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
        {
            if (_seam == Seam.BlockingStore)
            {
                _stall.WaitAsync().GetAwaiter().GetResult();
            }

            await StallAt(Seam.Reserve);
            lock (_gate)
            {
                _reserved.Add(reservationId);
            }

            return new BudgetDecision(isReserved: true, default);
        }

        public async ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
        {
            await StallAt(Seam.MarkSent);
            return true;
        }

        public async ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
        {
            if (!_settles)
            {
                await _stall.WaitAsync();
            }

            lock (_gate)
            {
                _settled.Add(amount);
                var isLast = _reserved.Remove(reservationId) && _reserved.Count == 0;
                if (isLast)
                {
                    _isSettled.TrySetResult(true);
                }
            }

            return default;
        }

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => default;

        private Task StallAt(Seam seam) => _seam == seam ? _stall.WaitAsync() : Task.CompletedTask;
    }

    private sealed class StallingOptions : ResilienceStrategyOptions;

    private sealed class StallingStrategy(Stall stall) : ResilienceStrategy
    {
        protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            await stall.WaitAsync();
            try
            {
                return await callback(context, state);
            }
            finally
            {
                stall.End();
            }
        }
    }

    private sealed class StallingHandler(HttpMessageHandler inner, Stall stall, Seam seam) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (seam is Seam.Handler or Seam.StreamHandler)
            {
                await stall.WaitAsync();
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new DisposableContent(stall) };
            }

            if (request.Method == HttpMethod.Get && seam != Seam.OpenedBody)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var response = seam switch
            {
                Seam.Body => Response(new StallingStream(stall), "application/json"),
                Seam.ErrorBody => Response(new StallingStream(stall), "application/json", status: 500),
                Seam.OpeningBody => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StallingContent(stall) },
                Seam.StreamBody => Response(new StallingStream(stall), "text/event-stream"),
                Seam.StreamLaterBody => Response(new StallingStream(stall, "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n"), "text/event-stream"),
                Seam.UnlabeledStreamBody => Response(new StallingStream(stall), "text/plain"),
                Seam.OpenedBody => Response(new StallingStream(stall), "audio/mpeg"),
                Seam.SpeechBody => Response(new StallingStream(stall, "ID3 and more"), "audio/mpeg"),
                _ => null,
            };
            if (response is not null)
            {
                response.RequestMessage = request;
                return response;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class StallingStream(Stall stall, string start = "") : MemoryStream
    {
        private string _start = start;

        public override bool CanSeek => false;

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            var text = _start;
            _start = string.Empty;
            if (text.Length == 0)
            {
                await stall.WaitAsync();
                text = "late";
            }

            var read = System.Text.Encoding.ASCII.GetBytes(text, 0, text.Length, buffer, offset);
            stall.End();

            return read;
        }

#if NET
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = new byte[Math.Min(buffer.Length, 100)];
            var read = await ReadAsync(bytes, 0, bytes.Length, cancellationToken);
            bytes.AsSpan(0, read).CopyTo(buffer.Span);
            stall.End();

            return read;
        }
#endif

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => stall.WaitAsync();
    }

    private sealed class DisposableContent(Stall stall) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            stall.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class StallingContent(Stall stall) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stall.WaitAsync();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>The stream of a content that counts as repeatable, so that its fingerprint is computed before the call.</summary>
    private sealed class SeekableStream(Stall stall) : MemoryStream([65])
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => stall.WaitAsync();
    }
}
