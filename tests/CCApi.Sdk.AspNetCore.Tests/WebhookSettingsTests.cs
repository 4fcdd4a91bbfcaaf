using System;
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
        var options = WebhookSettings.Read(Settings(("Secret", Site.Secret), ("SecretHeader", "X-Secret"), ("MaxBodyBytes", "1000")), configure: null);

        Assert.Equal((Site.Secret, "X-Secret", 1000), (options.Secret, options.SecretHeader, options.MaxBodyBytes));
    }

    [Fact]
    public void Read_OfBoth_LetsCodeWin()
    {
        var options = WebhookSettings.Read(Settings(("Secret", "another-secret-of-old")), options => options.Secret = Site.Secret);

        Assert.Equal(Site.Secret, options.Secret);
    }

    [Fact]
    public void Read_OfASizeThatIsNoNumber_SaysWhatItMustBe()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => WebhookSettings.Read(Settings(("Secret", Site.Secret), ("MaxBodyBytes", "1 MB")), configure: null));

        Assert.Contains("MaxBodyBytes must be a number more than 0", exception.Message, StringComparison.Ordinal);
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
