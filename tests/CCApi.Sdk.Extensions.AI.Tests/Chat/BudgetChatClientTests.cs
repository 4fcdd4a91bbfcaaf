using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
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

    private static ChatResponse Response(long input, long output, string model = "m") => new(new ChatMessage(ChatRole.Assistant, "Hi!"))
    {
        ModelId = model,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    private IChatClient Client(Func<ChatResponse> respond, CCApiBudget? budget = null) =>
        new OtherChatClient(respond).AsBuilder().UseCCApiBudget(budget ?? _budget, _catalog).Build();

    /// <summary>A client of another provider.</summary>
    private sealed class OtherChatClient(Func<ChatResponse> respond) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(respond());

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var response = respond();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Hi!") { ModelId = response.ModelId };
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(response.Usage!)]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
