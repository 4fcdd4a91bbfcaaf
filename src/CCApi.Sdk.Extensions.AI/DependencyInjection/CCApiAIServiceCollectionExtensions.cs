using System;
using System.Linq;
using CCApi.Sdk;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the chat models of CCAPI as <see cref="IChatClient"/>.</summary>
public static class CCApiAIServiceCollectionExtensions
{
    /// <summary>Registers a chat model as the <see cref="IChatClient"/> of the application, over the client of <c>AddCcApi</c>.</summary>
    /// <param name="services">The services. <c>AddCcApi</c> is called when no <see cref="ChatClient"/> is registered yet.</param>
    /// <param name="model">The model of calls whose <see cref="ChatOptions.ModelId"/> is null, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <returns>The builder of the pipeline, to add middleware such as <c>UseFunctionInvocation()</c> to.</returns>
    /// <exception cref="ArgumentException">The model is empty.</exception>
    /// <example><code>
    /// builder.Services.AddCcApiChatClient("openai/gpt-4o-mini").UseFunctionInvocation().UseOpenTelemetry();
    /// </code></example>
    public static ChatClientBuilder AddCcApiChatClient(this IServiceCollection services, string model)
    {
        Require.NotNull(services, nameof(services));
        Require.Text(model, nameof(model));
        var hasClient = services.Any(static service => service.ServiceType == typeof(ChatClient) && !service.IsKeyedService);
        if (!hasClient)
        {
            services.AddCcApi();
        }

        return services.AddChatClient(provider => provider.GetRequiredService<ChatClient>().AsIChatClient(model));
    }

    /// <summary>Registers a chat model as a keyed <see cref="IChatClient"/>: one of several models, or of several clients.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">
    /// The key of the service. The model is called through the client that <c>AddKeyedCcApi</c> registered under the same name, or
    /// else through that of <c>AddCcApi</c>.
    /// </param>
    /// <param name="model">The model of calls whose <see cref="ChatOptions.ModelId"/> is null, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <returns>The builder of the pipeline, to add middleware such as <c>UseFunctionInvocation()</c> to.</returns>
    /// <exception cref="ArgumentException">The name or the model is empty.</exception>
    /// <exception cref="InvalidOperationException">At first use: neither client is registered.</exception>
    /// <example><code>
    /// builder.Services.AddCcApi();
    /// builder.Services.AddKeyedCcApiChatClient("fast", "openai/gpt-4o-mini");
    /// builder.Services.AddKeyedCcApiChatClient("smart", "anthropic/claude-haiku-4-5").UseFunctionInvocation();
    /// </code></example>
    public static ChatClientBuilder AddKeyedCcApiChatClient(this IServiceCollection services, string name, string model)
    {
        Require.NotNull(services, nameof(services));
        Require.Text(name, nameof(name));
        Require.Text(model, nameof(model));
        return services.AddKeyedChatClient(name, provider => Find(provider, name).AsIChatClient(model));
    }

    private static ChatClient Find(IServiceProvider provider, string name) =>
        provider.GetKeyedService<ChatClient>(name) ?? provider.GetService<ChatClient>() ?? throw new InvalidOperationException(
            $"There is no client for the chat model '{name}': call services.AddCcApi(), or services.AddKeyedCcApi(\"{name}\", ...).");
}
