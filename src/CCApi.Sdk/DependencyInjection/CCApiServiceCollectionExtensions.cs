using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using CCApi.Sdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of CCAPI and its facades.</summary>
public static class CCApiServiceCollectionExtensions
{
    private const string Name = CCApiDefaults.Name;

    private const string DownloadName = "CCApi.Downloads";

    /// <summary>
    /// Registers <see cref="CCApiClient"/> and its four facades as singletons. Settings come from the environment, then from the
    /// <c>CCApi</c> section when the application has a configuration, then from <paramref name="configure"/>; the later wins.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets what the configuration does not.</param>
    /// <returns>The builder of the HttpClient, to add handlers to. A second call only adds configuration.</returns>
    /// <remarks>
    /// What code sets (this delegate, <c>Configure</c>, <c>PostConfigure</c>) wins over sections, and sections win over the
    /// environment, in any order of the calls. Wrong and unknown settings are an <see cref="OptionsValidationException"/> at the
    /// start of a host, else at first use. Connections are the factory's: they are renewed as it renews them. A resilience
    /// handler that the application adds to every HttpClient is removed for this one, which retries itself; what you add to the
    /// builder stays. The four log lines of the factory for each request are off, because the client logs each call itself:
    /// <c>AddDefaultLogger()</c> on the builder switches them on, with all headers masked.
    /// </remarks>
    public static IHttpClientBuilder AddCcApi(
        this IServiceCollection services, Action<CCApiClientOptions>? configure = null)
    {
        var builder = AddDefault(services, section: null);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }

    /// <summary>
    /// Registers <see cref="CCApiClient"/> and its four facades as singletons, with settings from the environment and then from a
    /// section.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section itself, such as <c>configuration.GetSection("CCApi")</c>, instead of the section <c>CCApi</c> of the
    /// application. It is read when the client is created; of several sections, the later wins.
    /// </param>
    /// <returns>The builder of the HttpClient, to add handlers to. A second call only adds configuration.</returns>
    public static IHttpClientBuilder AddCcApi(this IServiceCollection services, IConfiguration section) =>
        AddDefault(services, Require.NotNull(section, nameof(section)));

    /// <summary>
    /// Registers one more client under a name, as keyed singletons. It gets its settings from <paramref name="configure"/> only.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the services.</param>
    /// <param name="configure">Sets at least the API key, so that no key goes where it does not belong.</param>
    /// <returns>The builder of the HttpClient, to add handlers to. A second call with the name only adds configuration.</returns>
    public static IHttpClientBuilder AddKeyedCcApi(
        this IServiceCollection services, string name, Action<CCApiClientOptions> configure)
    {
        Require.NotNull(services, nameof(services));
        Require.Text(name, nameof(name));

        services.Configure(name, Require.NotNull(configure, nameof(configure)));

        var httpClientName = $"{Name}:{name}";
        if (Find(services, name) is not null)
        {
            return services.AddHttpClient(httpClientName);
        }

        var registration = new Registration(name);

        services.AddKeyedSingleton(name, (provider, _) => CreateClient(provider, registration, httpClientName));
        services.AddKeyedSingleton(name, (provider, key) => provider.GetRequiredKeyedService<CCApiClient>(key).Chat);
        services.AddKeyedSingleton(name, (provider, key) => provider.GetRequiredKeyedService<CCApiClient>(key).Audio);
        services.AddKeyedSingleton(
            name, (provider, key) => provider.GetRequiredKeyedService<CCApiClient>(key).Images);
        services.AddKeyedSingleton(
            name, (provider, key) => provider.GetRequiredKeyedService<CCApiClient>(key).Catalog);

        return AddShared(services, registration, httpClientName);
    }

    private static IHttpClientBuilder AddDefault(IServiceCollection services, IConfiguration? section)
    {
        Require.NotNull(services, nameof(services));

        var known = Find(services, Options.Options.DefaultName);
        var registration = known ?? new Registration(Options.Options.DefaultName);
        if (section is not null)
        {
            registration.Sections.Add(section);
        }

        if (known is not null)
        {
            return services.AddHttpClient(Name);
        }

        // First of all, also before what was configured before this call.
        services.Insert(
            0,
            ServiceDescriptor.Singleton<IConfigureOptions<CCApiClientOptions>>(
                provider => new RegistrationSettings(registration, provider.GetService<IConfiguration>())));

        services.AddSingleton(provider => CreateClient(provider, registration, Name));
        services.AddSingleton(static provider => provider.GetRequiredService<CCApiClient>().Chat);
        services.AddSingleton(static provider => provider.GetRequiredService<CCApiClient>().Audio);
        services.AddSingleton(static provider => provider.GetRequiredService<CCApiClient>().Images);
        services.AddSingleton(static provider => provider.GetRequiredService<CCApiClient>().Catalog);

        return AddShared(services, registration, Name);
    }

    private static IHttpClientBuilder AddShared(
        IServiceCollection services, Registration registration, string httpClientName)
    {
        var optionsName = registration.Name;
        services.AddSingleton(registration);
        services.AddSingleton<IValidateOptions<CCApiClientOptions>>(new OptionsValidator(registration));
        services.AddOptions<CCApiClientOptions>(optionsName).ValidateOnStart();
        AddDownloads(services, optionsName);

        return services.AddHttpClient(httpClientName)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(
                provider => HttpHandlerFactory.Create(OptionsOf(provider, optionsName).Timeouts))
            .RemoveAllLoggers()
            .RedactLoggedHeaders(static _ => true)
            .ConfigureAdditionalHttpMessageHandlers(static (handlers, _) =>
            {
                // Its 10 s per attempt would end every image, and its retries could be charged twice.
                foreach (var handler in handlers.Where(IsResilienceHandler).ToArray())
                {
                    handlers.Remove(handler);
                }
            });
    }

    // By its name, because this package does not reference that of the handler.
    private static bool IsResilienceHandler(DelegatingHandler handler) =>
        handler.GetType().FullName == "Microsoft.Extensions.Http.Resilience.ResilienceHandler";

    private static CCApiClientOptions OptionsOf(IServiceProvider provider, string optionsName) =>
        provider.GetRequiredService<IOptionsMonitor<CCApiClientOptions>>().Get(optionsName);

    /// <summary>
    /// Registers the HttpClient of downloads. What the application adds to every HttpClient is left out: it may carry
    /// credentials, and downloads go to other hosts.
    /// </summary>
    private static void AddDownloads(IServiceCollection services, string optionsName) =>
        services.AddHttpClient(DownloadNameOf(optionsName))
            .ConfigureHttpClient(static client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.Clear();
            })
            .ConfigurePrimaryHttpMessageHandler(provider => DownloadHandler.Create(OptionsOf(provider, optionsName)))
            .RemoveAllLoggers()
            .RedactLoggedHeaders(static _ => true)
            .ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear());

    private static string DownloadNameOf(string optionsName)
    {
        if (optionsName.Length == 0)
        {
            return DownloadName;
        }

        return $"{DownloadName}:{optionsName}";
    }

    private static CCApiClient CreateClient(
        IServiceProvider provider, Registration registration, string httpClientName)
    {
        var optionsName = registration.Name;
        var options = OptionsOf(provider, optionsName).Clone();
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is { } time)
        {
            options.TimeProvider = time;
        }

        var factory = provider.GetRequiredService<IHttpClientFactory>();
        var reload = SettingsReload.Start(provider, registration, options);
        var transport = new CCApiTransport(
            options,
            () => factory.CreateClient(httpClientName),
            downloadClient: () => factory.CreateClient(DownloadNameOf(optionsName)));

        if (reload is not null)
        {
            transport.Closed.Register(reload.Dispose);
        }

        return new CCApiClient(transport);
    }

    /// <summary>The registration under the name; null when there is none yet.</summary>
    private static Registration? Find(IServiceCollection services, string name) => services
        .Where(static service => service.ServiceType == typeof(Registration) && !service.IsKeyedService)
        .Select(static service => (Registration)service.ImplementationInstance!)
        .FirstOrDefault(registration => registration.Name == name);
}
