using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CCApi.Sdk;

/// <summary>
/// Gives a client the key, the retries, the budgets of time and the limits of a configuration that was reloaded. Everything else
/// of the options is read once.
/// </summary>
/// <remarks>
/// It creates the options by their factory, and not by the monitor, which would throw the problems of a wrong setting in the
/// thread that watches the file.
/// </remarks>
internal sealed class SettingsReload : IDisposable
{
    private readonly IOptionsFactory<CCApiClientOptions> _factory;
    private readonly string _name;
    private readonly CCApiClientOptions _live;
    private readonly ILogger _logger;
    private readonly List<IDisposable> _subscriptions;
    private string? _apiKey;

    private SettingsReload(IServiceProvider provider, Registration registration, CCApiClientOptions live)
    {
        _factory = provider.GetRequiredService<IOptionsFactory<CCApiClientOptions>>();
        _name = registration.Name;
        _live = live;
        _logger = SafeLogger.Create(live.LoggerFactory);
        _apiKey = live.ApiKey;

        var hasProvider = live.ApiKeyProvider is not null;
        if (!hasProvider)
        {
            live.ApiKeyProvider = _ => new ValueTask<string>(Volatile.Read(ref _apiKey)!);
        }

        _subscriptions = [.. Sources(provider, registration).Select(source => ChangeToken.OnChange(source, Reload))];
    }

    /// <summary>Starts to follow the configuration of the services, where they have one.</summary>
    /// <param name="provider">The services.</param>
    /// <param name="registration">Which client.</param>
    /// <param name="live">The options of the client, which change with the configuration.</param>
    /// <returns>Ends it when it is disposed; null when there is nothing to follow.</returns>
    public static SettingsReload? Start(IServiceProvider provider, Registration registration, CCApiClientOptions live)
    {
        if (Sources(provider, registration).Any())
        {
            return new SettingsReload(provider, registration, live);
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private static IEnumerable<Func<IChangeToken>> Sources(IServiceProvider provider, Registration registration)
    {
        IEnumerable<IConfiguration> sections = registration.Sections;
        if (registration.Sections.Count == 0 && provider.GetService<IConfiguration>() is { } application)
        {
            sections = [application];
        }

        var ofServices = provider.GetServices<IOptionsChangeTokenSource<CCApiClientOptions>>()
            .Where(source => (source.Name ?? Options.DefaultName) == registration.Name)
            .Select<IOptionsChangeTokenSource<CCApiClientOptions>, Func<IChangeToken>>(source => source.GetChangeToken);

        return sections.Select<IConfiguration, Func<IChangeToken>>(section => section.GetReloadToken).Concat(ofServices);
    }

    private void Reload()
    {
        try
        {
            var settings = _factory.Create(_name);
            Volatile.Write(ref _apiKey, settings.ApiKey ?? _apiKey);
            _live.TakeLimits(settings.Clone());
        }
        catch (OptionsValidationException exception)
        {
            Log.SettingsRejected(_logger, exception.Message);
        }
    }
}
