using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Chat;

public sealed class ChatClientAdapterTests : IDisposable
{
    private readonly CannedGateway _gateway = new();

    private IChatClient Chat => _gateway.Client.Chat.AsIChatClient("m");

    [Fact]
    public void GetService_OfTheMetadata_NamesProviderAddressAndModel()
    {
        var metadata = Chat.GetService<ChatClientMetadata>()!;

        Assert.Equal("ccapi", metadata.ProviderName);
        Assert.Equal(new Uri("https://gateway.test/v1/"), metadata.ProviderUri);
        Assert.Equal("m", metadata.DefaultModelId);
    }

    [Fact]
    public void GetService_OfTheFacade_ReturnsIt()
    {
        Assert.Same(_gateway.Client.Chat, Chat.GetService<ChatClient>());
        Assert.Same(_gateway.Client.Chat, Chat.AsBuilder().UseFunctionInvocation().Build().GetService<ChatClient>());
    }

    [Fact]
    public void GetService_OfItself_ReturnsIt()
    {
        using var chat = Chat;

        Assert.Same(chat, chat.GetService<IChatClient>());
        Assert.Same(chat, chat.GetService(typeof(object)));
    }

    [Fact]
    public void GetService_OfAnythingElseOrWithAKey_ReturnsNull()
    {
        Assert.Null(Chat.GetService<string>());
        Assert.Null(Chat.GetService(typeof(IChatClient), "key"));
        Assert.Throws<ArgumentNullException>("serviceType", () => Chat.GetService(null!));
    }

    [Fact]
    public async Task GetResponseAsync_OfAToolsLoopWithAnIdempotencyKey_NumbersItsTurns()
    {
        const string Call = """{"role":"assistant","tool_calls":[{"id":"t1","type":"function","function":{"name":"now","arguments":"{}"}}]}""";
        _gateway.Message(Call, "tool_calls").Message("""{"role":"assistant","content":"Noon."}""");
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(() => "12:00", "now")],
            AdditionalProperties = new() { ["call"] = new CCApiRequestOptions { IdempotencyKey = "k" } },
        };

        await Chat.AsBuilder().UseFunctionInvocation().Build().GetResponseAsync("What time is it?", options, TestContext.Current.CancellationToken);

        Assert.Equal(["k", "k-2"], _gateway.Headers.Select(headers => headers.GetValues("Idempotency-Key").Single()));
    }

    [Fact]
    public async Task GetResponseAsync_WithoutMessages_Throws()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("messages", () => Chat.GetResponseAsync((IEnumerable<Microsoft.Extensions.AI.ChatMessage>)null!));
        Assert.Throws<ArgumentNullException>("messages", () => Chat.GetStreamingResponseAsync((IEnumerable<Microsoft.Extensions.AI.ChatMessage>)null!));
    }

    [Fact]
    public async Task GetResponseAsync_OfAFake_CallsIt()
    {
        var fake = new FakeChat();
        using var chat = fake.AsIChatClient("m");

        var response = await chat.GetResponseAsync("Hello");

        Assert.Equal("Hi", response.Text);
        Assert.Equal("m", fake.Request!.Model);
        Assert.True(fake.Options!.IsInstrumentedByCaller);
        Assert.Null(chat.GetService<ChatClientMetadata>()!.ProviderUri);
    }

    [Fact]
    public async Task GetResponseAsync_OfAnErrorResponse_ThrowsWhatTheFacadeThrows()
    {
        _gateway.Json("""{"error":{"message":"No credit.","type":"billing_error","code":"insufficient_quota"}}""");

        await Assert.ThrowsAsync<CCApiBillingException>(() => Chat.GetResponseAsync("Hello"));
    }

    [Fact]
    public async Task GetResponseAsync_Canceled_Throws()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chat.GetResponseAsync("Hello", cancellationToken: canceled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Chat.GetStreamingResponseAsync("Hello", cancellationToken: canceled.Token).ToListAsync());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_EnumeratedTwice_CallsTwice()
    {
        const string chunk = """{"id":"r1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""";
        _gateway.Events(chunk).Events(chunk);
        var updates = Chat.GetStreamingResponseAsync("Hello");

        Assert.Equal("Hi", (await updates.ToChatResponseAsync()).Text);
        Assert.Equal("Hi", (await updates.ToChatResponseAsync()).Text);
        Assert.Equal(2, _gateway.Bodies.Count);
    }

    [Fact]
    public async Task Dispose_OfTheAdapter_LeavesTheClient()
    {
        Chat.Dispose();
        _gateway.Message("""{"content":"Hi"}""");

        Assert.Equal("Hi", (await Chat.GetResponseAsync("Hello")).Text);
    }

    public void Dispose() => _gateway.Dispose();

    private sealed class FakeChat : ChatClient
    {
        public ChatCompletionRequest? Request { get; private set; }

        public CCApiRequestOptions? Options { get; private set; }

        public override Task<ChatCompletionResponse> CompleteAsync(
            ChatCompletionRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
        {
            (Request, Options) = (request, options);
            return Task.FromResult(new ChatCompletionResponse
            {
                Choices = [new ChatCompletionChoice { Message = Models.ChatMessage.Assistant("Hi") }],
            });
        }
    }
}
