using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Configuration;

namespace CCApi.Sdk;

/// <summary>Reads the options from a configuration section, by hand: the platform's binder needs reflection.</summary>
internal static class ConfigurationSettings
{
    /// <summary>Sets what the section has.</summary>
    /// <exception cref="ArgumentException">A value cannot be read; the message names it.</exception>
    public static void Apply(CCApiClientOptions options, IConfiguration section)
    {
        options.ApiKey = Text(section, "ApiKey") ?? options.ApiKey;
        options.UserAgent = Text(section, "UserAgent") ?? options.UserAgent;
        options.BaseAddress = Text(section, "BaseAddress") is { } address ? EnvironmentSettings.ParseAddress(address, Where(section, "BaseAddress")) : options.BaseAddress;
        options.AllowInsecureHttp = Read(section, "AllowInsecureHttp", options.AllowInsecureHttp, bool.TryParse, "true or false");
        options.MaxResponseBytes = Read(section, "MaxResponseBytes", options.MaxResponseBytes, TryLong, "a number of bytes");
        options.MaxLineBytes = Read(section, "MaxLineBytes", options.MaxLineBytes, TryInt, "a number of bytes");
        options.MaxJsonValues = Read(section, "MaxJsonValues", options.MaxJsonValues, TryInt, "a number of values");

        var retry = section.GetSection("Retry");
        options.Retry.MaxRetries = Read(retry, "MaxRetries", options.Retry.MaxRetries, TryInt, "a number");
        options.Retry.BaseDelay = Time(retry, "BaseDelay", options.Retry.BaseDelay);
        options.Retry.MaxDelay = Time(retry, "MaxDelay", options.Retry.MaxDelay);
        options.Retry.MaxRetryAfter = Time(retry, "MaxRetryAfter", options.Retry.MaxRetryAfter);
        options.Retry.RetryPossiblyCharged = Read(retry, "RetryPossiblyCharged", options.Retry.RetryPossiblyCharged, bool.TryParse, "true or false");

        var timeouts = section.GetSection("Timeouts");
        options.Timeouts.Connect = Time(timeouts, "Connect", options.Timeouts.Connect);
        options.Timeouts.Attempt = Time(timeouts, "Attempt", options.Timeouts.Attempt);
        options.Timeouts.Total = Time(timeouts, "Total", options.Timeouts.Total);
        options.Timeouts.FirstChunk = Time(timeouts, "FirstChunk", options.Timeouts.FirstChunk);
        options.Timeouts.NextChunk = Time(timeouts, "NextChunk", options.Timeouts.NextChunk);
        options.Timeouts.Download = Time(timeouts, "Download", options.Timeouts.Download);
        options.Timeouts.Idle = Time(timeouts, "Idle", options.Timeouts.Idle);

        var failover = section.GetSection("Failover");
        options.Failover.OnOverload = Read(failover, "OnOverload", options.Failover.OnOverload, bool.TryParse, "true or false");
        options.Failover.OnModelUnavailable = Read(failover, "OnModelUnavailable", options.Failover.OnModelUnavailable, bool.TryParse, "true or false");
        options.Failover.OnConnectionFailure = Read(failover, "OnConnectionFailure", options.Failover.OnConnectionFailure, bool.TryParse, "true or false");
        options.Failover.CoolDown = Time(failover, "CoolDown", options.Failover.CoolDown);
        foreach (var model in failover.GetSection("Alternatives").GetChildren())
        {
            options.Failover.Alternatives[model.Key] = [.. model.GetChildren().Select(other => other.Value ?? "")];
        }

        foreach (var header in section.GetSection("Headers").GetChildren().Where(header => header.Value is not null))
        {
            options.Headers[header.Key] = header.Value!;
        }
    }

    private delegate bool TryParse<T>(string text, out T value);

    private static string? Text(IConfiguration section, string name) => string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();

    private static T Read<T>(IConfiguration section, string name, T otherwise, TryParse<T> tryParse, string expected)
    {
        if (Text(section, name) is not { } text)
        {
            return otherwise;
        }

        return tryParse(text, out var value) ? value : throw new ArgumentException($"The setting {Where(section, name)} must be {expected}.");
    }

    private static TimeSpan Time(IConfiguration section, string name, TimeSpan otherwise) =>
        Read<TimeSpan>(section, name, otherwise, TryTime, "a time such as 00:01:30, or Infinite");

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = Timeout.InfiniteTimeSpan;
        return text.Equals("Infinite", StringComparison.OrdinalIgnoreCase) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
    }

    private static bool TryLong(string text, out long value) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool TryInt(string text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static string Where(IConfiguration section, string name) =>
        section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:{name}" : name;
}
