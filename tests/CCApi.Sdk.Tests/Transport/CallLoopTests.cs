using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class CallLoopTests
{
    private const string Completion = """{"choices":[{"message":{"content":"Hello!"}}]}""";
    private const string Providers = """{"data":[]}""";

    private static readonly CCApiRequestOptions _once = new() { MaxRetries = 0 };
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(0.25);

    private static readonly Func<CCApiClient, Task>[] _posts =
    [
        client => client.Chat.CompleteAsync("m", "Hi"),
        client => client.Chat.StreamAsync("m", "Hi").GetResponseAsync(),
        client => client.Audio.CreateSpeechAsync("m", "Hi", "v"),
        client => client.Images.GenerateAsync("m", "Hi"),
        client => client.SendAsync(HttpMethod.Post, "embeddings", CCApiJsonContext.Default.ErrorObject),
    ];

    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Connect_ConnectionRefused_ReportsThatNothingWasSent()
    {
        _gateway.Fail(Faults.ConnectionRefused);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => Client().Chat.CompleteAsync("m", "Hi", _once));

        Assert.False(exception.MayHaveBeenSent);
        Assert.True(exception.IsTransient);
        Assert.Null(exception.StatusCode);
        Assert.IsType<HttpRequestException>(exception.InnerException);
        Assert.Equal(
            $"POST /chat/completions got no response from gateway.test:443: {exception.InnerException!.InnerException!.Message.TrimEnd('.')}. Nothing was sent; check BaseAddress and the network.", exception.Message);
    }

    [Fact]
    public async Task Connection_ThatBreaks_SaysThatTheRequestMayHaveArrived()
    {
        _gateway.Fail(Faults.Reset);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.True(exception.MayHaveBeenSent);
        Assert.Equal("POST /chat/completions got no response from gateway.test:443: The response ended prematurely. The request may have reached the gateway.", exception.Message);
        Assert.Equal("attempt 1: CCApiConnectionException after 0 s; it may have been charged, and RetryPossiblyCharged is off", Assert.Single(exception.Attempts).ToString());
    }

    [Fact]
    public async Task Connection_ThatABrowserBlocks_NamesTheOrigin()
    {
        _gateway.Fail(() => new HttpRequestException("TypeError: Failed to fetch"));

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(
            "POST /chat/completions got no response from gateway.test:443: TypeError: Failed to fetch. The request may have reached the gateway. In a browser, the gateway must also allow the origin of the page (CORS).",
            exception.Message);
    }

    [Theory]
    [InlineData(200, """{"error":{"code":503,"message":"overloaded"},"usage":{"prompt_tokens":"5"}}""", 1)]
    [InlineData(200, """{"error":{"code":503,"message":"overloaded","usage":{"cost":{"total":0.02}}}}""", 1)]
    [InlineData(200, """{"error":{"code":503,"message":"overloaded"},"choices":[{"message":{"reasoning_content":"hmm"}}]}""", 1)]
    [InlineData(200, """{"error":{"code":503,"message":"overloaded"},"images":[{"url":"https://media.test/paid.png"}]}""", 1)]
    [InlineData(200, """{"error":{"code":503,"message":"overloaded"},"audio_url":"https://media.test/paid.mp3"}""", 1)]
    [InlineData(200, """[{"error":{"code":503,"message":"overloaded"},"usage":{"prompt_tokens":5}}]""", 1)]
    [InlineData(503, """{"error":{"code":"overloaded","message":"m"},"credits_charged":"1.5"}""", 1)]
    [InlineData(503, """{"error":{"code":"overloaded","message":"m"},"usage":null}""", 3)]
    [InlineData(200, """{"error":{"code":503,"message":"overloaded"},"credits_charged":0}""", 3)]
    public async Task Post_WhoseErrorReportsACharge_IsSentOnce(int status, string body, int requests)
    {
        foreach (var send in _posts)
        {
            var gateway = new FakeGateway { Otherwise = _ => FakeGateway.Json(status, body) };
            using var client = new CCApiClient(new HttpClient(gateway), WithoutDelays());

            await Assert.ThrowsAsync<CCApiServerException>(() => send(client));

            Assert.Equal(requests, gateway.Sent.Count);
        }
    }

    /// <summary>A server in between does not show whether the gateway charged.</summary>
    [Theory]
    [InlineData(502, """{"timestamp":"2026-11-26T10:00:00Z","path":"/v1","status":502,"error":"Bad Gateway"}""", 1)]
    [InlineData(503, """{"code":503,"message":"no healthy upstream"}""", 1)]
    [InlineData(500, """{"type":"about:blank","title":"Error","detail":"x"}""", 1)]
    [InlineData(408, """{"message":"m","type":"x","title":"t"}""", 1)]
    [InlineData(503, """{"error":{"message":"m","type":"api_error","code":"overloaded"}}""", 3)]
    public async Task Post_WhoseErrorIsOfAServerInBetween_IsSentOnce(int status, string body, int requests)
    {
        foreach (var send in _posts)
        {
            var gateway = new FakeGateway { Otherwise = _ => FakeGateway.Json(status, body) };
            using var client = new CCApiClient(new HttpClient(gateway), WithoutDelays());

            await Assert.ThrowsAnyAsync<CCApiException>(() => send(client));

            Assert.Equal(requests, gateway.Sent.Count);
        }
    }

    [Fact]
    public async Task Post_ThatWasNotSent_IsTriedAgain()
    {
        _gateway.Fail(Faults.ConnectionRefused).Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(_firstWait);
        var response = await Patience.Wait(call);

        Assert.Equal("attempt 1: CCApiConnectionException after 0 s; transient", response.Info!.Attempts[0].ToString());
    }

    [Fact]
    public async Task Post_WhoseConnectionBroke_IsTriedAgainWhenAllowed()
    {
        _gateway.Fail(Faults.Reset).Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { RetryPossiblyCharged = true });
        await _clock.Pass(_firstWait);
        var response = await Patience.Wait(call);

        Assert.Equal(2, response.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Get_WhoseConnectionBroke_IsTriedAgain()
    {
        _gateway.Fail(Faults.Reset).Fail(() => new IOException("reset")).Respond(200, Providers);

        var call = Client().Catalog.ListProvidersAsync();
        await _clock.Pass(_firstWait);
        await _clock.Pass(_firstWait + _firstWait);
        var response = await Patience.Wait(call);

        Assert.Equal(3, response.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Get_WhoseBodyBroke_IsTriedAgain()
    {
        _gateway.Respond(_ => FakeGateway.Stream(200, new FakeBody().Then("{").ThenFails(() => new IOException("reset")))).Respond(200, Providers);

        var call = Client().Catalog.ListProvidersAsync();
        await _clock.Pass(_firstWait);
        var response = await Patience.Wait(call);

        Assert.Equal(2, response.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Post_WhoseBodyBroke_IsNotTriedAgain()
    {
        _gateway.Respond(_ => FakeGateway.Stream(200, new FakeBody().Then("{").ThenFails(() => new IOException("reset"))));

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.True(exception.MayHaveBeenSent);
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task Attempt_ThatTakesTooLong_IsATimeoutOfItsBudget()
    {
        _gateway.Hang();

        var call = Client().Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { Attempt = TimeSpan.FromSeconds(90) });
        await _gateway.Received(1);
        _clock.Advance(TimeSpan.FromSeconds(90));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Equal(CCApiTimeoutKind.Attempt, exception.Kind);
        Assert.Equal(TimeSpan.FromSeconds(90), exception.Elapsed);
        Assert.Equal(0, exception.BytesReceived);
        Assert.True(exception.IsTransient);
        Assert.Equal(
            "POST /chat/completions ran out of the Attempt budget of 90 s, 90 s after it began; nothing of the body was received. Raise CCApiRequestOptions.Attempt if that is too short.",
            exception.Message);
        Assert.Equal("it may have been charged, and RetryPossiblyCharged is off", Assert.Single(exception.Attempts).Decision);
    }

    [Fact]
    public async Task Attempt_OfAGetThatTakesTooLong_IsTriedAgain()
    {
        _gateway.Hang().Respond(200, Providers);

        var call = Client().Catalog.ListProvidersAsync(new CCApiRequestOptions { Attempt = TimeSpan.FromSeconds(90) });
        await _gateway.Received(1);
        _clock.Advance(TimeSpan.FromSeconds(90));
        await _clock.Pass(_firstWait);
        var response = await Patience.Wait(call);

        Assert.Equal("attempt 1: CCApiTimeoutException after 90 s; transient", response.Info!.Attempts[0].ToString());
        Assert.Equal(TimeSpan.FromSeconds(90.25), response.Info.Elapsed);
    }

    [Fact]
    public async Task Body_ThatFallsSilent_IsATimeoutOfTheIdleBudget()
    {
        var body = new FakeBody().Then("{\"id\"").ThenSilence();
        _gateway.Respond(_ => FakeGateway.Stream(200, body));

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await body.Silence;
        _clock.Advance(TimeSpan.FromSeconds(60));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Equal(CCApiTimeoutKind.Idle, exception.Kind);
        Assert.Equal(5, exception.BytesReceived);
        Assert.Equal(
            "POST /chat/completions ran out of the Idle budget of 60 s, 60 s after it began; 5 bytes of the body were received. Raise CCApiTimeoutOptions.Idle if that is too short.",
            exception.Message);
        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task Body_ThatKeepsMoving_MayTakeLongerThanTheIdleBudget()
    {
        var body = new FakeBody();
        foreach (var piece in new[] { "{\"choices\":", "[{\"message\":", "{\"content\":", "\"Hello!\"}}]}" })
        {
            body.ThenDoes(() => _clock.Advance(TimeSpan.FromSeconds(50))).Then(piece);
        }

        _gateway.Respond(_ => FakeGateway.Stream(200, body));

        var response = await Patience.Wait(Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(TimeSpan.FromSeconds(200), response.Info!.Elapsed);
    }

    [Fact]
    public async Task Call_ThatTakesTooLong_IsATimeoutOfTheTotalBudgetAndNeverTriedAgain()
    {
        _gateway.Hang();

        var call = Client().Catalog.ListProvidersAsync(new CCApiRequestOptions { Total = TimeSpan.FromSeconds(20) });
        await _gateway.Received(1);
        _clock.Advance(TimeSpan.FromSeconds(20));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Equal(CCApiTimeoutKind.Total, exception.Kind);
        Assert.StartsWith("GET /providers ran out of the Total budget of 20 s, 20 s after it began;", exception.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task Total_CountsEveryAttemptAndWait()
    {
        _gateway.Respond(503, "{}", "Retry-After: 8").Hang();

        var call = Client().Catalog.ListProvidersAsync(new CCApiRequestOptions { Total = TimeSpan.FromSeconds(10) });
        await _clock.Pass(TimeSpan.FromSeconds(8.25));
        await _gateway.Received(2);
        _clock.Advance(TimeSpan.FromSeconds(1.75));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Equal(CCApiTimeoutKind.Total, exception.Kind);
        Assert.Equal(2, exception.Attempts.Count);
    }

    [Fact]
    public async Task Cancel_AfterTheTimeRanOut_IsTheCallersCancellation()
    {
        using var source = new CancellationTokenSource();
        _gateway.RespondLater(async (_, cancellationToken) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            finally
            {
                source.Cancel();
            }

            throw new InvalidOperationException("unreachable");
        });

        var call = Client().Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token);
        await _gateway.Received(1);
        _clock.Advance(CCApiDefaults.AttemptTimeout);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task HttpClient_WithATimeout_IsNamedInTheException()
    {
        // The clock of an HttpClient is the real one; a millisecond is enough for a response that never arrives.
        using var httpClient = _gateway.Hang().HttpClient();
        httpClient.Timeout = TimeSpan.FromMilliseconds(1);
        using var client = new CCApiClient(httpClient, FakeGateway.Options(options => options.TimeProvider = _clock));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(client.Chat.CompleteAsync("m", "Hi")));

        Assert.Equal(CCApiTimeoutKind.HttpClient, exception.Kind);
        Assert.Equal(
            "POST /chat/completions ran out of HttpClient.Timeout of 0.001 s, 0 s after it began; nothing of the body was received. Raise the Timeout of the HttpClient if that is too short.",
            exception.Message);
        Assert.Equal("it may have been charged, and RetryPossiblyCharged is off", Assert.Single(exception.Attempts).Decision);
    }

    [Fact]
    public async Task Cancellation_OfNobodyWeKnow_IsATimeoutOfTheHttpClientAndMayHaveBeenCharged()
    {
        _gateway.Fail(() => new TaskCanceledException("A handler gave up."));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(CCApiTimeoutKind.HttpClient, exception.Kind);
        Assert.StartsWith("POST /chat/completions ran out of HttpClient.Timeout, 0 s after it began;", exception.Message, StringComparison.Ordinal);
        Assert.Equal("it may have been charged, and RetryPossiblyCharged is off", Assert.Single(exception.Attempts).Decision);
    }

#if !NETFRAMEWORK
    [Fact]
    public async Task Connecting_ThatTakesTooLong_IsATimeoutOfItsBudgetAndTriedAgain()
    {
        // As the platform's handler throws it.
        _gateway.Fail(() => new TaskCanceledException("A task was canceled.", new TimeoutException("A connection could not be established within the configured ConnectTimeout."))).Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(_firstWait);
        var response = await Patience.Wait(call);

        Assert.Equal("attempt 1: CCApiTimeoutException after 0 s; transient", response.Info!.Attempts[0].ToString());
    }

    [Fact]
    public async Task Connecting_ThatTakesTooLong_NamesTheBudget()
    {
        _gateway.Fail(() => new TaskCanceledException("A task was canceled.", new TimeoutException("connect")));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Client().Chat.CompleteAsync("m", "Hi", _once));

        Assert.Equal(CCApiTimeoutKind.Connect, exception.Kind);
        Assert.StartsWith("POST /chat/completions ran out of the Connect budget, 0 s after it began;", exception.Message, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public async Task Exception_OfAHandler_ComesThroughAsItIs()
    {
        _gateway.Fail(() => new NotSupportedException("a handler's own"));

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("a handler's own", exception.Message);
        Assert.Single(_gateway.Sent);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(500)]
    public async Task Exception_ResponseThatQuotesTheKey_NeverShowsIt(int status)
    {
        var body = $$"""{"error":{"message":"Incorrect key {{FakeGateway.Key}}","type":"{{FakeGateway.Key}}","code":"{{FakeGateway.Key}}","param":"{{FakeGateway.Key}}","details":{"key":"{{FakeGateway.Key}}"} } }""";
        _gateway.Respond(status, body);

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => Client().Chat.CompleteAsync("m", "Hi", _once));

        string?[] texts =
        [
            exception.ToString(), exception.GatewayMessage, exception.Type, exception.Code, exception.Param, exception.Details?.ToString(), exception.BodySnippet,
            .. exception.Attempts.Select(attempt => attempt.ToString()),
        ];
        Assert.All(texts, text => Assert.DoesNotContain(FakeGateway.Key, text ?? "", StringComparison.Ordinal));
        Assert.Contains("Incorrect key ***", exception.Message, StringComparison.Ordinal);
    }

    private CCApiClient Client() => new(_gateway.Transport(options => options.TimeProvider = _clock));

    private static CCApiClientOptions WithoutDelays()
    {
        var options = new CCApiClientOptions { ApiKey = FakeGateway.Key };
        options.Retry.BaseDelay = options.Retry.MaxDelay = TimeSpan.FromTicks(1);
        return options;
    }
}
