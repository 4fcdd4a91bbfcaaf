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
internal sealed class SettingsSection
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

    /// <summary>Reports every setting that nothing has read.</summary>
    public void ReportUnknown()
    {
        var keys = _section.GetChildren().Select(child => child.Key);
        foreach (var key in keys.Where(key => !_names.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            ReportUnknown(key);
        }

        foreach (var child in _children)
        {
            child.ReportUnknown();
        }
    }

    /// <remarks>A root holds the settings of a whole application, and often the environment: there only a near name is a mistake.</remarks>
    private void ReportUnknown(string name)
    {
        if (Nearest(name) is { } near)
        {
            _problems.Add($"The setting {PathOf(name)} is unknown: did you mean {near}?");
        }
        else if (_section is IConfigurationSection)
        {
            _problems.Add($"The setting {PathOf(name)} is unknown: the settings there are {string.Join(", ", _names)}.");
        }
    }

    private string? Nearest(string name)
    {
        if (NearNames.Find(name, _names, count: 1) is [var near])
        {
            return near;
        }

        foreach (var child in _children)
        {
            if (NearNames.Find(name, child._names, count: 1) is [var nearBelow])
            {
                return child.PathOf(nearBelow);
            }
        }

        return Resembling(name);
    }

    /// <summary>What resembles a name: a name below this section only where none here does, or where it differs by little.</summary>
    private string? Resembling(string name)
    {
        const int Little = 3;
        var own = _names.Select(known => (Name: known, Path: known, IsBelow: false));
        var below = _section is IConfigurationSection
            ? _children.SelectMany(child => child._names.Select(known => (Name: known, Path: child.PathOf(known), IsBelow: true)))
            : [];

        return own.Concat(below)
            .Where(known => SharesAWord(known.Name, name) || BeginsAlike(known.Name, name))
            .Select(known => (known.Path, known.IsBelow, Distance: NearNames.Distance(known.Name, name)))
            .OrderBy(known => known.IsBelow && known.Distance > Little)
            .ThenBy(known => known.Distance)
            .Select(known => known.Path)
            .FirstOrDefault();
    }

    /// <summary>Whether both begin with the same five characters (MaxRetry, MaxRetries).</summary>
    private static bool BeginsAlike(string known, string name) =>
        name.Length >= 5 && known.StartsWith(name.Substring(0, 5), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one begins like the other (BaseUrl, BaseAddress) or contains it (Key, ApiKey).</summary>
    private static bool SharesAWord(string known, string name)
    {
        var word = FirstWord(name);
        var beginsAlike = word.Length >= 4 && known.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        var isContained = name.Length >= 3 && known.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0;

        return beginsAlike || isContained;
    }

    private static string FirstWord(string name)
    {
        var end = 1;
        while (end < name.Length && !char.IsUpper(name[end]))
        {
            end++;
        }

        return name.Substring(0, Math.Min(end, name.Length));
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
