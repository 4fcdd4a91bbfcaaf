using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Polly;
using Polly.Retry;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class RateLimiterTurnTests
{
    private const string Completion = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Overloaded = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";
    private const string Limited = """{"error":{"message":"slow","type":"rate_limit_error","code":"rate_limit_exceeded"}}""";

    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task CompleteAsync_WithoutAFreeLease_WaitsAndReportsTheWait()
    {
        using var limiter = Limiter(perMinute: 1, atOnce: 1);
        _gateway.Respond(200, Completion).Respond(200, Completion);
        using var client = Client(limiter);
        var first = await client.Chat.CompleteAsync("m", "Hi");

        var call = client.Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromMinutes(1));
        var second = await Patience.Wait(call);

        Assert.Equal(TimeSpan.Zero, Assert.Single(first.Info!.Attempts).RateLimiterWait);
        var attempt = Assert.Single(second.Info!.Attempts);
        Assert.Equal(TimeSpan.FromMinutes(1), attempt.RateLimiterWait);
        Assert.Equal(TimeSpan.Zero, attempt.Elapsed);
        Assert.Equal(TimeSpan.FromMinutes(1), second.Info.Elapsed);
        Assert.Equal("attempt 1: 200 after 0 s and 60 s at the rate limiter; done", attempt.ToString());
    }

    [Fact]
    public async Task CompleteAsync_WithoutALimiter_ReportsNoWait()
    {
        _gateway.Respond(200, Completion);
        using var client = Client(limiter: null);

        var response = await client.Chat.CompleteAsync("m", "Hi");

        Assert.Null(Assert.Single(response.Info!.Attempts).RateLimiterWait);
    }

    [Fact]
    public async Task CompleteAsync_ThatWaitsLongerThanTheTotalBudget_IsATimeoutOfIt()
    {
        using var limiter = Limiter(perMinute: 1, atOnce: 1);
        using var held = limiter.AttemptAcquire();
        using var client = Client(limiter);

        var call = client.Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { Total = TimeSpan.FromSeconds(20), Attempt = TimeSpan.FromSeconds(5) });
        _clock.Advance(TimeSpan.FromSeconds(20));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Equal(CCApiTimeoutKind.Total, exception.Kind);
        Assert.Equal(
            "POST /chat/completions ran out of the Total budget of 20 s, 20 s after it began; nothing was sent, because the RateLimiter had not granted a lease. Raise CCApiRequestOptions.Total if that is too short.",
            exception.Message);
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.Single(exception.Attempts).RateLimiterWait);
        Assert.Empty(_gateway.Sent);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
    }

    [Fact]
    public async Task CompleteAsync_CanceledWhileItWaits_LeavesNothing()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        using var held = limiter.AttemptAcquire();
        using var client = Client(limiter);
        using var cancellation = new CancellationTokenSource();

        var call = client.Chat.CompleteAsync("m", "Hi", options: null, cancellation.Token);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentQueuedCount);
        cancellation.Cancel();
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Empty(_gateway.Sent);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
        held.Dispose();
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task CompleteAsync_OfAClientThatIsDisposedWhileItWaits_IsDisposed()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        using var held = limiter.AttemptAcquire();
        var client = Client(limiter);

        var call = client.Chat.CompleteAsync("m", "Hi");
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(call));
    }

    [Fact]
    public async Task CompleteAsync_OfARetry_HoldsNoLeaseWhileItWaits()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        _gateway.Respond(503, Overloaded).Respond(200, Completion);
        using var client = Client(limiter);

        var call = client.Chat.CompleteAsync("m", "Hi");
        await _gateway.Received(1);
        using (var between = await Patience.Wait(limiter.AcquireAsync().AsTask()))
        {
            Assert.True(between.IsAcquired);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Patience.Wait(call);

        Assert.Equal(3, limiter.GetStatistics()!.TotalSuccessfulLeases);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task StreamAsync_UntilItsEnd_HoldsTheLease()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        _gateway.Respond(_ => FakeGateway.Stream(200, new FakeBody().Then(Chunk("a")).Then(Chunk("b")), "Content-Type: text/event-stream"));
        using var client = Client(limiter);

        await using (var stream = client.Chat.StreamAsync("m", "Hi"))
        {
            await foreach (var chunk in stream)
            {
                Assert.NotNull(chunk);
                Assert.Equal(0, limiter.GetStatistics()!.CurrentAvailablePermits);
            }

            Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
        }
    }

    [Fact]
    public async Task StreamAsync_ThatIsLeft_EndsTheLease()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        _gateway.Respond(_ => FakeGateway.Stream(200, new FakeBody().Then(Chunk("a")).ThenSilence(), "Content-Type: text/event-stream"));
        using var client = Client(limiter);

        await foreach (var chunk in client.Chat.StreamAsync("m", "Hi"))
        {
            Assert.NotNull(chunk);
            break;
        }

        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task SendAsync_OfAnOpenResponse_HoldsTheLeaseUntilItsBodyEnds()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        _gateway.Respond(_ => FakeGateway.Stream(200, new MemoryStream([1, 2, 3])));
        using var client = Client(limiter);

        using var response = await client.SendAsync(HttpMethod.Get, "videos/1/content", content: null);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentAvailablePermits);
        await response.ReadAsBytesAsync();

        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task OpenReadAsync_OfAnotherHost_NeedsNoLease()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        using var held = limiter.AttemptAcquire();
        _gateway.Respond(_ => FakeGateway.Stream(200, new MemoryStream([1, 2, 3])));
        using var client = Client(limiter, options => options.AllowDownload = _ => true);

        using var media = await client.Images.OpenReadAsync(new ImageDatum { Url = "https://files.test/a.png" });

        Assert.Single(_gateway.Sent);
        Assert.Equal(1, limiter.GetStatistics()!.TotalSuccessfulLeases);
    }

    [Fact]
    public async Task CompleteAsync_OfALimiterThatRejects_RetriesAfterItsDelay()
    {
        using var limiter = new OneLease(TimeSpan.FromSeconds(3));
        _gateway.Respond(200, Completion);
        using var client = Client(limiter, options => options.Retry.BaseDelay = TimeSpan.Zero);

        var call = client.Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(3));
        var response = await Patience.Wait(call);

        Assert.Equal(
            [
                "attempt 1: CCApiRateLimitException after 0 s; transient; the rate limiter specified the delay",
                "attempt 2: 200 after 0 s; done",
            ],
            response.Info!.Attempts.Select(attempt => attempt.ToString()));
        Assert.Equal([true, true], limiter.Disposed);
    }

    [Fact]
    public async Task CompleteAsync_OfALimiterThatRejectsWithoutRetries_IsARateLimitThatSentNothing()
    {
        using var limiter = new OneLease(retryAfter: null);
        using var client = Client(limiter, options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(
            "POST /chat/completions was not sent, because CCApiClientOptions.RateLimiter granted no lease. Raise its limit or its queue limit, or retry later.",
            exception.Message);
        Assert.True(exception.IsTransient);
        Assert.Null(exception.RetryAfter);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task CompleteAsync_OfALimiterThatFails_NamesIt()
    {
        using var limiter = new FailingLimiter();
        using var client = Client(limiter, options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<CCApiException>(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(
            "POST /chat/completions was not sent, because CCApiClientOptions.RateLimiter failed with IOException: The store is gone. Check the limiter.",
            exception.Message);
        Assert.IsType<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task CompleteAsync_OfALimiterPerModelThatRejects_NamesIt()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 9);
        using var models = PartitionedRateLimiter.Create<string, string>(model =>
            RateLimitPartition.Get(model, _ => (RateLimiter)new OneLease(retryAfter: null)));
        using var client = Client(limiter, options =>
        {
            options.ModelRateLimiter = models;
            options.Retry.MaxRetries = 0;
        });

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.StartsWith(
            "POST /chat/completions was not sent, because CCApiClientOptions.ModelRateLimiter granted no lease.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task CompleteAsync_OfALimiterPerModel_LimitsEachModelAlone()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 9);
        using var models = PartitionedRateLimiter.Create<string, string>(model =>
            RateLimitPartition.GetConcurrencyLimiter(model, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 9 }));
        var first = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.RespondLater((_, _) => first.Task).Respond(200, Completion).Respond(200, Completion);
        using var client = Client(limiter, options => options.ModelRateLimiter = models);

        var a = client.Chat.CompleteAsync("a", "Hi");
        var waiting = client.Chat.CompleteAsync("a", "Hi");
        await Patience.Wait(client.Chat.CompleteAsync("b", "Hi"));

        // The call that waits for its model holds no lease of all.
        Assert.Equal(8, limiter.GetStatistics()!.CurrentAvailablePermits + 1);
        Assert.False(waiting.IsCompleted);
        first.SetResult(FakeGateway.Json(200, Completion));
        await Patience.Wait(Task.WhenAll(a, waiting));

        Assert.Equal(["a", "b", "a"], _gateway.Sent.Select(sent => JsonDocument.Parse(sent.Body!).RootElement.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task CompleteAsync_AfterA429_HoldsEveryCallOfALearningLimiter()
    {
        using var limiter = new RequestRateLimiter(new CCApiRateLimiterOptions { LearnFromResponses = true, TimeProvider = _clock });
        _gateway.Respond(429, Limited, "Retry-After: 9");
        using var client = Client(limiter, options => options.Retry.MaxRetries = 0);

        await Assert.ThrowsAsync<CCApiRateLimitException>(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public async Task CompleteAsync_WithLimitsInItsHeaders_TeachesALearningLimiter()
    {
        using var limiter = new RequestRateLimiter(new CCApiRateLimiterOptions { LearnFromResponses = true, TimeProvider = _clock });
        _gateway.Respond(200, Completion, "x-ratelimit-remaining-requests: 0", "x-ratelimit-reset-requests: 12s");
        using var client = Client(limiter);

        await client.Chat.CompleteAsync("m", "Hi");

        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public async Task CompleteAsync_OfStrategiesOfTheUser_AcquiresForEachOfTheirAttempts()
    {
        using var limiter = Limiter(perMinute: 9, atOnce: 1);
        _gateway.Respond(503, Overloaded).Respond(200, Completion);
        using var client = Client(limiter, options => options.ConfigureResilience = builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero }));

        await Patience.Wait(client.Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(2, limiter.GetStatistics()!.TotalSuccessfulLeases);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    private static string Chunk(string text) => "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";

    private RequestRateLimiter Limiter(int perMinute, int atOnce) =>
        new(new CCApiRateLimiterOptions { RequestsPerMinute = perMinute, MaxConcurrency = atOnce, TimeProvider = _clock });

    private CCApiClient Client(RateLimiter? limiter, Action<CCApiClientOptions>? configure = null) => _gateway.Client(options =>
    {
        options.TimeProvider = _clock;
        options.RateLimiter = limiter;
        configure?.Invoke(options);
    });

    private sealed class FailingLimiter : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => throw new IOException("The store is gone.");
    }

    /// <summary>Rejects the first call.</summary>
    private sealed class OneLease(TimeSpan? retryAfter) : RateLimiter
    {
        private readonly List<Lease> _leases = [];

        /// <summary>Whether each lease was disposed.</summary>
        public IEnumerable<bool> Disposed => _leases.Select(lease => lease.IsDisposed);

        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            _leases.Add(new Lease(isAcquired: _leases.Count > 0, retryAfter));
            return new ValueTask<RateLimitLease>(_leases[_leases.Count - 1]);
        }

        private sealed class Lease(bool isAcquired, TimeSpan? retryAfter) : RateLimitLease
        {
            public bool IsDisposed { get; private set; }

            public override bool IsAcquired => isAcquired;

            public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

            public override bool TryGetMetadata(string metadataName, out object? metadata)
            {
                metadata = retryAfter;
                return retryAfter is not null && metadataName == MetadataName.RetryAfter.Name;
            }

            protected override void Dispose(bool disposing)
            {
                IsDisposed = true;
                base.Dispose(disposing);
            }
        }
    }
}
