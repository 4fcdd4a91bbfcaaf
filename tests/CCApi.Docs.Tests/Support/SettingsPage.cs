using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Caching;
using CCApi.Sdk.Orleans;

namespace CCApi.Docs.Tests.Support;

/// <summary>Writes docs/settings.md: every property of every options type, with the value that a new object has.</summary>
internal static class SettingsPage
{
    private const string Head = """
        # Every setting

        The properties of the options types, with their defaults. This page is written from the code and its documentation comments:
        a test compares it, and `tests/docs.sh --accept` writes it again. What `CCApi:` in the configuration may contain is described in
        [configuration.md](configuration.md).

        """;

    private static readonly Type[] _types =
    [
        typeof(CCApiClientOptions), typeof(CCApiRetryOptions), typeof(CCApiTimeoutOptions), typeof(CCApiFailoverOptions), typeof(CCApiTelemetryOptions),
        typeof(CCApiRequestOptions), typeof(ChatRunOptions), typeof(ImageJobWaitOptions), typeof(MediaSaveOptions), typeof(ModelCatalogOptions),
        typeof(ModelListQuery), typeof(ModelPriceOptions), typeof(CCApiRateLimiterOptions), typeof(BulkOptions), typeof(FleetOptions),
        typeof(MediaCacheOptions), typeof(CCApiWebhookOptions), typeof(CCApiEmulatorOptions),
    ];

    public static IReadOnlyList<Type> Types => _types;

    public static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var type in _types)
        {
            var options = Activator.CreateInstance(type)!;
            page.Append(CultureInfo.InvariantCulture, $"\n## {type.Name}\n| setting | type, default | what it is |\n| --- | --- | --- |\n");

            foreach (var property in Settings(type))
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{property.Name}` | {TypeAndDefaultOf(property, property.GetValue(options))} | {XmlDocs.SummaryOf(property)} |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>What can be set, and the options and collections that can be filled.</summary>
    private static IEnumerable<PropertyInfo> Settings(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.GetIndexParameters().Length == 0)
        .Where(property => property.SetMethod is { IsPublic: true } || IsFilled(property.PropertyType));

    private static bool IsFilled(Type type) => type.IsGenericType || _types.Contains(type);

    /// <summary>Two lines of one cell: a column for each would leave too little width for the description.</summary>
    private static string TypeAndDefaultOf(PropertyInfo property, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (_types.Contains(type))
        {
            return $"[{type.Name}](#{type.Name.ToLowerInvariant()})";
        }

        var isDelegate = typeof(Delegate).IsAssignableFrom(type);

        return $"`{(isDelegate ? "delegate" : NameOf(type))}`<br>{DefaultOf(value)}";
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name switch
            {
                nameof(Boolean) => "bool",
                nameof(Int32) => "int",
                nameof(Int64) => "long",
                nameof(Decimal) => "decimal",
                nameof(Double) => "double",
                nameof(String) => "string",
                _ => type.Name,
            };
        }

        var name = type.Name.Split('`')[0];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
    }

    private static string DefaultOf(object? value) => value switch
    {
        null => "none",
        TimeProvider => "the system's",
        TimeSpan time when time == System.Threading.Timeout.InfiniteTimeSpan => "infinite",
        TimeSpan time => time.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " s",
        bool flag => flag ? "true" : "false",
        string { Length: 0 } => "empty",
        string text => $"`{text}`",
        Uri address => $"`{address}`",
        IEnumerable items => items.Cast<object>().Any() ? string.Join(", ", items.Cast<object>().Select(item => $"`{item}`")) : "empty",
        Delegate => "set",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
