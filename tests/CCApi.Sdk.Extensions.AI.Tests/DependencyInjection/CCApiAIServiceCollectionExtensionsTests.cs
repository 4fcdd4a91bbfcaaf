using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.DependencyInjection;

public sealed class CCApiAIServiceCollectionExtensionsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddCcApiChatClient_BesideAddCcApiInAnyOrder_CallsTheGateway(bool isFirst)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        var services = new ServiceCollection();
        if (isFirst)
        {
            services.AddCcApiChatClient("openai/gpt-4o-mini");
        }

        services.AddCcApi(options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress));
        if (!isFirst)
        {
            services.AddCcApiChatClient("openai/gpt-4o-mini");
        }

        await using var provider = services.BuildServiceProvider();
        var response = await provider.GetRequiredService<IChatClient>().GetResponseAsync("Hello");

        Assert.NotEmpty(response.Text);
        Assert.Equal("openai/gpt-4o-mini", Assert.Single(emulator.Requests).Model);
        Assert.Same(provider.GetRequiredService<CCApiClient>().Chat, provider.GetRequiredService<IChatClient>().GetService<ChatClient>());
    }

    [Fact]
    public void AddCcApiChatClient_WithAFakeOfTheUser_KeepsIt()
    {
        var fake = new FakeChat();
        var services = new ServiceCollection();
        services.AddSingleton<ChatClient>(fake);
        services.AddCcApiChatClient("m").UseFunctionInvocation();

        using var provider = services.BuildServiceProvider();

        Assert.Same(fake, provider.GetRequiredService<IChatClient>().GetService<ChatClient>());
        Assert.NotNull(provider.GetRequiredService<IChatClient>().GetService<FunctionInvokingChatClient>());
    }

    [Fact]
    public void AddKeyedCcApiChatClient_OfSeveralModels_RegistersEach()
    {
        var services = new ServiceCollection();
        services.AddCcApi(options => options.ApiKey = "key");
        services.AddKeyedCcApi("tenant", options => options.ApiKey = "other");
        services.AddKeyedCcApiChatClient("fast", "a");
        services.AddKeyedCcApiChatClient("tenant", "b");

        using var provider = services.BuildServiceProvider();
        var (fast, tenant) = (provider.GetRequiredKeyedService<IChatClient>("fast"), provider.GetRequiredKeyedService<IChatClient>("tenant"));

        Assert.Equal("a", fast.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Equal("b", tenant.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Same(provider.GetRequiredService<ChatClient>(), fast.GetService<ChatClient>());
        Assert.Same(provider.GetRequiredKeyedService<ChatClient>("tenant"), tenant.GetService<ChatClient>());
        Assert.Null(provider.GetService<IChatClient>());
    }

    [Fact]
    public void AddKeyedCcApiChatClient_WithoutAClient_ThrowsWithTheFix()
    {
        var services = new ServiceCollection();
        services.AddKeyedCcApiChatClient("fast", "a");
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<IChatClient>("fast"));

        Assert.Contains("services.AddCcApi()", exception.Message, StringComparison.Ordinal);
    }

    private sealed class FakeChat : ChatClient
    {
        public override Task<ChatCompletionResponse> CompleteAsync(
            ChatCompletionRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatCompletionResponse());
    }
}
