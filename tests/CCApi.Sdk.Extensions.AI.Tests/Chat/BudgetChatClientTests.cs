using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatRole = Microsoft.Extensions.AI.ChatRole;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

public sealed class BudgetChatClientTests
{
    // 0.001 for a prompt token, 0.01 for a completion token.
    private static readonly ModelCatalog _catalog = ModelCatalog.FromModels(
        [JsonSerializer.Deserialize<ModelSummary>("""{"id":"m","ccapi":{"capabilities":{"context_length":3000},"pricing":{"unit":"1M tokens","input":1000,"output":10000}}}""")!]);

    private static readonly ChatOptions _options = new() { ModelId = "m", MaxOutputTokens = 10 };

    private readonly CCApiBudget _budget = new(100);

    [Fact]
    public async Task GetResponseAsync_OfAnyClient_ReservesAndSettles()
    {
        var reserved = 0m;
        using var client = Client(() =>
        {
            reserved = _budget.Reserved;
            return Response(7, 3);
        });

        await client.GetResponseAsync("Hello", _options);

        Assert.Equal(((5 + 32) * 0.001m) + 0.1m, reserved);
        Assert.Equal(new BudgetState(100, 0.037m, 0), _budget.State);
    }

    [Fact]
    public async Task GetResponseAsync_ThatDoesNotFit_IsNotSent()
    {
        var calls = 0;
        using var client = Client(
            () =>
            {
                calls++;
                return Response(7, 3);
            },
            new CCApiBudget(0.1m));

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.GetResponseAsync("Hello", _options));

        Assert.Equal((0, 0.137m, "chat client"), (calls, exception.Requested, exception.BudgetOf));
    }

    [Fact]
    public async Task GetResponseAsync_WithContentThatIsNotText_ReservesTheContext()
    {
        var reserved = 0m;
        using var client = Client(() =>
        {
            reserved = _budget.Reserved;
            return Response(7, 3);
        });

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, [new UriContent("https://cdn.test/a.png", "image/png")])], _options);

        Assert.Equal(3.1m, reserved);
    }

    [Fact]
    public async Task GetResponseAsync_WithoutUsage_CountsAllOfItsReservation()
    {
        using var client = Client(() => new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi!")));

        await client.GetResponseAsync("Hello", _options);

        Assert.Equal(new BudgetState(100, 0.137m, 0), _budget.State);
    }

    [Fact]
    public async Task GetResponseAsync_ThatFails_CountsAllOfItsReservation()
    {
        using var client = Client(() => throw new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync("Hello", _options));

        Assert.Equal(0.137m, _budget.Spent);
    }

    [Fact]
    public async Task GetResponseAsync_ThatIsRejected_IsFree()
    {
        using var client = Client(() => throw new CCApiBadRequestException("no"));

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => client.GetResponseAsync("Hello", _options));

        Assert.Equal(new BudgetState(100, 0, 0), _budget.State);
    }

    [Fact]
    public async Task GetResponseAsync_OfUnknownPrice_ReservesTheConfiguredAmountOrIsNotSent()
    {
        var budget = new CCApiBudget(1) { UnknownPriceReservation = 0.5m };
        using var configured = Client(() => Response(7, 3, "other"), budget);
        using var client = Client(() => Response(7, 3, "other"));

        await configured.GetResponseAsync("Hello", new ChatOptions { ModelId = "other" });
        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.GetResponseAsync("Hello", new ChatOptions { ModelId = "other" }));

        Assert.Equal(0.5m, budget.Spent);
    }

    [Theory]
    [InlineData(0.2, "USD", 1, 0.25, "USD", 1, 0.45)]
    [InlineData(0.2, "USD", 1, 3.0, "credits", 1, 0.037)]
    [InlineData(0.2, "USD", 1, null, null, 1, 0.037)]
    [InlineData(0.2, "USD", 2, 0.25, "USD", 1, 0.037)]
    public async Task GetResponseAsync_OfALoopOverCallsThatReportTheirCosts_SettlesThemWhereAllAreKnown(
        double first, string currency, int attempts, double? second, string? otherCurrency, int otherAttempts, double expected)
    {
        using var client = Client(() =>
        {
            var response = Response(7, 3);
            response.Messages[0].AdditionalProperties = Properties((decimal)first, currency, attempts);
            response.Messages.Add(new ChatMessage(ChatRole.Tool, "done"));
            response.Messages.Add(new ChatMessage(ChatRole.Assistant, "Hi!") { AdditionalProperties = Properties((decimal?)second, otherCurrency, otherAttempts) });

            // What the last call of a loop reports, not the sum.
            response.AdditionalProperties = response.Messages[2].AdditionalProperties;
            return response;
        });

        await client.GetResponseAsync("Hello", _options);

        Assert.Equal(new BudgetState(100, (decimal)expected, 0), _budget.State);
    }

    [Theory]
    [InlineData(false, 0.25)]
    [InlineData(true, 0.5)]
    public async Task GetStreamingResponseAsync_OfUnknownPriceThatReportsItsCost_SettlesItWhenItIsRead(bool isLeft, double expected)
    {
        var budget = new CCApiBudget(1) { UnknownPriceReservation = 0.5m };
        using var gateway = new CannedGateway();
        gateway.Events(
            """{"id":"c","choices":[{"index":0,"delta":{"content":"Hi!"}}]}""",
            """{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"cost":0.25}}""");
        using var client = gateway.Client.Chat.AsIChatClient("other").AsBuilder().UseCCApiBudget(budget).Build();

        await foreach (var update in client.GetStreamingResponseAsync("Hello"))
        {
            if (isLeft)
            {
                break;
            }
        }

        Assert.Equal(new BudgetState(1, (decimal)expected, 0), budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThatIsRead_SettlesItsUsage()
    {
        using var client = Client(() => Response(7, 3));

        await foreach (var _ in client.GetStreamingResponseAsync("Hello", _options))
        {
            Assert.Equal(0.137m, _budget.Reserved);
        }

        Assert.Equal(new BudgetState(100, 0.037m, 0), _budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThatIsAbandoned_CountsAllOfItsReservation()
    {
        using var client = Client(() => Response(7, 3));

        await foreach (var _ in client.GetStreamingResponseAsync("Hello", _options))
        {
            break;
        }

        Assert.Equal(new BudgetState(100, 0.137m, 0), _budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThatIsRejected_IsFree()
    {
        using var client = Client(() => throw new CCApiBadRequestException("no"));

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => ReadAsync(client));

        Assert.Equal(new BudgetState(100, 0, 0), _budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_RejectedBeforeItIsEnumerated_IsFree()
    {
        using var client = new OtherChatClient(() => Response(7, 3)) { RejectsAtOnce = true }.AsBuilder().UseCCApiBudget(_budget, _catalog).Build();

        await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(client));

        Assert.Equal(new BudgetState(100, 0, 0), _budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThatFails_CountsAllOfItsReservation()
    {
        using var client = Client(() => throw new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(client));

        Assert.Equal(new BudgetState(100, 0.137m, 0), _budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThatFailsAfterAnUpdate_CountsAllOfItsReservation()
    {
        using var client = new OtherChatClient(() => Response(7, 3)) { Breaks = () => new CCApiBadRequestException("no") }.AsBuilder().UseCCApiBudget(_budget, _catalog).Build();

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => ReadAsync(client));

        Assert.Equal(new BudgetState(100, 0.137m, 0), _budget.State);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThatFailsAfterItsUsage_CountsIt()
    {
        using var client = new OtherChatClient(() => Response(7, 3)) { BreaksAtTheEnd = () => new TimeoutException() }.AsBuilder().UseCCApiBudget(_budget, _catalog).Build();

        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(client));

        Assert.Equal(new BudgetState(100, 0.037m, 0), _budget.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetResponseAsync_WhoseCostIsReportedByTheException_CountsIt(bool isStreamed)
    {
        using var client = Client(() => throw new CCApiServerException("busy") { Cost = new CCApiCost(0.05m, "USD", CostSource.Reported) });

        await Assert.ThrowsAsync<CCApiServerException>(() => isStreamed ? ReadAsync(client) : client.GetResponseAsync("Hello", _options));

        Assert.Equal(new BudgetState(100, 0.05m, 0), _budget.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetResponseAsync_WhoseReservationExpiresAtOnce_IsNotSent(bool isStreamed)
    {
        var calls = 0;
        var store = new InMemoryBudgetStore { ReservationLifetime = TimeSpan.Zero };
        store.SetLimit("a", 100);
        using var client = Client(
            () =>
            {
                calls++;
                return Response(7, 3);
            },
            new CCApiBudget(store, "a"));

        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => isStreamed ? ReadAsync(client) : client.GetResponseAsync("Hello", _options));

        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetResponseAsync_WhoseStoreCannotMarkItAsSent_ReservesNothing(bool isStreamed)
    {
        var store = new UnmarkedStore();
        using var client = Client(() => Response(7, 3), new CCApiBudget(store, "a"));

        await Assert.ThrowsAsync<TimeoutException>(() => isStreamed ? ReadAsync(client) : client.GetResponseAsync("Hello", _options));

        Assert.Equal(new BudgetState(100, 0, 0), store.Inner.GetState("a"));
    }

    [Fact]
    public async Task GetResponseAsync_OfAConversationOfTheServer_ReservesTheContext()
    {
        var reserved = 0m;
        using var client = Client(() =>
        {
            reserved = _budget.Reserved;
            return Response(7, 3);
        });

        await client.GetResponseAsync("Hello", new ChatOptions { ModelId = "m", MaxOutputTokens = 10, ConversationId = "thread-1" });

        Assert.Equal(3.1m, reserved);
    }

    [Theory]
    [InlineData(3)]
    [InlineData("3")]
    [InlineData("many")]
    public async Task GetResponseAsync_WithSeveralChoices_ReservesForEach(object choices)
    {
        using var client = Client(() => Response(7, 3), new CCApiBudget(0.3m));
        var options = new ChatOptions { ModelId = "m", MaxOutputTokens = 10, AdditionalProperties = new() { ["n"] = choices } };

        var exception = await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => client.GetResponseAsync("Hello", options));

        Assert.InRange(exception.Requested!.Value, 0.337m, decimal.MaxValue);
    }

    [Fact]
    public async Task GetResponseAsync_WithSoundInItsUsage_CountsItsRates()
    {
        var catalog = ModelCatalog.FromModels(
            [JsonSerializer.Deserialize<ModelSummary>("""{"id":"m","pricing":{"unit":"1M tokens","input":1000,"output":10000,"input_audio":2000,"output_audio":80000}}""")!]);
        var response = Response(7, 3);
        (response.Usage!.InputAudioTokenCount, response.Usage.OutputAudioTokenCount) = (5, 2);
        using var client = new OtherChatClient(() => response).AsBuilder().UseCCApiBudget(_budget, catalog).Build();

        await client.GetResponseAsync("Hello", _options);

        Assert.Equal(new BudgetState(100, 0.002m + 0.010m + 0.010m + 0.160m, 0), _budget.State);
    }

    private static async Task ReadAsync(IChatClient client)
    {
        await foreach (var _ in client.GetStreamingResponseAsync("Hello", _options))
        {
        }
    }

    private static ChatResponse Response(long input, long output, string model = "m") => new(new ChatMessage(ChatRole.Assistant, "Hi!"))
    {
        ModelId = model,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    private static AdditionalPropertiesDictionary Properties(decimal? cost, string? currency, int attempts)
    {
        var properties = new AdditionalPropertiesDictionary { [CCApiAIProperties.Attempts] = attempts };
        if (cost is { } amount)
        {
            properties[CCApiAIProperties.Cost] = amount;
            properties[CCApiAIProperties.CostCurrency] = currency;
        }

        return properties;
    }

    private IChatClient Client(Func<ChatResponse> respond, CCApiBudget? budget = null) =>
        new OtherChatClient(respond).AsBuilder().UseCCApiBudget(budget ?? _budget, _catalog).Build();

    /// <summary>A client of another provider.</summary>
    private sealed class OtherChatClient(Func<ChatResponse> respond) : IChatClient
    {
        public bool RejectsAtOnce { get; init; }

        public Func<Exception>? Breaks { get; init; }

        public Func<Exception>? BreaksAtTheEnd { get; init; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(respond());

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            RejectsAtOnce ? throw new ArgumentException("no") : StreamAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            var response = respond();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Hi!") { ModelId = response.ModelId };
            if (Breaks is not null)
            {
                throw Breaks();
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(response.Usage!)]);
            if (BreaksAtTheEnd is not null)
            {
                throw BreaksAtTheEnd();
            }
        }
    }

    /// <summary>A store of 100 USD that fails when a request is about to leave.</summary>
    private sealed class UnmarkedStore : IBudgetStore
    {
        public UnmarkedStore() => Inner.SetLimit("a", 100);

        public InMemoryBudgetStore Inner { get; } = new();

        public ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            Inner.ReserveAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default) => throw new TimeoutException("down");

        public ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default) =>
            Inner.SettleAsync(scope, reservationId, amount, cancellationToken);

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => Inner.GetStateAsync(scope, cancellationToken);
    }
}
