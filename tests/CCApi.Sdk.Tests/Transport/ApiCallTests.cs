using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
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

        Assert.Equal(7, call.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(3), call.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), call.FirstChunkTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), call.Budget.Total);
        Assert.Null(call.CallKey);
        Assert.Null(call.Headers);
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

        Assert.Equal(0, call.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(3), call.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), call.FirstChunkTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), call.Budget.Total);
        Assert.Equal("sk-call", call.CallKey);
        Assert.Equal("key-1", call.IdempotencyKey);
        Assert.Same(options.Headers, call.Headers);
    }

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, null, false)]
    [InlineData(true, false, true)]
    public void MayChargeTwice_OfAPost_IsTheCallsWordElseTheClients(bool client, bool? call, bool expected)
    {
        _client.Retry.RetryPossiblyCharged = client;

        using var created = Post(new CCApiRequestOptions { RetryPossiblyCharged = call });

        Assert.Equal(expected, created.MayChargeTwice);
    }

    [Fact]
    public void Create_OfAReadingCall_CostsNothingAndHasNoIdempotencyKey()
    {
        using var call = new ApiCall(ApiRequest.Get("models"), _client, new CCApiRequestOptions { IdempotencyKey = "key-1" }, CancellationToken.None);

        Assert.False(call.MayChargeTwice);
        Assert.Null(call.IdempotencyKey);
        Assert.Null(call.Body);
    }

    [Fact]
    public void IdempotencyKey_OfEachPost_IsAnother()
    {
        using var first = Post(null);
        using var second = Post(null);

        Assert.NotEmpty(first.IdempotencyKey!);
        Assert.NotEqual(first.IdempotencyKey, second.IdempotencyKey);
    }

    [Fact]
    public void Hints_OfOneAttempt_AreKeptTogetherUntilTheNext()
    {
        using var call = Post(null);
        call.BeginAttempt();

        call.RetryAfter = TimeSpan.FromSeconds(2);
        call.Wish = true;
        call.RetryAfter = TimeSpan.FromSeconds(3);
        call.Key = "sk-old";
        call.EndRenewal(new Authentication.Bearer("sk-new"));
        var hints = (call.RetryAfter, call.Wish, call.HasNewKey);
        call.BeginAttempt();

        Assert.Equal((TimeSpan.FromSeconds(3), true, true), hints);
        Assert.Equal((null, null, null), (call.RetryAfter, call.Wish, call.HasNewKey));
    }

    [Fact]
    public void Dispose_OfACall_EndsItsBudgetAndGivesItsBodyBack()
    {
        var call = Post(null);
        using var content = call.Body!.CreateContent();

        call.Dispose();

        Assert.Throws<ObjectDisposedException>(() => call.Budget.Token);
        Assert.Equal(0, content.Headers.ContentLength);
    }

    [Fact]
    public void Fail_OfEachAttempt_KeepsATrail()
    {
        using var call = Post(null);
        var first = new CCApiServerException("first") { StatusCode = HttpStatusCode.ServiceUnavailable, Code = "overloaded", Type = "api_error" };
        var second = new CCApiBadRequestException("second") { StatusCode = HttpStatusCode.BadRequest, Type = "invalid_request_error" };

        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var failed = call.Fail(first, AttemptFault.Status, random: 0.5);
        Clock.Advance(TimeSpan.FromSeconds(2));
        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(3));
        call.Fail(second, AttemptFault.Status, random: 0.5);

        Assert.Same(failed, second.Attempts[0]);
        Assert.False(call.Decision.Retry);
        Assert.Equal(
            [
                "attempt 1: 503 overloaded after 1 s; transient",
                "attempt 2: 400 invalid_request_error after 3 s; trying again would not change it",
            ],
            second.Attempts.Select(attempt => attempt.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(0.25), second.Attempts[0].Delay);
        Assert.Null(second.Attempts[1].Delay);
    }

    [Fact]
    public void Break_OfASuccess_SaysWhatBecameOfIt()
    {
        using var call = Post(null);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        call.BeginAttempt();
        call.Fail(new CCApiServerException("first") { StatusCode = HttpStatusCode.ServiceUnavailable, Code = "overloaded" }, AttemptFault.Status, random: 0.5);
        call.BeginAttempt();
        var before = call.Info(response).Attempts;
        var error = new CCApiStreamException("broke");
        Clock.Advance(TimeSpan.FromSeconds(3));

        call.Break(error, response.StatusCode);

        Assert.Equal(
            ["attempt 1: 503 overloaded after 0 s; transient", "attempt 2: 200 CCApiStreamException after 3 s; what has begun is not tried again"],
            error.Attempts.Select(attempt => attempt.ToString()));
        Assert.Equal("attempt 2: 200 after 0 s; done", before[1].ToString());
    }

    [Fact]
    public void Fail_OfAnErrorWithoutACode_NamesItsType()
    {
        using var call = Post(null);
        var error = new CCApiConnectionException("refused");

        call.BeginAttempt();
        call.Fail(error, AttemptFault.NotSent, random: 0.5);

        Assert.Equal("CCApiConnectionException", Assert.Single(error.Attempts).Fault);
    }

    [Fact]
    public void Fail_OfWhatTheAnswerAsked_WaitsThatLong()
    {
        using var call = Post(null);
        call.BeginAttempt();
        call.RetryAfter = TimeSpan.FromSeconds(9);

        call.Fail(new CCApiRateLimitException("slow") { StatusCode = (HttpStatusCode)429 }, AttemptFault.Status, random: 0.5);

        Assert.Equal(TimeSpan.FromSeconds(9), call.Decision.Delay);
    }

    [Fact]
    public void BeginAttempt_Again_ForgetsTheLastOne()
    {
        using var call = Post(null);
        call.BeginAttempt();
        call.BytesReceived = 5;
        call.RetryAfter = TimeSpan.FromSeconds(9);
        Clock.Advance(TimeSpan.FromSeconds(1));

        call.BeginAttempt();

        Assert.Equal(2, call.Attempt);
        Assert.Equal(0, call.BytesReceived);
        Assert.Null(call.RetryAfter);
        Assert.Equal(TimeSpan.Zero, call.AttemptElapsed);
    }

    [Fact]
    public void BeginAttempt_OfACallsAttemptBudget_EndsThere()
    {
        using var call = Post(new CCApiRequestOptions { Attempt = TimeSpan.FromSeconds(2) });

        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(CCApiTimeoutKind.Attempt, call.Budget.Expired);
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
        call.Fail(new CCApiServerException("x") { StatusCode = HttpStatusCode.BadGateway, Code = "bad" }, AttemptFault.Status, random: 0.5);
        call.BeginAttempt();

        var info = call.Info(response);

        Assert.Equal(["attempt 1: 502 bad after 0 s; transient", "attempt 2: 200 after 0 s; done"], info.Attempts.Select(attempt => attempt.ToString()));
    }

    private TestClock Clock => (TestClock)_client.TimeProvider;

    private ApiCall Post(CCApiRequestOptions? options) =>
        new(ApiRequest.Post("chat/completions", ChatScript.Request), _client, options, CancellationToken.None);
}
