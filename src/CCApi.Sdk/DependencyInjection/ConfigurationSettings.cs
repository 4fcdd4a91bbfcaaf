using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Configuration;

namespace CCApi.Sdk;

/// <summary>Reads the options from a configuration section.</summary>
internal static class ConfigurationSettings
{
    /// <summary>Sets what the section has.</summary>
    /// <returns>A sentence for each setting that is unknown or cannot be read; what could be read is set nevertheless.</returns>
    public static IReadOnlyList<string> Apply(CCApiClientOptions options, IConfiguration section)
    {
        var problems = new List<string>();
        var isRoot = section is not IConfigurationSection;
        if (isRoot && section.GetSection(CCApiDefaults.Name).GetChildren().Any())
        {
            return [$"AddCcApi got the whole configuration instead of a section: pass configuration.GetSection(\"{CCApiDefaults.Name}\")."];
        }

        var settings = new SettingsSection(section, problems);
        options.ApiKey = settings.Text("ApiKey") ?? options.ApiKey;
        options.BaseAddress = settings.Address("BaseAddress", options.BaseAddress);
        options.UserAgent = settings.Text("UserAgent") ?? options.UserAgent;
        options.AllowInsecureHttp = settings.Flag("AllowInsecureHttp", options.AllowInsecureHttp);
        options.MaxResponseBytes = settings.Bytes("MaxResponseBytes", options.MaxResponseBytes);
        options.MaxLineBytes = settings.Bytes("MaxLineBytes", options.MaxLineBytes);
        options.MaxJsonValues = settings.Number("MaxJsonValues", options.MaxJsonValues);
        options.CreditValue = settings.Amount("CreditValue", options.CreditValue);
        options.RetrieveCatalogForCosts = settings.Flag("RetrieveCatalogForCosts", options.RetrieveCatalogForCosts);
        Apply(options.Retry, settings.Section("Retry"));
        Apply(options.Timeouts, settings.Section("Timeouts"));
        Apply(options.Failover, settings.Section("Failover"), problems);
        Apply(options.Telemetry, settings.Section("Telemetry"));
        Apply(options.Headers, settings.Children("Headers"), problems);

        // The package CCApi.Sdk.AspNetCore reads and checks it.
        settings.Children("Webhooks");
        settings.ReportUnknown();

        var redaction = new KeyRedaction(options.ApiKey);

        return [.. problems.Select(problem => redaction.Apply(problem))];
    }

    private static void Apply(CCApiRetryOptions retry, SettingsSection settings)
    {
        retry.MaxRetries = settings.Number("MaxRetries", retry.MaxRetries);
        retry.BaseDelay = settings.Time("BaseDelay", retry.BaseDelay);
        retry.MaxDelay = settings.Time("MaxDelay", retry.MaxDelay);
        retry.MaxRetryAfter = settings.Time("MaxRetryAfter", retry.MaxRetryAfter);
        retry.RetryPossiblyCharged = settings.Flag("RetryPossiblyCharged", retry.RetryPossiblyCharged);
    }

    private static void Apply(CCApiTelemetryOptions telemetry, SettingsSection settings)
    {
        telemetry.CaptureContent = settings.OptionalFlag("CaptureContent", telemetry.CaptureContent);
        telemetry.MaxContentLength = settings.Number("MaxContentLength", telemetry.MaxContentLength);
        telemetry.UseLatestConventions = settings.OptionalFlag("UseLatestConventions", telemetry.UseLatestConventions);
    }

    private static void Apply(CCApiTimeoutOptions timeouts, SettingsSection settings)
    {
        timeouts.Connect = settings.Time("Connect", timeouts.Connect);
        timeouts.Attempt = settings.Time("Attempt", timeouts.Attempt);
        timeouts.Total = settings.Time("Total", timeouts.Total);
        timeouts.FirstChunk = settings.Time("FirstChunk", timeouts.FirstChunk);
        timeouts.NextChunk = settings.Time("NextChunk", timeouts.NextChunk);
        timeouts.Download = settings.Time("Download", timeouts.Download);
        timeouts.Idle = settings.Time("Idle", timeouts.Idle);
    }

    private static void Apply(CCApiFailoverOptions failover, SettingsSection settings, List<string> problems)
    {
        failover.OnOverload = settings.Flag("OnOverload", failover.OnOverload);
        failover.OnModelUnavailable = settings.Flag("OnModelUnavailable", failover.OnModelUnavailable);
        failover.OnConnectionFailure = settings.Flag("OnConnectionFailure", failover.OnConnectionFailure);
        failover.CoolDown = settings.Time("CoolDown", failover.CoolDown);

        var alternatives = settings.Children("Alternatives");
        SettingsSection.ReportValue(alternatives, problems);

        foreach (var entry in alternatives.GetChildren())
        {
            Apply(failover.Alternatives, entry, problems);
        }
    }

    /// <summary>
    /// One entry of the map (<c>"a": ["b"]</c>) or of the list (<c>{"Model": "a", "Then": ["b"]}</c>), which takes model ids with
    /// colons.
    /// </summary>
    private static void Apply(
        IDictionary<string, IReadOnlyList<string>> alternatives,
        IConfigurationSection entry,
        List<string> problems)
    {
        var isListEntry = IsPosition(entry.Key) && entry.GetChildren().Any(child => !IsPosition(child.Key));
        if (!isListEntry)
        {
            alternatives[entry.Key] = ModelIds(entry, problems);
            return;
        }

        var settings = new SettingsSection(entry, problems);
        var model = settings.Text("Model");
        var then = ModelIds(settings.Children("Then"), problems);

        settings.ReportUnknown();
        if (model is null || then.Count == 0)
        {
            problems.Add($"The setting {entry.Path} must have a Model and, in Then, the list of the models to fail over to.");
            return;
        }

        alternatives[model] = then;
    }

    private static IReadOnlyList<string> ModelIds(IConfigurationSection section, List<string> problems)
    {
        var children = section.GetChildren().ToArray();
        var isList = string.IsNullOrWhiteSpace(section.Value) && children.All(IsItem);
        if (!isList)
        {
            problems.Add(
                $"The setting {section.Path} must be a list of model ids. An id with a colon cannot be the name of a setting: "
                + "write \"Alternatives\": [{ \"Model\": \"a:b\", \"Then\": [\"c\"] }].");
        }

        return [.. children.Select(child => child.Value?.Trim() ?? "")];
    }

    private static bool IsItem(IConfigurationSection child) =>
        IsPosition(child.Key) && !string.IsNullOrWhiteSpace(child.Value);

    private static void Apply(
        IDictionary<string, string> headers, IConfigurationSection section, List<string> problems)
    {
        SettingsSection.ReportValue(section, problems);
        foreach (var header in section.GetChildren())
        {
            if (header.GetChildren().Any())
            {
                problems.Add($"The setting {header.Path} must be one value: a header's name cannot hold a colon.");
            }
            else if (header.Value is not null)
            {
                headers[header.Key] = header.Value;
            }
        }
    }

    private static bool IsPosition(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
