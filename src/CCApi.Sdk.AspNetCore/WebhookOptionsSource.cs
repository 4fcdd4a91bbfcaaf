using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CCApi.Sdk;

/// <summary>
/// Provides the current options. They are read again when the configuration changes; when they are not valid then, the last valid
/// options stay in use.
/// </summary>
internal sealed class WebhookOptionsSource
{
    private readonly IServiceProvider _services;
    private readonly Action<CCApiWebhookOptions>? _configure;
    private readonly ILogger _logger;
    private volatile State _current;

    /// <exception cref="OptionsValidationException">An option is missing or not valid; the message contains the fix.</exception>
    public WebhookOptionsSource(
        IServiceProvider services, Action<CCApiWebhookOptions>? configure, ILogger logger)
    {
        (_services, _configure, _logger) = (services, configure, logger);
        _current = Read();
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            ChangeToken.OnChange(configuration.GetReloadToken, Refresh);
        }

        foreach (var source in services.GetServices<IOptionsChangeTokenSource<CCApiWebhookOptions>>())
        {
            ChangeToken.OnChange(source.GetChangeToken, Refresh);
        }
    }

    public CCApiWebhookOptions Options => _current.Options;

    public WebhookSecret SecretCheck => _current.SecretCheck;

    private void Refresh()
    {
        try
        {
            _current = Read();
        }
        catch (OptionsValidationException exception)
        {
            WebhookLog.OptionsRejected(_logger, exception);
        }
    }

    private State Read()
    {
        var configureActions = _services.GetServices<IConfigureOptions<CCApiWebhookOptions>>().Select(
            setup => new Action<CCApiWebhookOptions>(setup.Configure));
        var postConfigureActions = _services.GetServices<IPostConfigureOptions<CCApiWebhookOptions>>()
            .Select(setup => new Action<CCApiWebhookOptions>(
                options => setup.PostConfigure(Microsoft.Extensions.Options.Options.DefaultName, options)));
        var configureLast = _configure ?? (static _ => { });
        IEnumerable<Action<CCApiWebhookOptions>> actions = [.. configureActions, .. postConfigureActions, configureLast];
        var options = WebhookSettings.Read(_services.GetService<IConfiguration>(), actions);

        return new State(options, new WebhookSecret(WebhookOptionsRules.Secrets(options), options.SecretHeader));
    }

    private sealed record State(CCApiWebhookOptions Options, WebhookSecret SecretCheck);
}
