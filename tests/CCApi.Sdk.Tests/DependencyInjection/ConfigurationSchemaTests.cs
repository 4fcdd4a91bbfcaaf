using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

/// <summary>The schema for appsettings files, which the package contains, has the settings that are read and their defaults.</summary>
public class ConfigurationSchemaTests
{
    private static readonly JsonElement _schema = ReadSchema();

    public static TheoryData<string> Sections => ["", "Retry", "Timeouts", "Failover", "Telemetry"];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Properties_OfASection_AreTheSettingsThatAreRead(string section)
    {
        var expected = Properties(section).Select(property => property.Name).Order(StringComparer.Ordinal);

        Assert.Equal(SettingsOf(section).Order(StringComparer.Ordinal), expected);
    }

    [Fact]
    public void Sections_InTheSchema_AreAllChecked()
    {
        // The settings of the webhooks are read, and their schema is checked, by CCApi.Sdk.AspNetCore.
        var checkedSections = Sections.Select(row => row.Data).Append("Webhooks").Where(section => section.Length > 0);

        var sections = Properties("").Where(property => property.Value.TryGetProperty("properties", out _)).Select(property => property.Name);

        Assert.Equal(checkedSections.Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Defaults_OfASection_AreThoseOfTheOptions(string section)
    {
        var options = new CCApiClientOptions();
        var owner = section.Length == 0 ? options : typeof(CCApiClientOptions).GetProperty(section)!.GetValue(options)!;

        foreach (var property in Properties(section).Where(property => property.Value.TryGetProperty("default", out _)))
        {
            var changed = new CCApiClientOptions();
            var text = property.Value.GetProperty("default").ToString();

            Assert.Empty(ConfigurationSettings.Apply(changed, Section((Path(section, property.Name), text))));

            var changedOwner = section.Length == 0 ? changed : typeof(CCApiClientOptions).GetProperty(section)!.GetValue(changed)!;
            var member = owner.GetType().GetProperty(property.Name)!;
            Assert.Equal((property.Name, member.GetValue(owner)), (property.Name, member.GetValue(changedOwner)));
        }
    }

    private static JsonElement ReadSchema()
    {
        var json = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "src", "CCApi.Sdk", "ConfigurationSchema.json"));
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("properties").GetProperty(CCApiDefaults.Name).Clone();
    }

    private static JsonElement.ObjectEnumerator Properties(string section)
    {
        var owner = section.Length == 0 ? _schema : _schema.GetProperty("properties").GetProperty(section);
        return owner.GetProperty("properties").EnumerateObject();
    }

    /// <summary>The settings of a section: the message about an unknown one lists them.</summary>
    private static string[] SettingsOf(string section)
    {
        var problem = Assert.Single(ConfigurationSettings.Apply(new CCApiClientOptions(), Section((Path(section, "Zzzzzzzzzzzz"), "1"))));

        const string Start = "the settings there are ";
        return problem[(problem.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..].TrimEnd('.').Split(", ");
    }

    private static string Path(string section, string name) => section.Length == 0 ? name : $"{section}:{name}";

    private static IConfigurationSection Section((string Key, string Value) setting) => new ConfigurationBuilder()
        .AddInMemoryCollection([new($"{CCApiDefaults.Name}:{setting.Key}", setting.Value)])
        .Build()
        .GetSection(CCApiDefaults.Name);
}
