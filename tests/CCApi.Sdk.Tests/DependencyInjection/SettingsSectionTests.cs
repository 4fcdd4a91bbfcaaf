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

    private SettingsSection Read(string time) => new(Section(("Total", time)), _problems);

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>($"A:{value.Key}", value.Value)))
        .Build()
        .GetSection("A");
}
