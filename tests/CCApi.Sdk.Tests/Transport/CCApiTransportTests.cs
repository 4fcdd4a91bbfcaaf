using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class CCApiTransportTests
{
    private const string Completion = """{"id":"chat-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Overloaded = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";
    private const string NoModel = """{"error":{"message":"No channel","type":"new_api_error","code":"model_not_found"}}""";

    private static readonly CCApiRequestOptions _keyed = new() { IdempotencyKey = "key-1" };

    private static readonly Action<CCApiClientOptions> _atOnce = options => options.Retry.BaseDelay = TimeSpan.Zero;

    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task SendAsync_OfOneSuccess_HasItsInfo()
    {
        _gateway.Respond(_ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return FakeGateway.Json(200, Completion, "x-request-id: req-1", "x-ratelimit-remaining-requests: 7");
        });

        var response = await Client().Chat.CompleteAsync("m", "Hi");

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(HttpStatusCode.OK, response.Info?.StatusCode);
        Assert.Equal("req-1", response.Info?.RequestId);
        Assert.Equal(7, response.Info?.RateLimits?.RequestsRemaining);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Info?.Elapsed);
        Assert.Equal("attempt 1: 200 after 2 s; done", Assert.Single(response.Info!.Attempts).ToString());
    }

    [Fact]
    public async Task SendAsync_OfABusyGateway_TriesTwiceMore()
    {
        _gateway.Respond(503, Overloaded).Respond(503, Overloaded).Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        await _clock.Pass(TimeSpan.FromSeconds(0.5));
        var response = await Patience.Wait(call);

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(
            [
                "attempt 1: 503 overloaded after 0 s; transient",
                "attempt 2: 503 overloaded after 0 s; transient",
                "attempt 3: 200 after 0 s; done",
            ],
            response.Info!.Attempts.Select(attempt => attempt.ToString()));
        Assert.Equal([TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5), null], response.Info.Attempts.Select(attempt => attempt.Delay));
        Assert.All(response.Info.Attempts, attempt => Assert.Equal("POST /chat/completions", attempt.Request));
        Assert.Equal(TimeSpan.FromSeconds(0.75), response.Info.Elapsed);
    }

    [Fact]
    public async Task SendAsync_OfAGatewayThatStaysBusy_FailsWithTheWholeTrail()
    {
        _gateway.Respond(503, Overloaded).Respond(429, Overloaded).Respond(500, Overloaded);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        await _clock.Pass(TimeSpan.FromSeconds(0.5));
        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => Patience.Wait(call));

        Assert.Equal(HttpStatusCode.InternalServerError, exception.StatusCode);
        Assert.Equal(
            [
                "attempt 1: 503 overloaded after 0 s; transient",
                "attempt 2: 429 overloaded after 0 s; transient",
                "attempt 3: 500 overloaded after 0 s; 2 retries were made",
            ],
            exception.Attempts.Select(attempt => attempt.ToString()));
    }

    [Fact]
    public async Task SendAsync_OfEachAttempt_IsAFreshMessageWithTheSameKeyAndBody()
    {
        var messages = new List<HttpRequestMessage>();
        HttpResponseMessage Take(HttpRequestMessage message, int status, string body)
        {
            messages.Add(message);
            return FakeGateway.Json(status, body);
        }

        _gateway.Respond(message => Take(message, 503, Overloaded)).Respond(message => Take(message, 200, Completion));

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        await Patience.Wait(call);

        Assert.NotSame(messages[0], messages[1]);
        Assert.NotSame(messages[0].Content, messages[1].Content);
        Assert.NotEmpty(_gateway.Sent[0].Header("Idempotency-Key")!);
        Assert.Equal(_gateway.Sent[0].ToString(), _gateway.Sent[1].ToString());
    }

    [Fact]
    public async Task SendAsync_OfRetryAfter_WaitsThatLong()
    {
        _gateway.Respond(429, Overloaded, "Retry-After: 7").Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(7.25));
        var response = await Patience.Wait(call);

        Assert.Equal("transient; the gateway sent Retry-After", response.Info!.Attempts[0].Decision);
    }

    [Fact]
    public async Task SendAsync_OfRetryAfterZero_WaitsForTheJitter()
    {
        _gateway.Respond(429, Overloaded, "Retry-After: 0").Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        var response = await Patience.Wait(call);


        Assert.Equal(2, response.Info!.Attempts.Count);
    }

    [Theory]
    [InlineData("Retry-After: 411000", 411000)]
    [InlineData("retry-after-ms: 411000000", 411000)]
    [InlineData("Retry-After: Sun, 08 Nov 2026 04:39:38 GMT", 411000)]
    [InlineData("Retry-After: Sunday, 08-Nov-26 04:39:38 GMT", 411000)]
    [InlineData("Retry-After: Sun Nov  8 04:39:38 2026", 411000)]
    public async Task SendAsync_AbsurdRetryAfter_FailsAtOnceAndReportsIt(string header, int seconds)
    {
        _gateway.Respond(429, Overloaded, header);

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.EndsWith($" Retry after {seconds} s.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(seconds), exception.RetryAfter);
        Assert.Single(_gateway.Sent);
    }

    [Theory]
    [InlineData("Retry-After: -5")]
    [InlineData("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT")]
    public async Task SendAsync_OfARetryAfterInThePast_WaitsForTheJitter(string header)
    {
        _gateway.Respond(429, Overloaded, header).Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        var response = await Patience.Wait(call);

        Assert.Equal(TimeSpan.FromSeconds(0.25), response.Info!.Attempts[0].Delay);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData(" false ")]
    public async Task SendAsync_OfAGatewayThatSaysNotToTryAgain_SendsOnce(string text)
    {
        _gateway.Respond(429, Overloaded, $"x-should-retry: {text}", "Retry-After: 1");

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.False(exception.IsTransient);
        Assert.Equal("x-should-retry is false", Assert.Single(exception.Attempts).Decision);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    public async Task SendAsync_OfAGatewayThatSaysToTryAgain_DoesSo(int status)
    {
        _gateway.Respond(status, Overloaded, "x-should-retry: true").Respond(200, Completion);

        var call = Client().Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        var response = await Patience.Wait(call);

        Assert.Equal($"attempt 1: {status} overloaded after 0 s; x-should-retry is true", response.Info!.Attempts[0].ToString());
    }

    [Fact]
    public async Task SendAsync_OfAGatewayThatSaysToTryAgainAndStaysSo_IsTransient()
    {
        _gateway.Respond(409, Overloaded, "x-should-retry: true");

        var exception = await Assert.ThrowsAsync<CCApiException>(() => Client().Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task SendAsync_OfAPossiblyChargedPostThatTheGatewayWantsAgain_SendsOnce()
    {
        _gateway.Respond(504, Overloaded, "x-should-retry: true");

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("it may have been charged, and RetryPossiblyCharged is off", Assert.Single(exception.Attempts).Decision);
    }

    [Fact]
    public async Task SendAsync_OfAnErrorThatQuotesTheKeyInAHeader_HidesIt()
    {
        _gateway.Respond(400, Overloaded, $"X-Echo: Bearer {FakeGateway.Key}");

        var exception = await Assert.ThrowsAsync<CCApiBadRequestException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("Bearer ***", Assert.Single(exception.Headers!.GetValues("X-Echo")));
    }

    [Fact]
    public async Task SendAsync_OfACall_LeavesNoTimer()
    {
        _gateway.Respond(503, Overloaded).Respond(200, Completion);

        await Patience.Wait(Client(_atOnce).Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(0, _clock.Timers);
    }

    [Fact]
    public async Task SendAsync_OfAWishOfAnEarlierAttempt_ForgetsIt()
    {
        _gateway.Respond(409, Overloaded, "x-should-retry: true").Respond(409, Overloaded);

        var exception = await Assert.ThrowsAsync<CCApiException>(() => Patience.Wait(Client(_atOnce).Chat.CompleteAsync("m", "Hi")));

        Assert.Equal("a retry would not change it", exception.Attempts[1].Decision);
        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Theory]
    [InlineData("maybe")]
    [InlineData("0")]
    public async Task SendAsync_UnreadableShouldRetry_DecidesAsWithoutIt(string text)
    {
        _gateway.Respond(503, Overloaded, $"x-should-retry: {text}").Respond(200, Completion);

        var response = await Patience.Wait(Client(_atOnce).Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("transient", response.Info!.Attempts[0].Decision);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task SendAsync_RetryAfterTooLong_FailsAtOnceAndReportsIt(int status)
    {
        _gateway.Respond(status, Overloaded, "Retry-After: 300");

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.EndsWith(": busy. Retry after 300 s.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(300), (exception as CCApiRateLimitException)?.RetryAfter ?? (exception as CCApiServerException)?.RetryAfter);
        Assert.Equal("Retry-After is 300 s, more than MaxRetryAfter (60 s)", Assert.Single(exception.Attempts).Decision);
    }

    [Fact]
    public async Task SendAsync_OfARetryAfterBeyondTheCallersTime_FailsAtOnce()
    {
        _gateway.Respond(429, Overloaded, "Retry-After: 30");

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(
            () => Client().Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { Total = TimeSpan.FromSeconds(20) }));

        Assert.Equal("the delay of 30.25 s would exceed the total budget", Assert.Single(exception.Attempts).Decision);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(501)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    public async Task SendAsync_OfAStatusThatIsNotTriedAgain_SendsOnce(int status)
    {
        _gateway.Respond(status, Overloaded);

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Single(exception.Attempts);
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task SendAsync_OfAModelThatNobodyServes_SendsOnce()
    {
        _gateway.Respond(503, NoModel);

        await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => Client().Chat.CompleteAsync("m", "Hi"));

        Assert.Single(_gateway.Sent);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task SendAsync_OfAPossiblyChargedPost_IsTriedAgainWhenAllowed(bool byClient, bool byCall)
    {
        _gateway.Respond(504, Overloaded).Respond(200, Completion);

        var call = Client(options => options.Retry.RetryPossiblyCharged = byClient)
            .Chat.CompleteAsync("m", "Hi", byCall ? new CCApiRequestOptions { RetryPossiblyCharged = true } : null);
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        await Patience.Wait(call);

        Assert.Equal(_gateway.Sent[0].Header("Idempotency-Key"), _gateway.Sent[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task SendAsync_OfAPossiblyChargedGet_IsAlwaysTriedAgain()
    {
        _gateway.Respond(504, Overloaded).Respond(200, """{"data":[]}""");

        var call = Client().Catalog.ListProvidersAsync();
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        var response = await Patience.Wait(call);

        Assert.Empty(response.Data!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_WithoutRetries_SendsOnce(bool byClient)
    {
        _gateway.Respond(503, Overloaded);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => Client(options => options.Retry.MaxRetries = byClient ? 0 : 2)
            .Chat.CompleteAsync("m", "Hi", byClient ? null : new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.Equal("attempt 1: 503 overloaded after 0 s; retries are off", Assert.Single(exception.Attempts).ToString());
    }

    [Fact]
    public async Task SendAsync_OfAKeyThatRotates_SendsTheNewOneWithTheNextAttempt()
    {
        var keys = new Queue<string>(["sk-old", "sk-new"]);
        _gateway.Respond(503, Overloaded).Respond(200, Completion);

        var call = Client(options => options.ApiKeyProvider = _ => new(keys.Dequeue())).Chat.CompleteAsync("m", "Hi");
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        await Patience.Wait(call);

        Assert.Equal(["Bearer sk-old", "Bearer sk-new"], _gateway.Sent.Select(sent => sent.Header("Authorization")));
    }

    [Fact]
    public async Task SendAsync_OfAKeyProviderThatFails_SendsNothing()
    {
        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(
            () => Client(options => options.ApiKeyProvider = _ => throw new System.IO.IOException("no vault")).Chat.CompleteAsync("m", "Hi"));

        Assert.Empty(_gateway.Sent);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task SendAsync_OfBadOptions_IsAnArgumentExceptionAndSendsNothing()
    {
        var options = new CCApiRequestOptions { Headers = { ["X-Team"] = "a\r\nb" } };

        var ofChat = await Assert.ThrowsAsync<ArgumentException>(() => Client().Chat.CompleteAsync("m", "Hi", options));
        var ofCatalog = await Assert.ThrowsAsync<ArgumentException>(() => Client().Catalog.ListModelsAsync(options: options));

        Assert.Equal(["options", "options"], [ofChat.ParamName, ofCatalog.ParamName]);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task SendAsync_Canceled_BeforeItBegan_SendsNothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client().Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task SendAsync_CanceledWhileItIsSent_IsCanceledByTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        _gateway.Hang();

        var call = Client().Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token);
        await _gateway.Received(1);
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("POST /chat/completions was canceled.", exception.Message);
    }

    [Fact]
    public async Task SendAsync_CanceledWhileTheBodyComes_IsCanceledByTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        var body = new FakeBody().Then("{").ThenSilence();
        _gateway.Respond(_ => FakeGateway.Stream(200, body));

        var call = Client().Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token);
        await body.Silence;
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task SendAsync_CanceledWhileTheBodyOfAnErrorComes_IsCanceledByTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        var body = new FakeBody().Then("{").ThenSilence();
        _gateway.Respond(_ => FakeGateway.Stream(400, body));

        var call = Client().Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token);
        await body.Silence;
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task SendAsync_OfAnErrorWhoseBodyFallsSilent_IsWhatItsStatusSays()
    {
        var body = new FakeBody().Then("{").ThenSilence();
        _gateway.Respond(_ => FakeGateway.Stream(503, body)).Respond(200, """{"data":[]}""");

        var call = Client().Catalog.ListProvidersAsync();
        await body.Silence;
        _clock.Advance(CCApiDefaults.IdleTimeout);
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        var response = await Patience.Wait(call);

        Assert.Equal("attempt 1: 503 CCApiServerException after 60 s; transient", response.Info!.Attempts[0].ToString());
    }

    [Fact]
    public async Task SendAsync_CanceledWhileItWaitsToTryAgain_IsCanceledByTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        _gateway.Respond(429, Overloaded, "Retry-After: 30");

        var call = Client().Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token);
        await _gateway.Received(1);
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("POST /chat/completions was canceled.", exception.Message);
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task SendAsync_CanceledAsTheErrorCame_IsCanceledInsteadOfTriedAgain()
    {
        using var source = new CancellationTokenSource();
        _gateway.Respond(503, Overloaded).Respond(_ => FakeGateway.Stream(503, new FakeBody().Then(Overloaded).ThenDoes(source.Cancel)));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Patience.Wait(Client(_atOnce).Chat.CompleteAsync("m", "Hi", cancellationToken: source.Token)));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Fact]
    public async Task SendAsync_OfACallersClient_LeavesItAsItWas()
    {
        using var httpClient = _gateway.HttpClient();
        httpClient.BaseAddress = new Uri("https://elsewhere.test/");
        httpClient.DefaultRequestHeaders.Add("X-Theirs", "1");
        httpClient.DefaultRequestHeaders.Add("Authorization", "Basic theirs");
        httpClient.Timeout = TimeSpan.FromMinutes(1);
        _gateway.Respond(200, Completion);

        using (var client = new CCApiClient(httpClient, FakeGateway.Options()))
        {
            await client.Chat.CompleteAsync("m", "Hi");
        }

        Assert.False(_gateway.IsDisposed);
        Assert.Equal(new Uri("https://elsewhere.test/"), httpClient.BaseAddress);
        Assert.Equal(["X-Theirs", "Authorization"], httpClient.DefaultRequestHeaders.Select(header => header.Key));
        Assert.Equal(TimeSpan.FromMinutes(1), httpClient.Timeout);
        Assert.Equal("https://gateway.test/v1/chat/completions", _gateway.Sent[0].Uri);
        Assert.Equal($"Bearer {FakeGateway.Key}", _gateway.Sent[0].Header("Authorization"));
        Assert.Equal("1", _gateway.Sent[0].Header("X-Theirs"));
    }

    [Fact]
    public async Task SendAsync_OfARequest_DoesNotChangeIt()
    {
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")] };
        var before = Wire.Write(request);
        _gateway.Respond(503, Overloaded).Respond(200, Completion);

        var call = Client().Chat.CompleteAsync(request);
        await _clock.Pass(TimeSpan.FromSeconds(0.25));
        await Patience.Wait(call);

        Assert.Equal(before, Wire.Write(request));
    }

    [Fact]
    public async Task SendAsync_ManyCallsAtOnce_ReturnsEachItsOwnResponse()
    {
        using var client = Client();
        _gateway.Otherwise = sent => FakeGateway.Json(200, $$$"""{"choices":[{"message":{"content":"{{{sent.Header("X-Number")}}} {{{sent.Body!.Length}}}"}}]}""");

        var calls = Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            client.Chat.CompleteAsync("m", new string('a', 1000 * i + 1), new CCApiRequestOptions { Headers = { ["X-Number"] = $"{i}" } })));
        var responses = await Patience.Wait(Task.WhenAll(calls));

        var empty = _gateway.Sent.Single(sent => sent.Header("X-Number") == "0").Body!.Length - 1;
        Assert.Equal(Enumerable.Range(0, 64).Select(i => $"{i} {(1000 * i) + 1 + empty}"), responses.Select(response => response.Text));
        Assert.All(_gateway.Sent, sent => Assert.EndsWith("aa\"}]}".Substring(1), sent.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_ManyCallsThatRetry_ReturnsEachItsOwnResponse()
    {
        using var client = Client(_atOnce);
        var failed = new HashSet<string>();
        _gateway.Otherwise = sent =>
        {
            lock (failed)
            {
                return failed.Add(sent.Header("X-Number")!)
                    ? FakeGateway.Json(503, Overloaded)
                    : FakeGateway.Json(200, $$$"""{"choices":[{"message":{"content":"{{{sent.Header("X-Number")}}}"}}]}""");
            }
        };

        var calls = Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            client.Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { Headers = { ["X-Number"] = $"{i}" } })));
        var responses = await Patience.Wait(Task.WhenAll(calls));

        Assert.Equal(Enumerable.Range(0, 64).Select(i => $"{i}"), responses.Select(response => response.Text));
        Assert.All(responses, response => Assert.Equal(2, response.Info!.Attempts.Count));
    }

    [Theory]
    [InlineData(200, Completion)]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"error":{"message":"no"}}""")]
    [InlineData(400, Overloaded)]
    [InlineData(302, "")]
    public async Task SendAsync_AnyResponse_DisposesIt(int status, string text)
    {
        var body = new FakeBody().Then(text);
        _gateway.Respond(_ => FakeGateway.Stream(status, body));

        await Record.ExceptionAsync(() => Client().Chat.CompleteAsync("m", "Hi", _keyed));

        Assert.True(body.IsDisposed);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(401)]
    public async Task SendAsync_OfAnErrorWhoseBodyBreaks_IsWhatItsStatusSays(int status)
    {
        _gateway.Respond(_ => FakeGateway.Stream(status, new FakeBody().Then("{\"error\":").ThenFails(() => new System.IO.IOException("reset"))));

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => Client().Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
        Assert.Equal("{\"error\":", exception.BodySnippet);
    }

    [Fact]
    public async Task SendAsync_OfAnErrorLargerThanTheLimit_IsWhatItsStatusSays()
    {
        _gateway.Respond(502, $"<html>{new string('a', 5000)}</html>");

        var exception = await Assert.ThrowsAsync<CCApiServerException>(
            () => Client(options => options.MaxResponseBytes = 100).Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { MaxRetries = 0 }));

        Assert.Equal(HttpStatusCode.BadGateway, exception.StatusCode);
    }

    [Fact]
    public async Task SendAsync_ResponseLargerThanTheLimit_NamesTheOption()
    {
        _gateway.Respond(200, Completion);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => Client(options => options.MaxResponseBytes = 10).Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("POST /chat/completions returned more than 10 bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right.", exception.Message);
    }

    [Fact]
    public async Task SendAsync_AfterTheClientIsDisposed_SaysSo()
    {
        var client = new CCApiClient(FakeGateway.Key);
        client.Dispose();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Catalog.ListProvidersAsync());

        Assert.Equal(nameof(CCApiClient), exception.ObjectName);
    }

    private CCApiClient Client(Action<CCApiClientOptions>? configure = null) => new(_gateway.Transport(options =>
    {
        options.TimeProvider = _clock;
        configure?.Invoke(options);
    }));
}
