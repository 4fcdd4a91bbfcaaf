using System;
using System.Linq;
using CCApi.Sdk;
using CCApi.Sdk.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a <see cref="MediaCache"/> in front of registered clients.</summary>
public static class CCApiMediaCacheServiceCollectionExtensions
{
    /// <summary>Puts a cache in front of the client of <c>AddCcApi</c>, which has to be called before, and of its facades.</summary>
    /// <param name="services">The services. Their <see cref="IDistributedCache"/>, if any, keeps responses beyond this process.</param>
    /// <param name="configure">Changes settings of the cache, which all clients of the services share.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">There is no such client.</exception>
    /// <example><code>
    /// services.AddStackExchangeRedisCache(redis => redis.Configuration = "localhost");
    /// services.AddCcApi();
    /// services.AddCcApiMediaCache();
    /// </code></example>
    public static IServiceCollection AddCcApiMediaCache(this IServiceCollection services, Action<MediaCacheOptions>? configure = null) =>
        Add(services, name: null, configure);

    /// <summary>
    /// Puts a cache in front of the client of <c>AddKeyedCcApi</c>, which has to be called before. Its entries are its own.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the client, which is the partition of its entries too.</param>
    /// <param name="configure">Changes settings of the cache, which all clients of the services share.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">There is no such client.</exception>
    public static IServiceCollection AddKeyedCcApiMediaCache(
        this IServiceCollection services, string name, Action<MediaCacheOptions>? configure = null) =>
        Add(services, Require.Text(name, nameof(name)), configure);

    private static IServiceCollection Add(IServiceCollection services, string? name, Action<MediaCacheOptions>? configure)
    {
        Require.NotNull(services, nameof(services));
        services.AddOptions();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(CreateCache);
        var marker = new CachedRegistration(name);
        var isCached = services.Any(service => !service.IsKeyedService && marker.Equals(service.ImplementationInstance));
        if (!isCached)
        {
            services.AddSingleton(marker);
            Decorate(services, name);
        }

        return services;
    }

    private static MediaCache CreateCache(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<MediaCacheOptions>>().Value;
        options.DistributedCache ??= provider.GetService<IDistributedCache>();
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        return new MediaCache(options);
    }

    private static void Decorate(IServiceCollection services, string? name)
    {
        var client = services.LastOrDefault(service => service.ServiceType == typeof(CCApiClient) && Equals(service.ServiceKey, name))
            ?? throw new InvalidOperationException(
                name is null
                    ? "There is no client to cache for: call AddCcApi before AddCcApiMediaCache."
                    : $"There is no client \"{name}\" to cache for: call AddKeyedCcApi before AddKeyedCcApiMediaCache.");

        var inner = FactoryOf(client);
        services.Remove(client);
        services.Add(new ServiceDescriptor(
            typeof(CCApiClient), name, (provider, _) => WithCache(inner(provider), provider, name), client.Lifetime));
    }

    private static CCApiClient WithCache(CCApiClient client, IServiceProvider provider, string? name) =>
        client.WithMediaCache(provider.GetRequiredService<MediaCache>(), name);

    private static Func<IServiceProvider, CCApiClient> FactoryOf(ServiceDescriptor client)
    {
        if (client.IsKeyedService)
        {
            return client.KeyedImplementationFactory is { } keyed
                ? provider => (CCApiClient)keyed(provider, client.ServiceKey)
                : _ => (CCApiClient)client.KeyedImplementationInstance!;
        }

        return client.ImplementationFactory is { } factory
            ? provider => (CCApiClient)factory(provider)
            : _ => (CCApiClient)client.ImplementationInstance!;
    }
}
