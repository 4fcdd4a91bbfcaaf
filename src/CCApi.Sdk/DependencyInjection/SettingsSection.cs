using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Configuration;

namespace CCApi.Sdk;

/// <summary>
/// Reads one section of a configuration and remembers which settings were read, so that the others can be reported: a mistyped
/// name must not be ignored. It is hand-written, because the platform's binder needs reflection. Values never appear in a
/// problem: one may be the key.
/// </summary>
internal sealed partial class SettingsSection
{
    private readonly IConfiguration _section;
    private readonly List<string> _problems;
    private readonly List<string> _names = [];
    private readonly List<SettingsSection> _children = [];

    /// <param name="section">The section.</param>
    /// <param name="problems">Receives a sentence for each problem.</param>
    public SettingsSection(IConfiguration section, List<string> problems) =>
        (_section, _problems) = (section, problems);

    private delegate bool TryParse<T>(string text, out T value);

    /// <summary>The text of a setting, trimmed; null when it is missing or blank.</summary>
    public string? Text(string name)
    {
        _names.Add(name);
        var setting = _section.GetSection(name);
        if (setting.GetChildren().Any())
        {
            _problems.Add($"The setting {PathOf(name)} must be one value, not a section.");
            return null;
        }

        if (string.IsNullOrWhiteSpace(setting.Value))
        {
            return null;
        }

        return setting.Value!.Trim();
    }

    public bool Flag(string name, bool otherwise) => Read(name, otherwise, bool.TryParse, "true or false");

    /// <summary>A flag that has a third state: not set.</summary>
    public bool? OptionalFlag(string name, bool? otherwise)
    {
        if (Text(name) is null)
        {
            return otherwise;
        }

        return Flag(name, otherwise: false);
    }

    public int Number(string name, int otherwise) => Read<int>(name, otherwise, TryInt, "a number");

    public int Bytes(string name, int otherwise) => Read<int>(name, otherwise, TryInt, "a number of bytes");

    public long Bytes(string name, long otherwise) =>
        Read<long>(name, otherwise, TryLong, "a number of bytes");

    public decimal? Amount(string name, decimal? otherwise) => Read<decimal?>(name, otherwise, TryDecimal, "a number such as 0.01");

    public TimeSpan Time(string name, TimeSpan otherwise) =>
        Read<TimeSpan>(
            name,
            otherwise,
            TryTime,
            "a time such as 00:01:30 (hours:minutes:seconds), or Infinite; a bare number has no unit");

    public Uri Address(string name, Uri otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return address;
        }

        _problems.Add(EnvironmentSettings.AddressProblem(PathOf(name)));

        return otherwise;
    }

    /// <summary>A section below this one, whose settings are checked too.</summary>
    public SettingsSection Section(string name)
    {
        var section = Children(name);
        ReportValue(section, _problems);

        var child = new SettingsSection(section, _problems);
        _children.Add(child);

        return child;
    }

    /// <summary>A section below this one whose names are the user's: it is not checked here.</summary>
    public IConfigurationSection Children(string name)
    {
        _names.Add(name);
        return _section.GetSection(name);
    }

    /// <summary>Reports a section that has a value.</summary>
    public static void ReportValue(IConfigurationSection section, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            problems.Add($"The setting {section.Path} must be a section, not one value.");
        }
    }

    private T Read<T>(string name, T otherwise, TryParse<T> tryParse, string expected)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (tryParse(text, out var value))
        {
            return value;
        }

        _problems.Add($"The setting {PathOf(name)} must be {expected}.");

        return otherwise;
    }

    /// <remarks>The platform reads "30" as 30 days and "24:00:00" as 24 days.</remarks>
    private static bool TryTime(string text, out TimeSpan time)
    {
        time = Timeout.InfiniteTimeSpan;
        if (text.Equals("Infinite", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var hasUnits = text.IndexOf(':') >= 0;

        return hasUnits && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out time);
    }

    private static bool TryLong(string text, out long value) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool TryDecimal(string text, out decimal? value)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        value = number;

        return isNumber;
    }

    private static bool TryInt(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private string PathOf(string name)
    {
        if (_section is IConfigurationSection { Path.Length: > 0 } named)
        {
            return $"{named.Path}:{name}";
        }

        return name;
    }
}
