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
/// The options as they are now: they are read again when the configuration changes, and wrong ones leave the last good ones in
/// place.
/// </summary>
internal sealed class WebhookOptionsSource
{
    private readonly IServiceProvider _services;
    private readonly Action<CCApiWebhookOptions>? _configure;
    private readonly ILogger _logger;
    private volatile State _current;

    /// <exception cref="OptionsValidationException">An option is missing or wrong; the message says the fix.</exception>
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

    public WebhookSecret Secret => _current.Secret;

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
        var configured = _services.GetServices<IConfigureOptions<CCApiWebhookOptions>>().Select(
            setup => new Action<CCApiWebhookOptions>(setup.Configure));
        var last = _services.GetServices<IPostConfigureOptions<CCApiWebhookOptions>>()
            .Select(setup => new Action<CCApiWebhookOptions>(
                options => setup.PostConfigure(Microsoft.Extensions.Options.Options.DefaultName, options)));
        IEnumerable<Action<CCApiWebhookOptions>> all = [.. configured, .. last, _configure ?? (static _ => { })];
        var options = WebhookSettings.Read(_services.GetService<IConfiguration>(), all);

        return new State(options, new WebhookSecret(WebhookOptionsRules.Secrets(options), options.SecretHeader));
    }

    private sealed record State(CCApiWebhookOptions Options, WebhookSecret Secret);
}
