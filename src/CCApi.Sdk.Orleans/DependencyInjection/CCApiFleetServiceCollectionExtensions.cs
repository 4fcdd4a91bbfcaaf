using System;
using CCApi.Sdk;
using CCApi.Sdk.Orleans;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Connects the client of CCAPI with a fleet.</summary>
public static class CCApiFleetServiceCollectionExtensions
{
    private const string HttpClientName = CCApiDefaults.Name;

    /// <summary>
    /// Registers <see cref="CCApiFleet"/> in a process that is a client of the fleet (<c>UseOrleansClient</c>). Silos have it by
    /// <c>AddCcApiFleet</c> of their builder.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCcApiFleet(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(static provider => new CCApiFleet(GrainsOf(provider), provider.GetService<TimeProvider>()));
        return services;
    }

    /// <summary>Lets the client of this builder share the limits of its API key with every other client of the fleet.</summary>
    /// <param name="builder">What <c>AddCcApi</c> or <c>AddKeyedCcApi</c> returned.</param>
    /// <param name="name">
    /// The name of the limiter, one for each API key. <see cref="FleetOptions.LimitsByName"/> or <see cref="FleetOptions.Limits"/> has
    /// its limits.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <remarks>A limiter that the options already have stays.</remarks>
    public static IHttpClientBuilder UseFleetLimiter(this IHttpClientBuilder builder, string name = "default")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        OptionsOf(builder).Configure<IServiceProvider>((options, provider) =>
            options.RateLimiter ??= new CCApiFleet(GrainsOf(provider), provider.GetService<TimeProvider>()).GetRateLimiter(name));
        return builder;
    }

    /// <summary>Lets the client of this builder spend from a budget of the fleet.</summary>
    /// <param name="builder">What <c>AddCcApi</c> or <c>AddKeyedCcApi</c> returned.</param>
    /// <param name="scope">
    /// The budget, such as a tenant. <see cref="CCApiFleet.SetBudgetLimitAsync"/> or <see cref="FleetOptions.BudgetLimit"/> sets its
    /// limit; without either it permits nothing.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The scope is empty.</exception>
    /// <remarks>A budget that the options already have stays. Its currency is <c>USD</c>.</remarks>
    public static IHttpClientBuilder UseFleetBudget(this IHttpClientBuilder builder, string scope = "default")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        OptionsOf(builder).Configure<IServiceProvider>((options, provider) =>
            options.Budget ??= new CCApiBudget(new FleetBudgetStore(GrainsOf(provider), provider.GetService<TimeProvider>()), scope));
        return builder;
    }

    /// <summary>The options of the client: those of <c>AddKeyedCcApi</c> have its name.</summary>
    private static OptionsBuilder<CCApiClientOptions> OptionsOf(IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name == HttpClientName)
        {
            return builder.Services.AddOptions<CCApiClientOptions>();
        }

        const string prefix = HttpClientName + ":";
        if (!builder.Name.StartsWith(prefix, StringComparison.Ordinal))
        {
            var message = $"\"{builder.Name}\" is not a client of CCAPI: use what AddCcApi or AddKeyedCcApi returned.";
            throw new ArgumentException(message, nameof(builder));
        }

        return builder.Services.AddOptions<CCApiClientOptions>(builder.Name[prefix.Length..]);
    }

    private static IGrainFactory GrainsOf(IServiceProvider provider) => provider.GetService<IGrainFactory>()
        ?? throw FleetException.Of(
            FleetError.NotConfigured, "The container has no Orleans: add UseOrleans(...) or UseOrleansClient(...) to the host.");
}
