using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Simmy;
using Polly.Simmy.Fault;
using Polly.Timeout;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class AttemptPipelineTests
{
    private const string Completion = """{"choices":[{"message":{"content":"Hello!"}}]}""";
    private const string Repeated = "repeated by a strategy of ConfigureResilience";
    private const string Error = """{"error":{"message":"gone","code":"internal_error"}}""";

    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();
    private readonly List<Exception?> _seen = [];

    [Fact]
    public async Task RunAsync_OfACircuitThatOpens_EndsCallsWithItsExceptionUntilItCloses()
    {
        var chat = Chat(builder => builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 1,
            MinimumThroughput = 2,
            BreakDuration = TimeSpan.FromSeconds(30),
            ShouldHandle = args => Handles(args.Outcome.Exception),
        }));
        _gateway.Respond(500, Error).Respond(500, Error).Respond(200, Completion);

        var first = await Record.ExceptionAsync(() => chat.CompleteAsync("m", "Hi"));
        await Assert.ThrowsAsync<CCApiServerException>(() => chat.CompleteAsync("m", "Hi"));
        var open = await Assert.ThrowsAsync<BrokenCircuitException>(() => chat.CompleteAsync("m", "Hi"));
        var sent = _gateway.Sent.Count;
        _clock.Advance(TimeSpan.FromSeconds(31));
        var response = await chat.CompleteAsync("m", "Hi");

        Assert.Equal((2, "Hello!"), (sent, response.Text));
        Assert.IsType<CCApiServerException>(open.InnerException);
        Assert.Equal(_seen[0]!.Message, Assert.IsType<CCApiServerException>(first).Message);
        Assert.Single(((CCApiServerException)first!).Attempts);
    }

    [Fact]
    public async Task RunAsync_OfACircuitThatOpensDuringRetries_EndsTheCallWithItsException()
    {
        var chat = Chat(
            builder => builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions { FailureRatio = 1, MinimumThroughput = 2, ShouldHandle = args => Handles(args.Outcome.Exception) }),
            maxRetries: 5);
        _gateway.Respond(500, Error).Respond(500, Error);

        await Assert.ThrowsAsync<BrokenCircuitException>(() => chat.CompleteAsync("m", "Hi"));

        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Fact]
    public async Task RunAsync_OfAnInjectedFault_IsRetriedAsOneOfTheNetwork()
    {
        var faults = 2;
        var chat = Chat(
            builder => builder.AddChaosFault(new ChaosFaultStrategyOptions
            {
                InjectionRate = 1,
                FaultGenerator = _ => new ValueTask<Exception?>(faults-- > 0 ? new HttpRequestException("chaos") : null),
            }),
            maxRetries: 2);
        _gateway.Respond(200, Completion);

        var response = await chat.CompleteAsync("m", "Hi");

        Assert.Equal(("Hello!", 3, 1), (response.Text, response.Info!.Attempts.Count, _gateway.Sent.Count));
    }

    [Fact]
    public async Task RunAsync_OfAnInjectedFaultForEver_IsTheFailureOfTheCall()
    {
        var chat = Chat(builder => builder.AddChaosFault(1, () => new HttpRequestException("chaos")), maxRetries: 2);

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => chat.CompleteAsync("m", "Hi"));

        Assert.Equal((3, false), (exception.Attempts.Count, exception.MayHaveBeenSent));
    }

    [Fact]
    public async Task RunAsync_OfAnInjectedFault_FailsOver()
    {
        var faults = 1;
        var chat = Chat(
            builder => builder.AddChaosFault(new ChaosFaultStrategyOptions
            {
                InjectionRate = 1,
                FaultGenerator = _ => new ValueTask<Exception?>(faults-- > 0 ? new HttpRequestException("chaos") : null),
            }),
            configure: options => options.Failover.Alternatives["m"] = ["n"]);
        _gateway.Respond(200, Completion);

        await chat.CompleteAsync("m", "Hi");

        Assert.Contains("\"n\"", Assert.Single(_gateway.Sent).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task RunAsync_OfATimeoutStrategy_EndsTheAttemptAndIsRetriedWhenAllowed(bool isAllowed, int requests)
    {
        var chat = Chat(builder => builder.AddTimeout(TimeSpan.FromSeconds(7)), maxRetries: 1);
        _gateway.Hang().Respond(200, Completion);

        var call = chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { RetryPossiblyCharged = isAllowed });
        await _gateway.Received(1);
        await _clock.Pass(TimeSpan.FromSeconds(7));
        var exception = await Record.ExceptionAsync(() => Patience.Wait(call));

        Assert.Equal(requests, _gateway.Sent.Count);
        Assert.Equal(isAllowed ? null : CCApiTimeoutKind.Attempt, (exception as CCApiTimeoutException)?.Kind);
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategy_RunsTheAttemptAgain()
    {
        var chat = Chat(builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero, ShouldHandle = args => Handles(args.Outcome.Exception) }));
        _gateway.Respond(500, Error).Respond(200, Completion);

        var response = await chat.CompleteAsync("m", "Hi");

        Assert.Equal(("Hello!", 2), (response.Text, _gateway.Sent.Count));
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategyInsideRetries_ListsEachRequestOnceAndLeavesTheRetriesOfTheSdk()
    {
        var chat = Chat(builder => builder.AddRetry(Once()), maxRetries: 2);
        _gateway.Otherwise = _ => FakeGateway.Json(500, Error);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => chat.CompleteAsync("m", "Hi"));

        Assert.Equal(6, _gateway.Sent.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], exception.Attempts.Select(attempt => attempt.Number));
        Assert.All(exception.Attempts, attempt => Assert.Equal((HttpStatusCode.InternalServerError, "internal_error"), (attempt.StatusCode, attempt.Fault)));
        Assert.Equal([Repeated, "transient", Repeated, "transient", Repeated, "2 retries were made"], exception.Attempts.Select(attempt => attempt.Decision));
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategyBeforeAFailover_LeavesTheRetriesOfEachModel()
    {
        var chat = Chat(builder => builder.AddRetry(Once()), maxRetries: 1, options => options.Failover.Alternatives["m"] = ["n"]);
        _gateway.Otherwise = _ => FakeGateway.Json(500, Error);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => chat.CompleteAsync("m", "Hi"));

        Assert.Equal(["m", "m", "m", "m", "n", "n", "n", "n"], exception.Attempts.Select(attempt => attempt.Model));
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategyAndANewKey_LeavesTheRetriesOfTheSdk()
    {
        var keys = 0;
        var chat = Chat(builder => builder.AddRetry(Once()), maxRetries: 1, options => options.ApiKeyProvider = _ => new($"sk-key-{++keys}"));
        _gateway.Respond(500, Error).Respond(401, Error).Respond(500, Error).Respond(500, Error).Respond(200, Completion);

        var response = await chat.CompleteAsync("m", "Hi");

        Assert.Equal(
            [Repeated, "ApiKeyProvider returned another key", Repeated, "transient", null],
            response.Info!.Attempts.Select(attempt => attempt.Decision));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfARetryStrategyThatSucceeds_ListsTheRequestsBeforeToo(bool isStream)
    {
        var chat = Chat(builder => builder.AddRetry(Once()));
        _gateway.Respond(500, Error);
        _ = isStream
            ? _gateway.Respond(_ => FakeGateway.Content(200, ChatScript.Frames(ChatScript.Text("Hello!", "stop")), ApiRequest.EventStream))
            : _gateway.Respond(200, Completion);

        var response = isStream ? await chat.StreamAsync("m", "Hi").GetResponseAsync() : await chat.CompleteAsync("m", "Hi");

        Assert.Equal([(1, Repeated), (2, null)], response.Info!.Attempts.Select(attempt => (attempt.Number, attempt.Decision)));
    }

    [Fact]
    public async Task RunAsync_OfATimeoutWithinARetryStrategy_ListsTheRequestThatItEnded()
    {
        var chat = Chat(builder => builder.AddRetry(Once(exception => exception is TimeoutRejectedException)).AddTimeout(TimeSpan.FromSeconds(7)));
        _gateway.Hang().Respond(200, Completion);

        var call = chat.CompleteAsync("m", "Hi");
        await _gateway.Received(1);
        await _clock.Pass(TimeSpan.FromSeconds(7));
        var response = await Patience.Wait(call);

        Assert.Equal([(1, nameof(CCApiTimeoutException)), (2, null)], response.Info!.Attempts.Select(attempt => (attempt.Number, attempt.Fault)));
        Assert.Equal(CostSource.Unknown, response.Info.Attempts[0].Cost?.Source);
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategyThatDropsASuccess_ListsAndChargesBoth()
    {
        var chat = Chat(builder => builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result is ChatCompletionResponse { Text: "" }),
        }));
        _gateway.Respond(200, """{"choices":[{"message":{"content":""}}],"usage":{"cost":0.25}}""");
        _gateway.Respond(200, """{"choices":[{"message":{"content":"Hello!"}}],"usage":{"cost":0.5}}""");

        var response = await chat.CompleteAsync("m", "Hi");

        Assert.Equal([(1, HttpStatusCode.OK), (2, HttpStatusCode.OK)], response.Info!.Attempts.Select(attempt => (attempt.Number, attempt.StatusCode!.Value)));
        Assert.Equal(0.75m, response.Info.Cost.Amount);
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategyAndContentThatCanBeSentOnce_SendsItOnce()
    {
        using var client = Client(builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.Zero, ShouldHandle = args => Handles(args.Outcome.Exception) }));
        using var content = new OnceContent();
        _gateway.Respond(500, Error).Respond(200, "{}");

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => client.SendAsync(HttpMethod.Post, "files", content, JsonTypes.Element));

        Assert.Equal("abc", Assert.Single(_gateway.Sent).Body);
        Assert.Single(exception.Attempts);
    }

    [Fact]
    public async Task RunAsync_OfARetryStrategyAndAnOpenResponse_OpensThatOfTheLastAttempt()
    {
        using var client = Client(builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero, ShouldHandle = args => Handles(args.Outcome.Exception) }));
        using var content = new StringContent("abc");
        _gateway.Respond(500, Error).Respond(_ => FakeGateway.Content(200, "sound", "audio/mpeg"));

        using var response = await client.SendAsync(HttpMethod.Post, "files", content);

        Assert.Equal("sound", await response.ReadAsStringAsync());
        Assert.Equal(["abc", "abc"], _gateway.Sent.Select(request => request.Body));
    }

    [Fact]
    public async Task RunAsync_OfAStream_CoversItToItsFirstContent()
    {
        var faults = 1;
        var chat = Chat(
            builder => builder.AddChaosFault(new ChaosFaultStrategyOptions
            {
                InjectionRate = 1,
                FaultGenerator = _ => new ValueTask<Exception?>(faults-- > 0 ? new HttpRequestException("chaos") : null),
            }),
            maxRetries: 1);
        _gateway.Respond(_ => FakeGateway.Content(200, ChatScript.Frames(ChatScript.Text("Hello!", "stop")), ApiRequest.EventStream));

        var response = await chat.StreamAsync("m", "Hi").GetResponseAsync();

        Assert.Equal("Hello!", response.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfAStrategyThatDropsAStream_ClosesAndBooksIt(bool isRepeated)
    {
        var bodies = new List<PiecewiseStream>();
        _gateway.Otherwise = sent =>
        {
            if (sent.Method == "GET")
            {
                return FakeGateway.Json(200, """{"data":[]}""");
            }

            bodies.Add(PiecewiseStream.Of(Encoding.ASCII.GetBytes(ChatScript.Frames(ChatScript.Text("Hello!", "stop")))));

            return FakeGateway.Stream(200, bodies[bodies.Count - 1]);
        };
        var store = new InMemoryBudgetStore();
        store.SetLimit("scope", 1);
        using var client = _gateway.Client(options =>
        {
            options.TimeProvider = _clock;
            options.Budget = new CCApiBudget(store, "scope") { UnknownPriceReservation = 0.1m };
            options.RetrieveCatalogForCosts = false;
            options.ConfigureResilience = builder => builder.AddStrategy(_ => new DroppingStrategy(isRepeated), new DroppingOptions());
        });
        var stream = client.Chat.StreamAsync("m", "Hi");

        var exception = await Record.ExceptionAsync(() => stream.GetResponseAsync());

        Assert.Equal(isRepeated ? null : typeof(InvalidOperationException), exception?.GetType());
        Assert.Equal((isRepeated ? 0.2m : 0.1m, 0m), (store.GetState("scope").Spent, store.GetState("scope").Reserved));
        Assert.All(bodies, body => Assert.True(body.IsDisposed));
        Assert.Equal(isRepeated ? 2 : 1, bodies.Count);
    }

    [Fact]
    public async Task RunAsync_OfTwoCalls_BuildsTheStrategiesOnce()
    {
        var builds = 0;
        var chat = Chat(_ => builds++);
        var before = builds;
        _gateway.Respond(200, Completion).Respond(200, Completion);

        await chat.CompleteAsync("m", "Hi");
        await chat.CompleteAsync("m", "Hi");

        Assert.Equal((0, 1), (before, builds));
    }

    private static RetryStrategyOptions Once(Func<Exception?, bool>? handles = null) => new()
    {
        MaxRetryAttempts = 1,
        Delay = TimeSpan.Zero,
        ShouldHandle = args => new ValueTask<bool>(handles?.Invoke(args.Outcome.Exception) ?? args.Outcome.Exception is CCApiServerException),
    };

    private ChatClient Chat(Action<ResiliencePipelineBuilder> strategies, int maxRetries = 0, Action<CCApiClientOptions>? configure = null) =>
        Client(strategies, maxRetries, configure).Chat;

    private CCApiClient Client(Action<ResiliencePipelineBuilder> strategies, int maxRetries = 0, Action<CCApiClientOptions>? configure = null) => _gateway.Client(options =>
    {
        options.TimeProvider = _clock;
        options.Retry.MaxRetries = maxRetries;
        options.Retry.BaseDelay = TimeSpan.Zero;
        options.ConfigureResilience = strategies;
        configure?.Invoke(options);
    });

    private ValueTask<bool> Handles(Exception? exception)
    {
        _seen.Add(exception);
        return new ValueTask<bool>(exception is CCApiServerException);
    }

    /// <summary>Content of the caller that has nothing left when it is sent again.</summary>
    private sealed class OnceContent : HttpContent
    {
        private byte[] _rest = [97, 98, 99];

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = _rest;
            _rest = [];
            return stream.WriteAsync(bytes, 0, bytes.Length);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class DroppingOptions : ResilienceStrategyOptions;

    /// <summary>A strategy that drops the result of an attempt, and throws or makes another one.</summary>
    private sealed class DroppingStrategy(bool isRepeated) : ResilienceStrategy
    {
        protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            await callback(context, state);

            return isRepeated ? await callback(context, state) : Outcome.FromException<TResult>(new InvalidOperationException("dropped"));
        }
    }
}
