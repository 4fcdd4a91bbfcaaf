using System;
using System.Linq;
using System.Net;
using System.Net.Http;
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

    private TestClock Clock => (TestClock)_client.TimeProvider;

    private ApiCall Post(CCApiRequestOptions? options) => CallSamples.Post(_client, options);
}
