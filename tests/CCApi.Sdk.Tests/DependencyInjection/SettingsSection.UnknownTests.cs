using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

public class SettingsSectionUnknownTests
{
    private readonly List<string> _problems = [];

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

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>($"A:{value.Key}", value.Value)))
        .Build()
        .GetSection("A");
}
