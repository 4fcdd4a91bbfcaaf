using System;
using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk;

/// <summary>Puts the options together, from the configuration and then from code; by hand, because the platform's binder needs reflection.</summary>
internal static class WebhookSettings
{
    public const string Section = CCApiDefaults.Name + ":Webhooks";

    /// <exception cref="OptionsValidationException">Something is missing or wrong; the message says the fix.</exception>
    public static CCApiWebhookOptions Read(IConfiguration? configuration, Action<CCApiWebhookOptions>? configure)
    {
        var options = new CCApiWebhookOptions();
        if (configuration?.GetSection(Section) is { } section)
        {
            options.Secret = section["Secret"];
            options.SecretHeader = section["SecretHeader"];
            if (section["MaxBodyBytes"] is { } text)
            {
                // What is no number is as wrong as 0.
                options.MaxBodyBytes = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
            }
        }

        configure?.Invoke(options);
        var problems = WebhookOptionsRules.Problems(options).ToArray();
        return problems.Length == 0 ? options : throw new OptionsValidationException(Options.DefaultName, typeof(CCApiWebhookOptions), problems);
    }
}
