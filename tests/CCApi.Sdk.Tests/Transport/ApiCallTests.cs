using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class ApiCallTests
{
    private readonly CCApiClientOptions _client = FakeGateway.Options();

    [Fact]
    public void Create_WithoutOptions_TakesTheClients()
    {
        _client.Retry.MaxRetries = 7;
        _client.Timeouts.Idle = TimeSpan.FromSeconds(3);
        _client.Timeouts.FirstChunk = TimeSpan.FromSeconds(4);
        _client.Timeouts.Total = TimeSpan.FromSeconds(5);

        using var call = Post(null);

        Assert.Equal(7, call.Settings.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(3), call.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), call.FirstChunkTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), call.Clock.Total);
        Assert.Null(call.Settings.ApiKey);
        Assert.Null(call.Settings.Headers);
    }

    [Fact]
    public void Create_WithOptions_TakesThem()
    {
        var options = new CCApiRequestOptions
        {
            ApiKey = "sk-call",
            MaxRetries = 0,
            IdempotencyKey = "key-1",
            Idle = TimeSpan.FromSeconds(3),
            FirstChunk = TimeSpan.FromSeconds(4),
            Total = TimeSpan.FromSeconds(5),
            Headers = { ["X-Team"] = "a" },
        };

        using var call = Post(options);

        Assert.Equal(0, call.Settings.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(3), call.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), call.FirstChunkTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), call.Clock.Total);
        Assert.Equal("sk-call", call.Settings.ApiKey);
        Assert.Equal("key-1", call.Payload.IdempotencyKey);
        Assert.Same(options.Headers, call.Settings.Headers);
    }

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, null, false)]
    [InlineData(true, false, true)]
    public void MayRepeatCharged_OfAPost_IsTheCallsOptionElseTheClients(bool client, bool? call, bool expected)
    {
        _client.Retry.RetryPossiblyCharged = client;

        using var created = Post(new CCApiRequestOptions { RetryPossiblyCharged = call });

        Assert.Equal(!expected, created.MayRepeatCharged);
    }

    [Fact]
    public void Create_OfAReadingCall_CostsNothingAndHasNoIdempotencyKey()
    {
        using var call = CallSamples.Of(ApiRequest.Get("models"), _client, new CCApiRequestOptions { IdempotencyKey = "key-1" });

        Assert.True(call.MayRepeatCharged);
        Assert.Null(call.Payload.IdempotencyKey);
        Assert.Null(call.Payload.CreateContent());
    }

    [Fact]
    public void EndRenewal_WithAnotherKey_IsKnownUntilTheNextAttempt()
    {
        using var call = Post(null);
        call.BeginAttempt();
        call.Use(new Authentication.Bearer("sk-old", KeyRedaction.None));

        call.EndRenewal(new Authentication.Bearer("sk-new", KeyRedaction.None));
        var hasNewKey = call.HasNewKey;
        call.BeginAttempt();

        Assert.True(hasNewKey);
        Assert.Null(call.HasNewKey);
        Assert.Equal("sk-new", call.TakeNextKey()?.Key);
        Assert.Null(call.TakeNextKey());
    }

    [Fact]
    public void Dispose_OfACall_EndsItsBudgetAndGivesItsBodyBack()
    {
        var call = Post(null);
        using var content = call.Payload.CreateContent()!;

        call.Dispose();

        Assert.Throws<ObjectDisposedException>(() => call.Clock.Token);
        Assert.Equal(0, content.Headers.ContentLength);
    }

    [Fact]
    public void BeginAttempt_Again_ForgetsTheLastOne()
    {
        using var call = Post(null);
        call.BeginAttempt();
        call.BytesReceived = 5;
        call.IsSent = true;
        Clock.Advance(TimeSpan.FromSeconds(1));

        call.BeginAttempt();

        Assert.Equal(2, call.Log.Number);
        Assert.Equal(0, call.BytesReceived);
        Assert.False(call.IsSent);
        Assert.Equal(TimeSpan.Zero, call.AttemptElapsed);
    }

    [Fact]
    public void BeginAttempt_OfACallsAttemptBudget_EndsThere()
    {
        using var call = Post(new CCApiRequestOptions { Attempt = TimeSpan.FromSeconds(2) });

        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(CCApiTimeoutKind.Attempt, call.Clock.Expired);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public void NeedsKey_BeforeTheFirstAttempt_IsForAProviderAndAlternatives(bool hasProvider, bool hasAlternatives, bool expected)
    {
        using var call = WithAlternatives(hasProvider, hasAlternatives);

        Assert.Equal(expected, call.NeedsKey);
    }

    [Fact]
    public void NeedsKey_OnceAKeyIsKnown_IsFalse()
    {
        using var prepared = WithAlternatives();
        using var sent = WithAlternatives();

        prepared.Prepare(new Authentication.Bearer("sk-a", KeyRedaction.None));
        sent.Use(new Authentication.Bearer("sk-a", KeyRedaction.None));

        Assert.False(prepared.NeedsKey);
        Assert.False(sent.NeedsKey);
    }

    [Fact]
    public void NeedsKey_AfterTheFirstAttempt_IsFalse()
    {
        using var call = WithAlternatives();
        call.BeginAttempt();
        var first = call.NeedsKey;

        call.BeginAttempt();

        Assert.True(first);
        Assert.False(call.NeedsKey);
    }

    [Fact]
    public void Use_AndPrepare_OfAKey_MaskIt()
    {
        using var used = WithAlternatives();
        using var prepared = WithAlternatives();
        var bearer = new Authentication.Bearer("sk-of-a-tenant", new KeyRedaction("sk-of-a-tenant"));

        used.Use(bearer);
        prepared.Prepare(bearer);

        Assert.Same(bearer.Redaction, used.Redaction);
        Assert.Same(bearer.Redaction, prepared.Redaction);
    }

    [Fact]
    public async Task WaitForTurnAsync_OnceGranted_StartsTheTimeOfTheAttempt()
    {
        using var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 });
        _client.RateLimiter = limiter;
        using var call = Post(new CCApiRequestOptions { Attempt = TimeSpan.FromSeconds(2) });
        using var held = limiter.AttemptAcquire();
        call.BeginAttempt();

        var waiting = call.WaitForTurnAsync(call.Turn!).AsTask();
        var pending = call.Pending;
        Clock.Advance(TimeSpan.FromSeconds(9));
        held.Dispose();
        await Patience.Wait(waiting);

        Assert.Equal("the RateLimiter had not granted a lease", pending);
        Assert.Null(call.Pending);
        Assert.Equal((TimeSpan.FromSeconds(9), TimeSpan.Zero), (call.Turn!.Wait, call.AttemptElapsed));
        Assert.Equal(CCApiTimeoutKind.None, call.Clock.Expired);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((CCApiTimeoutKind.Attempt, TimeSpan.FromSeconds(2)), (call.Clock.Expired, call.AttemptElapsed));
    }

    [Fact]
    public async Task ReserveAsync_InAStoreThatWaits_SaysSoUntilItHasResponded()
    {
        var store = new WaitingStore();
        _client.Budget = new CCApiBudget(store, "team") { UnknownPriceReservation = 1 };
        using var call = Post(null);
        call.BeginAttempt();

        var reserving = call.ReserveAsync().AsTask();
        var (isCompleted, pending) = (reserving.IsCompleted, call.Pending);
        store.Reserved.SetResult(new BudgetDecision(isReserved: true, default));
        await Patience.Wait(reserving);

        Assert.Equal((false, "the store of a budget had not responded"), (isCompleted, pending));
        Assert.Null(call.Pending);
    }

    [Fact]
    public void BeginAttempt_AfterAWait_ForgetsWhatWasAwaited()
    {
        using var call = Post(null);
        call.BeginAttempt();
        call.Awaited = "the content of the request had not ended";
        call.IsReadToEnd = true;

        call.BeginAttempt();

        Assert.Null(call.Pending);
        Assert.False(call.IsReadToEnd);
    }

    [Fact]
    public void Info_OfTheFirstAttempt_MakesNoTrailUntilItIsRead()
    {
        using var call = Post(null);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(1));

        var info = call.Info(response);

        Assert.Equal(HttpStatusCode.OK, info.StatusCode);
        Assert.Same(response.Headers, info.Headers);
        Assert.Equal(TimeSpan.FromSeconds(1), info.Elapsed);
        Assert.Equal("attempt 1: 200 after 1 s; done", Assert.Single(info.Attempts).ToString());
    }

    [Fact]
    public void Info_AfterARetry_HasEveryAttempt()
    {
        using var call = Post(null);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        call.BeginAttempt();
        call.Log.AddFailure(call, FailureSamples.OfGateway(502, "bad"), "transient", delay: null);
        call.BeginAttempt();

        var info = call.Info(response);

        Assert.Equal(["attempt 1: 502 bad after 0 s; transient", "attempt 2: 200 after 0 s; done"], info.Attempts.Select(attempt => attempt.ToString()));
    }

    private ApiCall WithAlternatives(bool hasProvider = true, bool hasAlternatives = true)
    {
        _client.ApiKeyProvider = hasProvider ? _ => new("sk-a") : null;

        return Post(hasAlternatives ? new CCApiRequestOptions { FailoverModels = ["n"] } : null);
    }

    private TestClock Clock => (TestClock)_client.TimeProvider;

    private ApiCall Post(CCApiRequestOptions? options) => CallSamples.Post(_client, options);

    private sealed class WaitingStore : IBudgetStore
    {
        public TaskCompletionSource<BudgetDecision> Reserved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            new(Reserved.Task);

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default) => new(true);

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) => default;

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => default;
    }
}
