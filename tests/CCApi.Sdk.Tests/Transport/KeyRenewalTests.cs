using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class KeyRenewalTests
{
    private const string Completion = """{"id":"chat-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Stream = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello!\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private const string Unauthorized = """{"error":{"message":"Missing or invalid Authorization header","type":"invalid_request_error","code":"unauthorized"}}""";
    private const string Overloaded = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";

    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();
    private int _asked;

    [Fact]
    public async Task Call_KeyRejected_IsRetriedOnceWithTheNewKey()
    {
        _gateway.Respond(401, Unauthorized).Respond(200, Completion);

        var response = await Patience.Wait(Client("sk-old", "sk-new").Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(["Bearer sk-old", "Bearer sk-new"], Keys());
        Assert.Equal(2, _asked);
        Assert.Equal(
            ["attempt 1: 401 unauthorized after 0 s; ApiKeyProvider returned another key", "attempt 2: 200 after 0 s; done"],
            response.Info!.Attempts.Select(attempt => attempt.ToString()));
        Assert.Equal(TimeSpan.Zero, response.Info.Attempts[0].Delay);
        Assert.Equal(_gateway.Sent[0].Header("Idempotency-Key"), _gateway.Sent[1].Header("Idempotency-Key"));
        Assert.Equal(_gateway.Sent[0].Body, _gateway.Sent[1].Body);
    }

    [Fact]
    public async Task Stream_KeyRejected_IsRetriedOnceWithTheNewKey()
    {
        _gateway.Respond(401, Unauthorized).Respond(_ => FakeGateway.Content(200, Stream, "text/event-stream"));
        await using var stream = Client("sk-old", "sk-new").Chat.StreamAsync("m", "Hi");

        var response = await Patience.Wait(stream.GetResponseAsync());

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(["Bearer sk-old", "Bearer sk-new"], Keys());
        Assert.Equal("ApiKeyProvider returned another key", stream.Info!.Attempts[0].Decision);
    }

    [Fact]
    public async Task Call_WhoseKeyStaysTheSame_SendsOnce()
    {
        _gateway.Respond(401, Unauthorized);

        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => Client("sk-old", "sk-old").Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(HttpStatusCode.Unauthorized, exception.StatusCode);
        Assert.Equal("attempt 1: 401 unauthorized after 0 s; ApiKeyProvider returned the same key again", Assert.Single(exception.Attempts).ToString());
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task Call_NewKeyRejectedToo_IsNotSentAThirdTime()
    {
        _gateway.Respond(401, Unauthorized).Respond(401, Unauthorized);

        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => Patience.Wait(Client("sk-1", "sk-2", "sk-3").Chat.CompleteAsync("m", "Hi")));

        Assert.Equal(["ApiKeyProvider returned another key", "a retry would not change it"], exception.Attempts.Select(attempt => attempt.Decision));
        Assert.Equal(2, _asked);
        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Fact]
    public async Task Call_WithoutRetries_StillTakesTheNewKey()
    {
        _gateway.Respond(401, Unauthorized).Respond(200, Completion);

        var response = await Patience.Wait(Client("sk-old", "sk-new").Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.Equal("Hello!", response.Text);
    }

    [Fact]
    public async Task Call_WithANewKey_HasAllItsRetriesLeft()
    {
        _gateway.Respond(503, Overloaded).Respond(401, Unauthorized).Respond(503, Overloaded).Respond(200, Completion);

        var response = await Patience.Wait(Client("sk-1", "sk-2", "sk-3", "sk-4").Chat.CompleteAsync("m", "Hi"));

        Assert.Equal([1, 2, 3, 4], response.Info!.Attempts.Select(attempt => attempt.Number));
        Assert.Equal(["Bearer sk-1", "Bearer sk-2", "Bearer sk-3", "Bearer sk-4"], Keys());
    }

    [Fact]
    public async Task Call_WithANewKey_HasNoMoreRetriesThanWithout()
    {
        _gateway.Respond(401, Unauthorized);
        _gateway.Otherwise = _ => FakeGateway.Json(503, Overloaded);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => Patience.Wait(Client("sk-1", "sk-2", "sk-3", "sk-4").Chat.CompleteAsync("m", "Hi")));

        Assert.Equal(4, exception.Attempts.Count);
        Assert.Equal("2 retries were made", exception.Attempts[3].Decision);
    }

    [Fact]
    public async Task Call_WithAFixedKey_SendsOnce()
    {
        _gateway.Respond(401, Unauthorized);

        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => _gateway.Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("a retry would not change it", Assert.Single(exception.Attempts).Decision);
    }

    [Fact]
    public async Task Call_WithAKeyOfItsOwn_DoesNotAskTheProvider()
    {
        _gateway.Respond(401, Unauthorized);

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => Client("sk-1").Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { ApiKey = "sk-call" }));

        Assert.Equal(["Bearer sk-call"], Keys());
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Call_WhoseErrorIsHiddenInASuccess_DoesNotAskAgain()
    {
        _gateway.Respond(200, Unauthorized);

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => Client("sk-1", "sk-2").Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Call_WhoseProviderFailsTheSecondTime_SaysBoth()
    {
        var cause = new IOException("no vault");
        _gateway.Respond(401, Unauthorized, "x-request-id: req-7");
        using var client = _gateway.Client(options => options.ApiKeyProvider = _ => ++_asked == 1 ? new("sk-old") : throw cause);

        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => Patience.Wait(client.Chat.CompleteAsync("m", "Hi")));

        Assert.Equal("ApiKeyProvider failed with a IOException: see the inner exception.", exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal((HttpStatusCode.Unauthorized, "req-7"), (exception.StatusCode, exception.RequestId));
        Assert.Equal("attempt 1: 401 CCApiUnauthorizedException after 0 s; the key was rejected, and ApiKeyProvider returned no other one", Assert.Single(exception.Attempts).ToString());
    }

    [Fact]
    public async Task Call_BodyOfThe401FallsSilent_RequestsAnotherKey()
    {
        var silent = new FakeBody().Then("{").ThenSilence();
        _gateway.Respond(_ => FakeGateway.Stream(401, silent)).Respond(200, Completion);
        using var client = _gateway.Client(options =>
        {
            options.TimeProvider = _clock;
            options.Retry.BaseDelay = TimeSpan.Zero;
            options.ApiKeyProvider = cancellationToken =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new($"sk-{++_asked}");
            };
        });

        var call = client.Chat.CompleteAsync("m", "Hi");
        await silent.Silence;
        _clock.Advance(CCApiDefaults.IdleTimeout);
        await Patience.Wait(call);

        Assert.Equal(["Bearer sk-1", "Bearer sk-2"], Keys());
    }

    [Fact]
    public async Task Call_CanceledWhileTheProviderIsAskedAgain_IsCanceledByTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        _gateway.Respond(401, Unauthorized);
        using var client = _gateway.Client(options => options.ApiKeyProvider = async cancellationToken =>
        {
            if (++_asked == 2)
            {
                source.Cancel();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return await Task.FromResult("sk-old");
        });

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(client.Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token)));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(2, _asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_WhoseProviderHangsTheSecondTime_IsAFinalTimeoutThatCostsNothing(bool isCanceled)
    {
        var hangs = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var source = new CancellationTokenSource();
        var store = new InMemoryBudgetStore();
        store.SetLimit("scope", 1);
        _gateway.Respond(200, """{"data":[]}""").Respond(401, Unauthorized, "x-request-id: req-7");
        using var client = _gateway.Client(options =>
        {
            options.TimeProvider = _clock;
            options.Budget = new CCApiBudget(store, "scope") { UnknownPriceReservation = 0.1m };
            options.Retry.RetryPossiblyCharged = true;
            options.Retry.BaseDelay = TimeSpan.Zero;
            options.Failover.Alternatives["m"] = ["m2"];
            options.ApiKeyProvider = async cancellationToken =>
            {
                if (_gateway.Sent.Any(sent => sent.Method == "POST"))
                {
                    hangs.SetResult(true);
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }

                return "sk-old";
            };
        });

        var call = client.Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { Attempt = TimeSpan.FromSeconds(90) }, source.Token);
        await Patience.Wait(hangs.Task);
        if (isCanceled)
        {
            source.Cancel();
        }

        _clock.Advance(TimeSpan.FromSeconds(90));
        var exception = await Record.ExceptionAsync(() => Patience.Wait(call));

        Assert.Equal(["GET", "POST"], _gateway.Sent.Select(sent => sent.Method));
        Assert.Equal((0m, 0m), (store.GetState("scope").Spent, store.GetState("scope").Reserved));
        if (isCanceled)
        {
            Assert.IsAssignableFrom<OperationCanceledException>(exception);
            return;
        }

        var timeout = Assert.IsType<CCApiTimeoutException>(exception);
        Assert.Equal((CCApiTimeoutKind.Attempt, "req-7", true), (timeout.Kind, timeout.RequestId, timeout.IsTransient));
        Assert.Equal("the key was rejected, and ApiKeyProvider returned no other one", Assert.Single(timeout.Attempts).Decision);
        Assert.Equal(
            "POST /chat/completions ran out of the Attempt budget of 90 s, 90 s after it began; the key was rejected, and ApiKeyProvider had not "
            + "returned another one. Raise CCApiRequestOptions.Attempt if that is too short.",
            timeout.Message);
    }

    [Fact]
    public async Task Call_BodyOfThe401FallsSilent_IsRetried()
    {
        var body = new FakeBody().Then("{").ThenSilence();
        _gateway.Respond(_ => FakeGateway.Stream(401, body)).Respond(200, Completion);

        var call = Client("sk-old", "sk-new").Chat.CompleteAsync("m", "Hi");
        await body.Silence;
        _clock.Advance(CCApiDefaults.IdleTimeout);
        var response = await Patience.Wait(call);

        Assert.Equal("Hello!", response.Text);
    }

    [Fact]
    public async Task Calls_AllRejected_EachTakeTheNewKeyOnce()
    {
        var current = "sk-old";
        _gateway.Otherwise = sent => sent.Header("Authorization") == "Bearer sk-new" ? FakeGateway.Json(200, Completion) : FakeGateway.Json(401, Unauthorized);
        using var gate = new SemaphoreSlim(0);
        var first = 0;
        using var rotating = _gateway.Client(options => options.ApiKeyProvider = async _ =>
        {
            var key = Volatile.Read(ref current);
            if (Interlocked.Increment(ref first) == 32)
            {
                Volatile.Write(ref current, "sk-new");
                gate.Release(32);
            }

            await gate.WaitAsync();
            gate.Release();
            return key;
        });

        var responses = await Patience.Wait(Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => rotating.Chat.CompleteAsync("m", "Hi")))));

        Assert.All(responses, response => Assert.Equal(2, response.Info!.Attempts.Count));
    }

    private CCApiClient Client(params string[] keys)
    {
        var left = new Queue<string>(keys);
        return new CCApiClient(_gateway.Transport(options =>
        {
            options.TimeProvider = _clock;
            options.Retry.BaseDelay = TimeSpan.Zero;
            options.ApiKeyProvider = _ =>
            {
                _asked++;
                return new(left.Dequeue());
            };
        }));
    }

    private IEnumerable<string?> Keys() => _gateway.Sent.Select(sent => sent.Header("Authorization"));
}
