using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Ecosystem;

/// <summary>Semantic Kernel over the adapter and the emulator.</summary>
public sealed class SemanticKernelTests
{
    private const string Model = "openai/gpt-4o-mini";

    [Fact]
    public async Task InvokePromptAsync_WithAKernelFunction_CallsIt()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Oslo").CallTool("Weather_get_weather", """{"city":"Oslo"}""").ThenReply("Snow.");
        var kernel = CreateKernel(client);
        kernel.Plugins.AddFromFunctions("Weather", [KernelFunctionFactory.CreateFromMethod((string city) => $"Snow in {city}", "get_weather", "Current weather")]);
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

        var result = await kernel.InvokePromptAsync("Weather in {{$city}}?", new KernelArguments(settings) { ["city"] = "Oslo" });

        Assert.Equal("Snow.", result.ToString());
        Assert.Equal(["Snow in Oslo"], emulator.Requests[1].ToolResults);
    }

    [Fact]
    public async Task AsChatCompletionService_OfTheAdapter_StreamsText()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        emulator.Script.WhenChat("Hello").Reply("Hello to you.");
        using var chat = client.Chat.AsIChatClient(Model);
        var service = chat.AsChatCompletionService();
        var text = "";

        await foreach (var piece in service.GetStreamingChatMessageContentsAsync(new ChatHistory("Hello")))
        {
            text += piece.Content;
        }

        Assert.NotEmpty(text);
    }

    private static Kernel CreateKernel(CCApiClient client)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(client.Chat.AsIChatClient(Model).AsBuilder().UseKernelFunctionInvocation().Build());
        return builder.Build();
    }
}
