using System;
using System.Linq;
using Microsoft.Extensions.Configuration;

namespace CCApi.Sdk;

/// <content>Unknown settings, and the known ones that they were probably meant to be.</content>
internal sealed partial class SettingsSection
{
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
}
