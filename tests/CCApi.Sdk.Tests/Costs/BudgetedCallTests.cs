using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Costs;

/// <summary>What each kind of call reserves, and how each end of it settles.</summary>
public class BudgetedCallTests
{
    private const string Completion = """{"model":"chat","choices":[{"index":0,"message":{"role":"assistant","content":"Hi!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.25}}""";
    private const string Busy = """{"error":{"message":"busy","type":"api_error","code":"overloaded"}}""";
    private const string BusyAndCharged = """{"error":{"message":"busy","type":"api_error","code":503},"usage":{"total_tokens":3,"cost":0.125}}""";

    private readonly FakeGateway _gateway = new();
    private readonly TestClock _clock = new();
    private readonly TestPrices _prices = new TestPrices().Chat("chat", "1000", "10000").Chat("cheap", "100", "1000").Speech("voice", "0.5").Image("image", "0.04");

    // 0.001 for each byte of the body, and 0.01 for each of 10 tokens.
    private readonly CCApiBudget _budget = new(10);

    private CCApiTransport? _transport;

    [Fact]
    public async Task Chat_UnderWay_HasReservedTheMostThatItMayCost()
    {
        var reserved = 0m;
        _gateway.Respond(_ =>
        {
            reserved = _budget.Reserved;
            return FakeGateway.Json(200, Completion);
        });

        var response = await Client().Chat.CompleteAsync(Request());

        Assert.Equal((BytesSent(0) * 0.001m) + 0.1m, reserved);
        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
        Assert.Equal("0.25 USD (reported)", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Chat_ThatDoesNotFit_IsNotSent()
    {
        var client = Client(new CCApiBudget(0.1m));

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.Chat.CompleteAsync(Request()));

        var bound = Encoding.UTF8.GetByteCount("""{"model":"chat","messages":[{"role":"user","content":"Hi"}],"max_tokens":10}""") * 0.001m + 0.1m;
        Assert.Equal((bound, 0m, 0m, 0.1m, "USD", "client", "chat"), (exception.Requested, exception.Spent, exception.Reserved, exception.Limit, exception.Currency, exception.BudgetOf, exception.Model));
        Assert.Equal(
            FormattableString.Invariant($"POST /chat/completions was not sent: it must reserve {bound} USD for its maximum cost, and the budget of the client has 0.1 left (0 spent and 0 reserved of 0.1). Raise the limit of the budget, request less (such as a lower MaxTokens), or wait for the calls under way."),
            exception.Message);
        Assert.Null(exception.Cost);
        Assert.False(exception.IsTransient);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Chat_WithoutAMaximumOfTokens_ReservesTheLongestOutput()
    {
        _prices.MaxOutputTokens = 500;
        var reserved = Watch(_budget, Completion);

        await Client().Chat.CompleteAsync("chat", "Hi");

        Assert.Equal((BytesSent(0) * 0.001m) + 5m, reserved());
    }

    [Fact]
    public async Task Chat_WithSeveralChoices_ReservesForEach()
    {
        var reserved = Watch(_budget, Completion);
        var request = Request();
        request.N = 3;

        await Client().Chat.CompleteAsync(request);

        Assert.Equal((BytesSent(0) * 0.001m) + 0.3m, reserved());
    }

    [Fact]
    public async Task Chat_OfAModelWithPricesOfSound_ReservesForSound()
    {
        _prices.Add("sound", """{"unit":"1M tokens","input":1,"output":10,"input_audio":1000,"output_audio":80000}""");
        var reserved = Watch(_budget, """{"model":"sound","choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"prompt_tokens_details":{"audio_tokens":20},"completion_tokens":10,"completion_tokens_details":{"audio_tokens":10}}}""");
        var request = Request();
        request.Model = "sound";

        await Client().Chat.CompleteAsync(request);

        Assert.Equal((BytesSent(0) * 0.001m) + 0.8m, reserved());
        Assert.Equal(new BudgetState(10, 0.82m, 0), _budget.State);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":20,"prompt_tokens_details":{"cached_creation_tokens":10},"completion_tokens":0}""")]
    [InlineData("""{"prompt_tokens":20,"prompt_tokens_details":{"cache_write_tokens":"10"},"completion_tokens":0}""")]
    [InlineData("""{"prompt_tokens":20,"cache_creation_input_tokens":10,"completion_tokens":0}""")]
    public async Task Chat_ThatWritesIntoTheCache_CountsTheRateOfThat(string usage)
    {
        _prices.Add("cache", """{"unit":"1M tokens","input":1000,"output":10000,"cache_write":1250}""");
        var request = Request();
        request.Model = "cache";
        _gateway.Respond(200, $$"""{"model":"cache","choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{{usage}}}""");

        var response = await Client().Chat.CompleteAsync(request);

        Assert.Equal("0.0225 USD (computed)", response.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Chat_WithoutAnyMaximumOfTokens_SaysWhatToSet()
    {
        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client().Chat.CompleteAsync("chat", "Hi"));

        Assert.Contains("not known: nothing limits its completion tokens: set MaxTokens. ", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Chat_WithAnImage_ReservesTheContext()
    {
        _prices.ContextLength = 2000;
        var reserved = Watch(_budget, Completion);
        var request = Request();
        request.Messages = [new ChatMessage { Role = ChatRole.User, Content = new ChatMessageContent([ChatContentPart.ImageFromUrl("https://cdn.test/a.png")]) }];

        await Client().Chat.CompleteAsync(request);

        Assert.Equal(2.1m, reserved());
    }

    [Fact]
    public async Task Chat_WithSeveralModels_ReservesForTheDearest()
    {
        var reserved = Watch(_budget, Completion);
        var request = Request();
        request.Model = null;
        request.Models = ["cheap", "chat"];

        await Client().Chat.CompleteAsync(request);

        Assert.Equal((BytesSent(0) * 0.001m) + 0.1m, reserved());
    }

    [Fact]
    public async Task Chat_WithoutAMaximumOfAModelWithoutAPriceOfOutput_IsNotSent()
    {
        _prices.Add("input", """{"unit":"1M tokens","input":1}""");

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client().Chat.CompleteAsync("input", "Hi"));

        Assert.Contains("the catalog has no price for completion tokens", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Sent);
    }

    [Theory]
    [InlineData("\"model\":\"unlisted\",")]
    [InlineData("")]
    public async Task Chat_WithSeveralModelsOfWhichTheGatewayNamesNone_IsNotPricedByOne(string model)
    {
        var reserved = Watch(_budget, $$$"""{{{{model}}}"choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""");
        var request = Request();
        request.Models = ["cheap"];

        var response = await Client().Chat.CompleteAsync(request);

        Assert.Equal(CostSource.Unknown, response.Info!.Cost.Source);
        Assert.Equal((reserved(), 0m), (_budget.Spent, _budget.Reserved));
    }

    [Fact]
    public async Task Chat_WithOneModelThatTheGatewayNamesOtherwise_IsPricedByTheRequested()
    {
        _gateway.Respond(200, """{"model":"chat-internal-7","choices":[{"message":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""");

        var response = await Client().Chat.CompleteAsync(Request());

        Assert.Equal("0.021 USD (computed)", response.Info!.Cost.ToString());
    }

    [Theory]
    [InlineData("usd")]
    [InlineData("Usd")]
    public async Task Call_WithABudgetWhoseCurrencyIsWrittenOtherwise_ConvertsAlike(string currency)
    {
        var budget = new CCApiBudget(10, currency);
        _prices.Add("credits", """{"unit":"1K characters","currency":"credits","input":1}""");
        _gateway.Respond(200, """{"b64_audio":"AQID"}""");

        await Client(budget, options => options.CreditValue = 2).Audio.CreateSpeechAsync("credits", "Hello", "aria");

        Assert.Equal(0.01m, budget.Spent);
    }

    [Fact]
    public void Budget_WithANegativeReservationForUnknownPrices_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CCApiBudget(1) { UnknownPriceReservation = -0.01m });

    [Fact]
    public async Task Chat_OfUnknownPrice_IsNotSent()
    {
        var request = Request();
        request.Model = "other";
        var options = new CCApiRequestOptions { Budget = _budget };

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client(budget: null).Chat.CompleteAsync(request, options));

        Assert.Equal(
            "POST /chat/completions was not sent: the budget of the call needs its maximum cost, which is not known: the catalog does not list other. Use a model with a known price, or set CCApiBudget.UnknownPriceReservation to the amount that such a call reserves.",
            exception.Message);
        Assert.Null(exception.Requested);
        Assert.Empty(_gateway.Sent);
    }

    [Theory]
    [InlineData("priority", 0)]
    [InlineData("flex", 1)]
    [InlineData("default", 1)]
    public async Task Chat_OfAServiceTier_IsSentWhenTheCatalogBoundsIt(string tier, int expected)
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, Completion);
        var request = Request();
        request.AdditionalProperties = new Dictionary<string, JsonElement> { ["service_tier"] = JsonSerializer.SerializeToElement(tier) };

        var exception = await Record.ExceptionAsync(() => Client().Chat.CompleteAsync(request));

        Assert.Equal(expected, _gateway.Sent.Count);
        Assert.Equal(expected == 0, exception?.Message.Contains("the catalog has no prices for the service tier 'priority'") == true);
    }

    [Fact]
    public async Task Chat_OfUnknownPrice_ReservesTheConfiguredAmount()
    {
        var budget = new CCApiBudget(10) { UnknownPriceReservation = 2 };
        var reserved = Watch(budget, Completion);

        await Client(budget).Chat.CompleteAsync("other", "Hi");

        Assert.Equal((2m, 0.25m), (reserved(), budget.Spent));
    }

    [Fact]
    public async Task Chat_WithABudgetOfNothing_IsNotSent()
    {
        var client = Client(new CCApiBudget(0), retrieved: false);

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.Chat.CompleteAsync(Request()));

        Assert.Equal(0, exception.Limit);
        Assert.Equal(
            "POST /chat/completions was not sent: the budget of the client has nothing left (0 spent and 0 reserved of 0). Raise its limit, or wait for the calls under way.",
            exception.Message);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Chat_OfAPriceInAnotherCurrency_IsNotSent()
    {
        var client = Client(new CCApiBudget(10, "credits"));

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.Chat.CompleteAsync(Request()));

        Assert.Equal(
            "POST /chat/completions was not sent: the budget of the client needs its maximum cost, which is not known: its price is in another currency, and only credits and USD are converted (set CCApiClientOptions.CreditValue). Use a model with a known price, or set CCApiBudget.UnknownPriceReservation to the amount that such a call reserves.",
            exception.Message);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Chat_BeforeTheCatalogWasRetrieved_RetrievesIt()
    {
        var client = Client(_budget, retrieved: false);
        var retrievals = 0;
        _transport!.Costs.Source.Retrieve = _ =>
        {
            retrievals++;
            _transport.Costs.Prices = _prices;
            return Task.CompletedTask;
        };
        _gateway.Respond(200, Completion).Respond(200, Completion);

        await client.Chat.CompleteAsync(Request());
        await client.Chat.CompleteAsync(Request());

        Assert.Equal((1, 0.5m), (retrievals, _budget.Spent));
    }

    [Fact]
    public async Task Chat_WhoseCatalogCannotBeRetrieved_IsNotSent()
    {
        var client = Client(_budget, retrieved: false);
        _transport!.Costs.Source.Retrieve = _ => throw new CCApiServerException("down");

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.Chat.CompleteAsync(Request()));

        Assert.Contains("the catalog was not retrieved", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WhoseCatalogCannotBeRetrieved_RetrievesItAgainAfterThirtySecondsAtTheEarliest()
    {
        var client = Client(_budget, retrieved: false);
        var retrievals = 0;
        _transport!.Costs.Source.Retrieve = _ =>
        {
            retrievals++;
            throw new CCApiServerException("down");
        };

        foreach (var delay in (int[])[0, 0, 29, 1])
        {
            _clock.Advance(TimeSpan.FromSeconds(delay));
            await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.Chat.CompleteAsync(Request()));
        }

        Assert.Equal(2, retrievals);
    }

    [Fact]
    public async Task Chat_WithABudgetAndALimiter_RetrievesTheCatalogBeforeItsLease()
    {
        using var limiter = CCApiRateLimiters.Create(new CCApiRateLimiterOptions { RequestsPerMinute = 100, MaxConcurrency = 1, TimeProvider = _clock });
        _gateway
            .Respond(200, """{"data":[{"id":"chat","pricing":{"prompt":"0.0001","completion":"0.0001"}}],"has_more":false}""")
            .Respond(200, Completion);
        var client = Client(_budget, options => options.RateLimiter = limiter, retrieved: false);

        var response = await Patience.Wait(client.Chat.CompleteAsync(Request()));

        Assert.Equal("Hi!", response.Text);
        Assert.Equal(["GET", "POST"], _gateway.Sent.Select(request => request.ToString().Split(' ')[0]));
    }

    [Fact]
    public async Task Chat_WhoseCatalogIsNotRetrievedInTime_SaysSo()
    {
        var client = Client(_budget, options => options.Timeouts.Total = TimeSpan.FromSeconds(5), retrieved: false);
        var isWaiting = new TaskCompletionSource<bool>();
        _transport!.Costs.Source.Retrieve = async cancellationToken =>
        {
            isWaiting.SetResult(true);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        };

        var call = client.Chat.CompleteAsync(Request());
        await Patience.Wait(isWaiting.Task);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Contains("nothing was sent, because the prices that a budget needs had not been retrieved", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Chat_WithOldPrices_RefreshesThemInTheBackground()
    {
        var client = Client();
        _prices.RetrievedAt = _clock.GetUtcNow() - TimeSpan.FromHours(2);
        var isRetrieved = new TaskCompletionSource<bool>();
        _transport!.Costs.Source.Retrieve = _ =>
        {
            isRetrieved.SetResult(true);
            return Task.CompletedTask;
        };
        _gateway.Respond(200, Completion).Respond(200, Completion);

        await client.Chat.CompleteAsync(Request());
        await Patience.Wait(isRetrieved.Task);
        await client.Chat.CompleteAsync(Request());

        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Fact]
    public async Task Chat_ThatIsRejected_IsFree()
    {
        _gateway.Respond(400, """{"error":{"message":"no"}}""");

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => Client().Chat.CompleteAsync(Request()));

        Assert.Equal(new BudgetState(10, 0, 0), _budget.State);
    }

    [Fact]
    public async Task Chat_WhoseConnectionBreaks_CountsAllOfItsReservation()
    {
        _gateway.Fail(() => new HttpRequestException("reset"));
        var client = Client();

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => client.Chat.CompleteAsync(Request()));

        var bound = (BytesSent(0) * 0.001m) + 0.1m;
        Assert.Equal(new BudgetState(10, bound, 0), _budget.State);
        Assert.Equal("unknown", exception.Cost!.ToString());
        Assert.Equal((1L, bound), (client.Costs.GetSnapshot().Total.UnknownCharges, client.Costs.GetSnapshot().Total.UnknownAtMost["USD"]));
    }

    [Fact]
    public async Task Chat_WithAHiddenErrorAndUsage_CountsWhatIsReported()
    {
        _gateway.Respond(200, BusyAndCharged);

        await Assert.ThrowsAsync<CCApiServerException>(() => Client().Chat.CompleteAsync(Request()));

        Assert.Equal(new BudgetState(10, 0.125m, 0), _budget.State);
    }

    [Fact]
    public async Task Chat_ThatIsCanceledUnderWay_CountsAllOfItsReservation()
    {
        using var cancellation = new CancellationTokenSource();
        _gateway.Hang();

        var call = Client().Chat.CompleteAsync(Request(), cancellationToken: cancellation.Token);
        await _gateway.Received(1);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(new BudgetState(10, (BytesSent(0) * 0.001m) + 0.1m, 0), _budget.State);
    }

    [Fact]
    public async Task Chat_ThatIsRetriedAfterARejection_CountsOnce()
    {
        _gateway.Respond(503, Busy).Respond(200, Completion);

        await Client().Chat.CompleteAsync(Request());

        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
    }

    [Fact]
    public async Task Chat_ThatIsRetriedAfterWhatMayHaveBeenCharged_CountsBoth()
    {
        _gateway.Fail(() => new HttpRequestException("reset")).Respond(200, Completion);

        await Client(_budget, options => options.Retry.RetryPossiblyCharged = true).Chat.CompleteAsync(Request());

        Assert.Equal(new BudgetState(10, (BytesSent(0) * 0.001m) + 0.1m + 0.25m, 0), _budget.State);
    }

    [Fact]
    public async Task Chat_WhoseRetryDoesNotFit_EndsWithTheAttempts()
    {
        var budget = new CCApiBudget(0.25m);
        _gateway.Fail(() => new HttpRequestException("reset"));

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(
            () => Client(budget, options => options.Retry.RetryPossiblyCharged = true).Chat.CompleteAsync(Request()));

        Assert.Equal(["CCApiConnectionException", "CCApiBudgetExceededException"], exception.Attempts.Select(attempt => attempt.Fault));
        Assert.Equal(("unknown", 0m), (exception.Cost!.ToString(), budget.Reserved));
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task Chat_ThatFailsOver_ReservesForTheOtherModel()
    {
        var reserved = new List<decimal>();
        _gateway.Respond(_ =>
        {
            reserved.Add(_budget.Reserved);
            return FakeGateway.Json(503, Busy);
        });
        _gateway.Respond(_ =>
        {
            reserved.Add(_budget.Reserved);
            return FakeGateway.Json(200, Completion);
        });

        await Client(_budget, options => options.Retry.MaxRetries = 0).Chat.CompleteAsync(Request(), new CCApiRequestOptions { FailoverModels = ["cheap"] });

        Assert.Equal([(BytesSent(0) * 0.001m) + 0.1m, (BytesSent(1) * 0.0001m) + 0.01m], reserved);
        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
    }

    [Fact]
    public async Task Stream_ThatIsRead_SettlesAtItsEnd()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi!"},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"cost":0.25}}""", "[DONE]");

        var stream = Client().Chat.StreamAsync(Request());
        Assert.Equal(0, _budget.Reserved);
        await foreach (var _ in stream.ReadTextAsync())
        {
            Assert.True(_budget.Reserved > 0);
        }

        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
    }

    [Fact]
    public async Task Stream_ThatIsAbandoned_CountsAllOfItsReservation()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}]}""", """{"choices":[{"delta":{"content":"!"},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"cost":0.25}}""");
        var client = Client();

        var stream = client.Chat.StreamAsync(Request());
        await foreach (var _ in stream.ReadTextAsync())
        {
            break;
        }

        await stream.DisposeAsync();
        Assert.Equal(new BudgetState(10, (BytesSent(0) * 0.001m) + 0.1m, 0), _budget.State);
        Assert.Equal(1, client.Costs.GetSnapshot().Total.UnknownCharges);
    }

    [Fact]
    public async Task Stream_ThatBreaks_CountsAllOfItsReservation()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}]}""", """{"error":{"message":"no","code":502}}""");

        await Assert.ThrowsAsync<CCApiServerException>(() => Client().Chat.StreamAsync(Request()).GetResponseAsync());

        Assert.Equal(new BudgetState(10, (BytesSent(0) * 0.001m) + 0.1m, 0), _budget.State);
    }

    [Fact]
    public async Task Stream_WithUsageBeforeItBreaks_CountsItsCost()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}],"usage":{"cost":0.25}}""", """{"error":{"message":"no","code":502}}""");

        await Assert.ThrowsAsync<CCApiServerException>(() => Client().Chat.StreamAsync(Request()).GetResponseAsync());

        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
    }

    [Theory]
    [InlineData("\"usage\":{\"cost\":0.25}", "0.25 USD (reported)")]
    [InlineData("\"cost\":\"0.25\"", "0.25 USD (reported)")]
    [InlineData("\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":20}", "0.25 USD (computed)")]
    public async Task Stream_WhoseErrorReportsTheCost_CountsIt(string member, string expected)
    {
        Stream("""{"choices":[{"delta":{"content":"Hi"}}],"usage":{"cost":0.125}}""", $$"""{"error":{"message":"no","code":502},{{member}}}""");
        var client = Client();
        var stream = client.Chat.StreamAsync(Request());

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => stream.GetResponseAsync());

        Assert.Equal((expected, expected), (exception.Cost?.ToString(), stream.Info!.Cost.ToString()));
        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
        Assert.Equal(0.25m, client.Costs.GetSnapshot().Total.Amounts["USD"]);
    }

    [Fact]
    public async Task Stream_DisposedWhileItsSecondAttemptReserves_ReservesAndBooksNothing()
    {
        var store = new SlowStore(_clock) { SlowReservation = 2, IgnoresToken = true };
        Stream("""{"error":{"message":"busy","type":"overloaded_error","code":529}}""");
        Stream("""{"choices":[{"delta":{"content":"Hi"}}]}""");
        var client = Client(new CCApiBudget(store, "a"));
        var stream = client.Chat.StreamAsync(Request());

        var reading = stream.GetResponseAsync();
        await Patience.Wait(store.IsReserving.Task);
        await stream.DisposeAsync();
        store.Reserved.SetResult(true);

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => Patience.Wait(reading));
        Assert.Equal(new BudgetState(10, 0, 0), store.GetState("a"));
        Assert.Equal((0L, 0L), (client.Costs.GetSnapshot().Total.Charges, client.Costs.GetSnapshot().Total.UnknownCharges));
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task Stream_DisposedWhileItsSecondAttemptIsUnderWay_CountsAllOfItsReservationOnce()
    {
        Stream("""{"error":{"message":"busy","type":"overloaded_error","code":529}}""");
        _gateway.Hang();
        var client = Client();
        var stream = client.Chat.StreamAsync(Request());

        var reading = stream.GetResponseAsync();
        await _gateway.Received(2);
        await stream.DisposeAsync();

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => Patience.Wait(reading));
        Assert.Equal(new BudgetState(10, (BytesSent(0) * 0.001m) + 0.1m, 0), _budget.State);
        Assert.Equal((0L, 1L), (client.Costs.GetSnapshot().Total.Charges, client.Costs.GetSnapshot().Total.UnknownCharges));
    }

    [Fact]
    public async Task Stream_DisposedAfterUsageWhileItIsRead_CountsItsCostOnce()
    {
        var body = new FakeBody().Then("""data: {"choices":[{"delta":{"content":"Hi"}}],"usage":{"cost":0.25}}""" + "\n\n");
        _gateway.Respond(_ => FakeGateway.Stream(200, body.ThenSilence(), "Content-Type: text/event-stream"));
        var client = Client();
        var stream = client.Chat.StreamAsync(Request());
        await using var chunks = stream.GetAsyncEnumerator();
        await chunks.MoveNextAsync();

        var next = chunks.MoveNextAsync().AsTask();
        await body.Silence;
        await stream.DisposeAsync();

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => Patience.Wait(next));
        Assert.Equal(new BudgetState(10, 0.25m, 0), _budget.State);
        Assert.Equal(1L, client.Costs.GetSnapshot().Total.Charges);
    }

    [Fact]
    public async Task Stream_ThatIsRejected_IsFree()
    {
        _gateway.Respond(400, """{"error":{"message":"no"}}""");

        var exception = await Assert.ThrowsAsync<CCApiBadRequestException>(() => Client().Chat.StreamAsync(Request()).GetResponseAsync());

        Assert.Null(exception.Cost);
        Assert.Equal(new BudgetState(10, 0, 0), _budget.State);
    }

    [Fact]
    public async Task Stream_ThatDoesNotFit_IsNotSent()
    {
        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client(new CCApiBudget(0.1m)).Chat.StreamAsync(Request()).GetResponseAsync());

        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Call_InSeveralBudgets_MustFitIntoEach()
    {
        var (call, scope) = (new CCApiBudget(5), new CCApiBudget(5));
        _gateway.Respond(200, Completion);
        using var open = CostScope.Begin("a", budget: scope);

        await Client().Chat.CompleteAsync(Request(), new CCApiRequestOptions { Budget = call });

        Assert.Equal((0.25m, 0.25m, 0.25m), (call.Spent, scope.Spent, _budget.Spent));
    }

    [Fact]
    public async Task Call_ThatOneOfSeveralBudgetsRejects_ReservesNothing()
    {
        using var outer = CostScope.Begin("a", budget: new CCApiBudget(0.1m));
        using var inner = CostScope.Begin("b", budget: new CCApiBudget(5));

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client().Chat.CompleteAsync(Request()));

        Assert.Equal("scope a", exception.BudgetOf);
        Assert.Equal((0m, 0m), (_budget.Reserved, inner.Budget!.Reserved));
    }

    [Fact]
    public async Task Call_WithTheSameBudgetTwice_CountsOnce()
    {
        _gateway.Respond(200, Completion);

        await Client().Chat.CompleteAsync(Request(), new CCApiRequestOptions { Budget = _budget });

        Assert.Equal(0.25m, _budget.Spent);
    }

    [Fact]
    public async Task Speech_ByCharacters_ReservesAndComputesItsPrice()
    {
        var reserved = Watch(_budget, """{"audio_url":"https://cdn.test/a.mp3"}""");

        var speech = await Client().Audio.CreateSpeechAsync("voice", "Hello", "aria");

        Assert.Equal((0.0025m, 0.0025m), (reserved(), _budget.Spent));
        Assert.Equal("0.0025 USD (computed)", speech.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Speech_InCreditsOfUnknownValue_SettlesByItsPrice()
    {
        _gateway.Respond(200, """{"audio_url":"https://cdn.test/a.mp3","credits_charged":7}""");

        var speech = await Client().Audio.CreateSpeechAsync("voice", "Hello", "aria");

        Assert.Equal(("7 credits (reported)", 0.0025m), (speech.Info!.Cost.ToString(), _budget.Spent));
    }

    [Fact]
    public async Task Speech_WithABudgetInCredits_SettlesInCredits()
    {
        var budget = new CCApiBudget(100, "credits");
        _gateway.Respond(200, """{"audio_url":"https://cdn.test/a.mp3","credits_charged":7}""");

        await Client(budget, options => options.CreditValue = 0.001m).Audio.CreateSpeechAsync("voice", "Hello", "aria");

        Assert.Equal(new BudgetState(100, 7, 0), budget.State);
    }

    [Theory]
    [InlineData("""{"total":12,"currency":"credits"}""", "12 credits (reported)", null, "0.021")]
    [InlineData("""{"total":12,"currency":"credits"}""", "0.12 USD (reported)", "0.01", "0.12")]
    [InlineData("""{"total":12,"currency":"EUR"}""", "12 EUR (reported)", "0.01", "0.021")]
    [InlineData("""{"total":12,"currency":"shells"}""", "0.021 USD (computed)", "0.01", "0.021")]
    public async Task Chat_WithACostInAnotherCurrency_SettlesByItsValueOrItsPrice(string reported, string cost, string? creditValue, string spent)
    {
        _gateway.Respond(200, Completion.Replace("\"cost\":0.25", $"\"cost\":{reported}"));
        var client = Client(_budget, options => options.CreditValue = creditValue is null ? null : decimal.Parse(creditValue, CultureInfo.InvariantCulture));

        var response = await client.Chat.CompleteAsync(Request());

        Assert.Equal(cost, response.Info!.Cost.ToString());
        Assert.Equal(new BudgetState(10, decimal.Parse(spent, CultureInfo.InvariantCulture), 0), _budget.State);
    }

    [Fact]
    public async Task Speech_WithABudgetInCreditsOfUnknownValue_IsNotSent()
    {
        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client(new CCApiBudget(100, "credits")).Audio.CreateSpeechAsync("voice", "Hello", "aria"));

        Assert.Contains("set CCApiClientOptions.CreditValue", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_WhoseModelTheGatewayChooses_AreNotSent()
    {
        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(
            () => Client().Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.")));

        Assert.Contains("the gateway chooses the model", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamedSpeech_OfSound_IsBookedWhenItBegins()
    {
        _gateway.Respond(_ => FakeGateway.Content(200, "ID3 sound", "audio/mpeg"));

        using var sound = await Client().Audio.StreamSpeechAsync(new AudioSpeechRequest { Model = "voice", Input = "Hello", Voice = "aria" });

        Assert.Equal(("0.0025 USD (computed)", 0.0025m), (sound.Info!.Cost.ToString(), _budget.Spent));
    }

    [Fact]
    public async Task Images_OfTheCompatibleOperation_ReserveAndComputeTheirPrice()
    {
        var reserved = Watch(_budget, """{"data":[{"url":"https://cdn.test/a.png"}]}""");

        var images = await Client().Images.GenerateAsync(new LegacyImageGenerationRequest { Model = "image", Prompt = "A fox.", N = 2 });

        Assert.Equal((0.08m, 0.04m), (reserved(), _budget.Spent));
        Assert.Equal("0.04 USD (computed)", images.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Job_ThatCompletes_IsSettledAtItsEnd()
    {
        _gateway.Respond(202, """{"id":"job-1","status":"pending"}""").Respond(200, """{"id":"job-1","status":"completed","data":[{"url":"https://cdn.test/a.png"}]}""");
        var client = Client(_budget, options => options.TimeProvider = new SkippingTime());

        var job = await client.Images.StartAsync(Job());
        Assert.Equal(new BudgetState(10, 0, 0.08m), _budget.State);
        Assert.Equal(0.08m, client.Costs.GetSnapshot().Total.AmountIn());
        var images = await job.WaitAsync();

        Assert.Equal(new BudgetState(10, 0.04m, 0), _budget.State);
        Assert.Equal((1L, 0.04m), (client.Costs.GetSnapshot().Total.Charges, client.Costs.GetSnapshot().Total.AmountIn()));
        Assert.Equal("0.04 USD (computed)", images.Info!.Cost.ToString());
    }

    [Fact]
    public async Task Job_ThatFails_IsFree()
    {
        _gateway.Respond(202, """{"id":"job-1","status":"pending"}""").Respond(200, """{"id":"job-1","status":"failed","error":{"message":"no"}}""");
        var client = Client(_budget, options => options.TimeProvider = new SkippingTime());

        var job = await client.Images.StartAsync(Job());
        var exception = await Assert.ThrowsAsync<ImageJobFailedException>(() => job.WaitAsync());

        Assert.Null(exception.Cost);
        Assert.Equal(new BudgetState(10, 0, 0), _budget.State);
        Assert.Equal((0L, 0m), (client.Costs.GetSnapshot().Total.Charges, client.Costs.GetSnapshot().Total.AmountIn()));
    }

    [Fact]
    public async Task Job_ThatReportsItsCost_IsSettledWithIt()
    {
        _gateway.Respond(202, """{"id":"job-1","status":"pending"}""").Respond(200, """{"id":"job-1","status":"failed","error":{"message":"no"},"cost":0.01}""");

        var job = await Client(_budget, options => options.TimeProvider = new SkippingTime()).Images.StartAsync(Job());
        var exception = await Assert.ThrowsAsync<ImageJobFailedException>(() => job.WaitAsync());

        Assert.Equal(("0.01 USD (reported)", 0.01m), (exception.Cost!.ToString(), _budget.Spent));
    }

    [Theory]
    [InlineData("""{"id":"job-1","status":"pending","cost":0.03}""", null, "", "0.03 USD (reported)")]
    [InlineData("""{"id":"job-1","status":"pending"}""", "x-litellm-response-cost: 0.03", "", "0.03 USD (reported)")]
    [InlineData("""{"id":"job-1","status":"pending","cost":0.03}""", null, ""","cost":0.02""", "0.02 USD (reported)")]
    public async Task Job_WhoseStartReportsItsCost_IsSettledWithItUnlessTheEndReportsOne(string start, string? header, string end, string expected)
    {
        _gateway.Respond(202, start, header is null ? [] : [header])
            .Respond(200, """{"id":"job-1","status":"completed","data":[{"url":"https://cdn.test/a.png"}]""" + end + "}");
        var client = Client(_budget, options => options.TimeProvider = new SkippingTime());

        var job = await client.Images.StartAsync(Job());
        var images = await job.WaitAsync();

        Assert.Equal(expected, images.Info!.Cost.ToString());
        Assert.Equal(images.Info.Cost.Amount, _budget.Spent);
        Assert.Equal(_budget.Spent, client.Costs.GetSnapshot().Total.AmountIn());
    }

    [Fact]
    public async Task Job_ThatIsDoneAtOnce_IsSettledAtOnce()
    {
        _gateway.Respond(200, """{"id":"job-1","status":"completed","data":[{"url":"https://cdn.test/a.png"},{"url":"https://cdn.test/b.png"}]}""");

        await Client().Images.StartAsync(Job());

        Assert.Equal(new BudgetState(10, 0.08m, 0), _budget.State);
    }

    [Fact]
    public async Task AnyEndpoint_OfPost_ReservesTheConfiguredAmount()
    {
        var budget = new CCApiBudget(10) { UnknownPriceReservation = 1 };
        _gateway.Respond(200, """{"data":[],"usage":{"cost":0.5}}""").Respond(200, """{"data":[]}""");
        var client = Client(budget);

        (await client.SendAsync(HttpMethod.Post, "embeddings", content: null)).Dispose();
        (await client.SendAsync(HttpMethod.Get, "embeddings", content: null)).Dispose();

        Assert.Equal(new BudgetState(10, 0.5m, 0), budget.State);
    }

    [Fact]
    public async Task ToolsRun_WhoseSecondTurnDoesNotFit_EndsWithItsProgress()
    {
        _gateway.Respond(200, $$$"""{"choices":[{"message":{{{ToolScript.Calls("""x a {"city":"Oslo"}""")}}},"finish_reason":"tool_calls"}],"usage":{"cost":0.5}}""");
        var tools = new ChatTools();
        tools.Add("a", "a", SampleJson.Default.CityArgs, (args, _) => Task.FromResult(args.City));
        var run = new CCApiBudget(0.8m);

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(async () =>
        {
            await foreach (var _ in Client(budget: null).Chat.RunAsync(Request(), tools, new ChatRunOptions { Budget = run }))
            {
            }
        });

        Assert.Equal(("run", 0.5m, 1), (exception.BudgetOf, run.Spent, exception.RunProgress!.Turns));
        Assert.Equal("0.5 USD (reported)", exception.RunProgress.Cost!.ToString());
    }

    [Fact]
    public async Task Scope_DisposedWhileACallRuns_KeepsTheCall()
    {
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.RespondLater(async (_, _) =>
        {
            await release.Task;
            return FakeGateway.Json(200, Completion);
        });
        var client = Client();
        var scope = CostScope.Begin("a", budget: new CCApiBudget(5));

        var call = client.Chat.CompleteAsync(Request());
        scope.Dispose();
        release.SetResult(true);
        await call;

        Assert.Equal(0.25m, client.Costs.GetSnapshot().ByScope.Single(row => row.Name == "a").AmountIn());
        Assert.Equal(new BudgetState(5, 0.25m, 0), scope.Budget!.State);
    }

    [Fact]
    public async Task Stream_OfAScope_BelongsToTheOneThatItWasCreatedIn()
    {
        Stream("""{"choices":[{"delta":{"content":"Hi!"},"finish_reason":"stop"}],"usage":{"cost":0.25}}""", "[DONE]");
        var client = Client();
        StreamingChatCompletion stream;
        using (CostScope.Begin("a"))
        {
            stream = client.Chat.StreamAsync(Request());
        }

        await stream.GetResponseAsync();

        Assert.Equal(0.25m, client.Costs.GetSnapshot().ByScope.Single().AmountIn());
    }

    [Fact]
    public async Task Store_ThatCannotSettle_DoesNotFailThePaidCall()
    {
        var store = new FailingStore { FailsToSettle = true };
        _gateway.Respond(200, Completion);

        var response = await Client(new CCApiBudget(store, "a")).Chat.CompleteAsync(Request());

        Assert.Equal("Hi!", response.Text);
    }

    [Fact]
    public async Task Store_ThatCannotReserve_FailsTheCallBeforeItIsSent()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Client(new CCApiBudget(new FailingStore(), "a")).Chat.CompleteAsync(Request()));

        Assert.Empty(_gateway.Sent);
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(ObjectDisposedException))]
    public async Task Store_WhoseConnectionFails_IsNotTakenForTheGateway(Type type)
    {
        var error = (Exception)Activator.CreateInstance(type, "gone.")!;

        var exception = await Assert.ThrowsAsync<CCApiException>(
            () => Client(new CCApiBudget(new FailingStore { Error = error }, "a")).Chat.CompleteAsync(Request()));

        Assert.StartsWith($"The store of the budget 'a' failed with {type.Name}: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Nothing was sent; check the store.", exception.Message, StringComparison.Ordinal);
        Assert.Same(error, exception.InnerException);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Store_ThatIsCanceledAfterItHasReserved_ReservesNothing()
    {
        var store = new SlowStore(_clock) { SlowReservation = 1, ReservesFirst = true };
        using var source = new CancellationTokenSource();

        var call = Client(new CCApiBudget(store, "a")).Chat.CompleteAsync(Request(), cancellationToken: source.Token);
        await Patience.Wait(store.IsReserving.Task);
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        Assert.Equal(new BudgetState(10, 0, 0), store.GetState("a"));
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Store_ThatFailsAfterItHasReserved_ReservesNothing()
    {
        var store = new SlowStore(_clock) { SlowReservation = 1, ReservesFirst = true };
        store.Reserved.SetException(new TimeoutException("the response was lost"));

        await Assert.ThrowsAsync<TimeoutException>(() => Client(new CCApiBudget(store, "a")).Chat.CompleteAsync(Request()));

        Assert.Equal(new BudgetState(10, 0, 0), store.GetState("a"));
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Store_ThatFailsAndCannotSettle_FailsWithItsFirstError()
    {
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => Client(new CCApiBudget(new FailingStore(), "a")).Chat.CompleteAsync(Request()));

        Assert.Equal("down", exception.Message);
    }

    [Fact]
    public async Task Store_ThatIgnoresTheToken_SendsAndChargesNothingAfterTheCancellation()
    {
        var store = new SlowStore(_clock) { SlowReservation = 1, IgnoresToken = true };
        using var source = new CancellationTokenSource();
        var client = Client(new CCApiBudget(store, "a"));

        var call = client.Chat.CompleteAsync(Request(), cancellationToken: source.Token);
        await Patience.Wait(store.IsReserving.Task);
        source.Cancel();
        store.Reserved.SetResult(true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        Assert.Equal(new BudgetState(10, 0, 0), store.GetState("a"));
        Assert.Equal(0L, client.Costs.GetSnapshot().Total.UnknownCharges);
    }

    [Fact]
    public async Task Store_ThatCannotMarkAsSent_ReservesNothing()
    {
        var store = new SlowStore(_clock) { FailsToMark = true };

        await Assert.ThrowsAsync<TimeoutException>(() => Client(new CCApiBudget(store, "a")).Chat.CompleteAsync(Request()));

        Assert.Equal(new BudgetState(10, 0, 0), store.GetState("a"));
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Store_ThatMarksAsSentWhenItReserves_DoesBothInOneStepForTheLastBudget()
    {
        var operations = new List<string>();
        var alone = new CCApiBudget(new SendingStore(operations), "alone");
        var (first, last) = (new CCApiBudget(new SendingStore(operations), "first"), new CCApiBudget(new SendingStore(operations), "last"));
        _gateway.Respond(200, Completion).Respond(200, Completion);

        await Client(alone).Chat.CompleteAsync(Request());
        await Client(last).Chat.CompleteAsync(Request(), new CCApiRequestOptions { Budget = first });

        Assert.Equal(
            [
                "alone: reserve and mark", "alone: settle",
                "first: reserve", "last: reserve and mark", "first: mark", "first: settle", "last: settle",
            ],
            operations);
        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Fact]
    public async Task Store_ThatMarksAsSentWhenItReserves_RejectsWhatDoesNotFit()
    {
        var operations = new List<string>();
        var budget = new CCApiBudget(new SendingStore(operations) { IsFull = true }, "full");

        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client(budget).Chat.CompleteAsync(Request()));

        Assert.Equal(["full: reserve and mark"], operations);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task Store_WhoseReservationExpiresAtOnce_FailsTheCallBeforeItIsSent()
    {
        var store = new InMemoryBudgetStore(_clock) { ReservationLifetime = TimeSpan.Zero };
        store.SetLimit("a", 10);

        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => Client(new CCApiBudget(store, "a")).Chat.CompleteAsync(Request()));

        Assert.Empty(_gateway.Sent);
    }

    private static ChatCompletionRequest Request() => new() { Model = "chat", Messages = [ChatMessage.User("Hi")], MaxTokens = 10 };

    private static MultimodalImageGenerationRequest Job()
    {
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("image");
        request.Parameters = new MultimodalImageParameters { NumImages = 2 };
        return request;
    }

    private Func<decimal> Watch(CCApiBudget budget, string json)
    {
        var reserved = 0m;
        _gateway.Respond(_ =>
        {
            reserved = budget.Reserved;
            return FakeGateway.Json(200, json);
        });
        return () => reserved;
    }

    private int BytesSent(int request) => Encoding.UTF8.GetByteCount(_gateway.Sent[request].Body!);

    private void Stream(params string[] events) =>
        _gateway.Respond(_ => FakeGateway.Content(200, string.Concat(events.Select(data => $"data: {data}\n\n")), "text/event-stream"));

    private CCApiClient Client() => Client(_budget);

    private CCApiClient Client(CCApiBudget? budget, Action<CCApiClientOptions>? configure = null, bool retrieved = true)
    {
        _transport = _gateway.Transport(options =>
        {
            options.TimeProvider = _clock;
            options.Retry.BaseDelay = TimeSpan.Zero;
            options.Budget = budget;
            configure?.Invoke(options);
        });
        if (_transport.Options.TimeProvider is not TestClock)
        {
            _prices.RetrievedAt = _transport.Options.TimeProvider.GetUtcNow();
        }

        _transport.Costs.Prices = retrieved ? _prices : null;
        return new CCApiClient(_transport);
    }

    /// <summary>A store of 10 USD, whose reservation of a number waits before or after it reserves.</summary>
    private sealed class SlowStore : IBudgetStore
    {
        private readonly InMemoryBudgetStore _inner;
        private int _reservations;

        public SlowStore(TimeProvider time)
        {
            _inner = new InMemoryBudgetStore(time);
            _inner.SetLimit("a", 10);
        }

        public int SlowReservation { get; init; }

        public bool ReservesFirst { get; init; }

        public bool IgnoresToken { get; init; }

        public bool FailsToMark { get; init; }

        public TaskCompletionSource<bool> IsReserving { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> Reserved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public BudgetState GetState(string scope) => _inner.GetState(scope);

        public async ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
        {
            var isSlow = Interlocked.Increment(ref _reservations) == SlowReservation;
            if (ReservesFirst)
            {
                await _inner.ReserveAsync(scope, reservationId, amount, cancellationToken);
            }

            if (isSlow)
            {
                var canceled = new TaskCompletionSource<bool>();
                using var registration = IgnoresToken ? default : cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
                IsReserving.TrySetResult(true);
                await await Task.WhenAny(Reserved.Task, canceled.Task);
            }

            return await _inner.ReserveAsync(scope, reservationId, amount, CancellationToken.None);
        }

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default) =>
            FailsToMark ? throw new TimeoutException("down") : _inner.MarkSentAsync(scope, reservationId, cancellationToken);

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            _inner.SettleAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => _inner.GetStateAsync(scope, cancellationToken);
    }

    /// <summary>A store that marks as sent in the same step in which it reserves.</summary>
    private sealed class SendingStore(List<string> operations) : ISendingBudgetStore
    {
        public bool IsFull { get; init; }

        public ValueTask<BudgetDecision> ReserveAndMarkSentAsync(
            string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) => Decide(scope, "reserve and mark");

        public ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            Decide(scope, "reserve");

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
        {
            operations.Add($"{scope}: mark");
            return new(true);
        }

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
        {
            operations.Add($"{scope}: settle");
            return new(new BudgetState(10, amount, 0));
        }

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => new(new BudgetState(10, 0, 0));

        private ValueTask<BudgetDecision> Decide(string scope, string operation)
        {
            operations.Add($"{scope}: {operation}");
            return new(new BudgetDecision(!IsFull, new BudgetState(10, 0, 0)));
        }
    }

    /// <summary>A store whose network is down.</summary>
    private sealed class FailingStore : IBudgetStore
    {
        public bool FailsToSettle { get; init; }

        public Exception Error { get; init; } = new TimeoutException("down");

        public ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            FailsToSettle ? new(new BudgetDecision(true, new BudgetState(10, 0, amount))) : throw Error;

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default) => new(true);

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            throw new TimeoutException("down");

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => throw new TimeoutException("down");
    }
}
