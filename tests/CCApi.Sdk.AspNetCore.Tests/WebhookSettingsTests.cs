using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class WebhookSettingsTests
{
    [Fact]
    public void Read_OfTheSection_TakesEverySetting()
    {
        var options = WebhookSettings.Read(Settings(
            ("Secret", Site.Secret), ("SecretHeader", "X-Secret"), ("MaxBodyBytes", "1000"), ("Secrets:0", "a"), ("Secrets:1", "b"), ("ClientName", "second"),
            ("MaxConcurrentVerifications", "3"), ("VerificationTimeout", "00:00:10")), options => options.Secrets.Add(Site.Secret), options => options.Secrets.RemoveAt(0), options => options.Secrets.RemoveAt(0));

        Assert.Equal((Site.Secret, "X-Secret", 1000, "second"), (options.Secret, options.SecretHeader, options.MaxBodyBytes, options.ClientName));
        Assert.Equal((3, TimeSpan.FromSeconds(10)), (options.MaxConcurrentVerifications, options.VerificationTimeout));
        Assert.Equal([Site.Secret], options.Secrets);
    }

    /// <summary>The package CCApi.Sdk contains the schema for appsettings files, with the settings of this one.</summary>
    [Fact]
    public void Read_SettingsOfTheSchema_AreThoseThatAreRead()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "CCApi.Sdk", "ConfigurationSchema.json")));
        var settings = schema.RootElement.GetProperty("properties").GetProperty("CCApi").GetProperty("properties").GetProperty("Webhooks").GetProperty("properties");

        var exception = Assert.Throws<OptionsValidationException>(() => WebhookSettings.Read(Settings(("Secret", Site.Secret), ("Unknown", "1"))));

        var names = exception.Message[(exception.Message.IndexOf(" are ", StringComparison.Ordinal) + " are ".Length)..].TrimEnd('.').Split(", ");
        Assert.Equal(names, settings.EnumerateObject().Select(setting => setting.Name));
    }

    [Fact]
    public void Read_OfBoth_LetsCodeWin()
    {
        var options = WebhookSettings.Read(Settings(("Secret", "another-secret-of-old")), options => options.Secret = Site.Secret);

        Assert.Equal(Site.Secret, options.Secret);
    }

    [Theory]
    [InlineData("MaxBodyBytes", "1 MB", "CCApiWebhookOptions.MaxBodyBytes must be a number more than 0.")]
    [InlineData("MaxConcurrentVerifications", "many", "CCApiWebhookOptions.MaxConcurrentVerifications must be a number more than 0.")]
    [InlineData("VerificationTimeout", "30", "CCApiWebhookOptions.VerificationTimeout must be a time of more than 0 and less than 24 days, such as 00:00:30.")]
    [InlineData("Secert", "a", "The setting CCApi:Webhooks:Secert is unknown: the settings there are Secret, Secrets, SecretHeader, ClientName, MaxBodyBytes, MaxConcurrentVerifications, VerificationTimeout.")]
    public void Read_OfAWrongSetting_SaysWhatItMustBe(string name, string value, string expected)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => WebhookSettings.Read(Settings(("Secret", Site.Secret), (name, value))));

        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public void Read_OfEmptySettings_TakesTheDefaults()
    {
        var options = WebhookSettings.Read(Settings(("Secret", Site.Secret), ("MaxBodyBytes", ""), ("VerificationTimeout", " ")));

        Assert.Equal((64 * 1024 * 1024, 16, TimeSpan.FromSeconds(30)), (options.MaxBodyBytes, options.MaxConcurrentVerifications, options.VerificationTimeout));
    }

    private static ConfigurationManager Settings(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        foreach (var (name, value) in settings)
        {
            configuration[$"CCApi:Webhooks:{name}"] = value;
        }

        return configuration;
    }
}
