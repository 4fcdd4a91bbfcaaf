using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

public class SettingsSectionTests
{
    private readonly List<string> _problems = [];

    [Theory]
    [InlineData("00:01:30", 90)]
    [InlineData("0:0:5", 5)]
    [InlineData("5:00", 5 * 3600)]
    [InlineData("1.00:00:00", 24 * 3600)]
    [InlineData("23:59:59.5", (24 * 3600) - 0.5)]
    [InlineData(" infinite ", -0.001)]
    public void Time_WithUnits_IsRead(string text, double seconds)
    {
        var time = Read(text).Time("Total", TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromMilliseconds(seconds * 1000), time);
        Assert.Empty(_problems);
    }

    /// <summary>The platform reads the first four as days.</summary>
    [Theory]
    [InlineData("30")]
    [InlineData("-30")]
    [InlineData("24:00:00")]
    [InlineData("90:00")]
    [InlineData("0.5")]
    [InlineData("30s")]
    [InlineData("PT30S")]
    [InlineData("00:60")]
    public void Time_WithoutUnitsOrOutOfRange_IsReported(string text)
    {
        var time = Read(text).Time("Total", Timeout.InfiniteTimeSpan);

        Assert.Equal(Timeout.InfiniteTimeSpan, time);
        Assert.Equal(["The setting A:Total must be a time such as 00:01:30 (hours:minutes:seconds), or Infinite; a bare number has no unit."], _problems);
    }

    [Theory]
    [InlineData("BaseUrl", "did you mean BaseAddress?")]
    [InlineData("baseadress", "did you mean BaseAddress?")]
    [InlineData("Api_Key", "did you mean ApiKey?")]
    [InlineData("Key", "did you mean ApiKey?")]
    [InlineData("Timeout", "did you mean Timeouts?")]
    [InlineData("Totl", "did you mean A:Timeouts:Total?")]
    [InlineData("TimeoutsInSeconds", "did you mean Timeouts?")]
    [InlineData("Endpoint", "the settings there are ApiKey, BaseAddress, Timeouts.")]
    [InlineData("x", "the settings there are ApiKey, BaseAddress, Timeouts.")]
    public void ReportUnknown_OfANameThatNothingRead_SuggestsANearOne(string name, string expected)
    {
        ReadAll(Section((name, "1"), ("APIKEY", "sk"), ("Timeouts:total", "00:01:00")));

        Assert.Equal([$"The setting A:{name} is unknown: {expected}"], _problems);
    }

    [Theory]
    [InlineData("Timeouts:Totals", "The setting A:Timeouts:Totals is unknown: did you mean Total?")]
    [InlineData("Timeouts:ApiKey", "The setting A:Timeouts:ApiKey is unknown: the settings there are Total.")]
    [InlineData("Timeouts", "The setting A:Timeouts must be a section, not one value.")]
    [InlineData("ApiKey:Value", "The setting A:ApiKey must be one value, not a section.")]
    public void ReportUnknown_AtALowerLevel_NamesTheWholePath(string name, string expected)
    {
        ReadAll(Section((name, "1")));

        Assert.Equal([expected], _problems);
    }

    [Theory]
    [InlineData("PATH", "")]
    [InlineData("BaseUrl", "The setting BaseUrl is unknown: did you mean BaseAddress?")]
    public void ReportUnknown_OfARoot_ReportsOnlyNearNames(string name, string expected)
    {
        ReadAll(new ConfigurationBuilder().AddInMemoryCollection([new(name, "1")]).Build());

        Assert.Equal(expected, string.Join(" ", _problems));
    }

    private void ReadAll(IConfiguration section)
    {
        var settings = new SettingsSection(section, _problems);
        settings.Text("ApiKey");
        settings.Text("BaseAddress");
        settings.Section("Timeouts").Time("Total", TimeSpan.Zero);
        settings.ReportUnknown();
    }

    private SettingsSection Read(string time) => new(Section(("Total", time)), _problems);

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>($"A:{value.Key}", value.Value)))
        .Build()
        .GetSection("A");
}
