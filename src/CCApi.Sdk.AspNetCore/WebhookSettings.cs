using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk;

/// <summary>
/// Reads the options from the configuration and then from code. It is hand-written, because the platform's binder needs
/// reflection.
/// </summary>
internal static class WebhookSettings
{
    public const string Section = CCApiDefaults.Name + ":Webhooks";

    private static readonly string[] _names =
    [
        "Secret",
        "Secrets",
        "SecretHeader",
        "ClientName",
        "MaxBodyBytes",
        "MaxConcurrentVerifications",
        "VerificationTimeout",
    ];

    /// <exception cref="OptionsValidationException">Something is missing or wrong; the message says the fix.</exception>
    public static CCApiWebhookOptions Read(
        IConfiguration? configuration, params IEnumerable<Action<CCApiWebhookOptions>> configure)
    {
        var options = new CCApiWebhookOptions();
        var problems = new List<string>();
        if (configuration?.GetSection(Section) is { } section)
        {
            Apply(options, section, problems);
        }

        foreach (var set in configure)
        {
            set(options);
        }

        problems.AddRange(WebhookOptionsRules.Problems(options));
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(CCApiWebhookOptions), problems);
        }

        return options;
    }

    private static void Apply(
        CCApiWebhookOptions options, IConfigurationSection section, List<string> problems)
    {
        options.Secret = section["Secret"];
        options.SecretHeader = section["SecretHeader"];
        options.ClientName = section["ClientName"];

        foreach (var secret in section.GetSection("Secrets").GetChildren())
        {
            options.Secrets.Add(secret.Value ?? "");
        }

        // What is not a number is as wrong as 0.
        options.MaxBodyBytes = Number(section["MaxBodyBytes"]) ?? options.MaxBodyBytes;
        options.MaxConcurrentVerifications = Number(section["MaxConcurrentVerifications"]) ?? options.MaxConcurrentVerifications;
        options.VerificationTimeout = Time(section["VerificationTimeout"]) ?? options.VerificationTimeout;

        foreach (var unknown in section.GetChildren().Where(child => !_names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"The setting {unknown.Path} is unknown: the settings there are {string.Join(", ", _names)}.");
        }
    }

    private static int? Number(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <remarks>The platform reads a bare number as days.</remarks>
    private static TimeSpan? Time(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // A bare number would be days.
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.Zero;
        }

        var isTime = TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out var time);
        return isTime ? time : TimeSpan.Zero;
    }
}
