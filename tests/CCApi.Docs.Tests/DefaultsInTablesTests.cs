using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using CCApi.Docs.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Caching;
using Xunit;

namespace CCApi.Docs.Tests;

/// <summary>The tables of settings of the guides and readmes have the values of a new options object.</summary>
public class DefaultsInTablesTests
{
    /// <summary>The guide, the type of its settings, the setting and the text of its default.</summary>
    public static TheoryData<string, string, string, string> Rows =>
    [
        .. RowsOf("docs/caching.md", typeof(MediaCacheOptions), column: 2),
        .. RowsOf("docs/telemetry.md", typeof(CCApiTelemetryOptions), column: 3),
        .. RowsOf("src/CCApi.Sdk.AspNetCore/README.md", typeof(CCApiWebhookOptions), column: 2),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfATable_IsTheDefault(string guide, string type, string setting, string text)
    {
        var options = SettingsPage.Types.Single(known => known.Name == type);
        var value = options.GetProperty(setting)!.GetValue(Activator.CreateInstance(options));

        Assert.True(Texts(value).Any(expected => text == expected || text.StartsWith(expected + ":", StringComparison.Ordinal)), $"{guide}: {setting} is {value}, not {text}.");
    }

    [Theory]
    [InlineData("docs/caching.md", 4)]
    [InlineData("docs/telemetry.md", 4)]
    [InlineData("src/CCApi.Sdk.AspNetCore/README.md", 7)]
    public void Table_OfAGuide_IsFound(string guide, int rows) => Assert.Equal(rows, Rows.Count(row => row.Data.Item1 == guide));

    /// <summary>The rows whose first cell begins with the name of a setting, in the tables with a column of defaults.</summary>
    private static TheoryDataRow<string, string, string, string>[] RowsOf(string guide, Type options, int column)
    {
        var lines = Guide.Read(guide).Split('\n');
        var header = Array.FindIndex(lines, line => line.StartsWith("| setting", StringComparison.Ordinal) && line.Contains("| default |", StringComparison.Ordinal));

        return
        [
            .. lines.Skip(header + 2)
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Split('|'))
                .Select(cells => new TheoryDataRow<string, string, string, string>(guide, options.Name, cells[1].Split('`')[1].Split('.')[^1], cells[column].Trim())),
        ];
    }

    private static string[] Texts(object? value) => value switch
    {
        null => ["none", "required, unless `Secrets` has one"],
        TimeSpan time => [time.ToString("c", CultureInfo.InvariantCulture), $"{time.TotalDays} days", $"{time.TotalHours} hour"],
        bool flag => [flag ? "true" : "false"],
        IEnumerable items when !items.Cast<object>().Any() => ["none"],
        IConvertible number => NumberTexts(number.ToInt64(CultureInfo.InvariantCulture)),
        _ => [],
    };

    private static string[] NumberTexts(long number) =>
    [
        number.ToString(CultureInfo.InvariantCulture),
        number.ToString("N0", CultureInfo.InvariantCulture),
        FormattableString.Invariant($"{number / 1048576.0} MiB"),
    ];
}
