using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

[Collection(nameof(EnvironmentTests))]
public sealed class RegistrationSettingsTests : IDisposable
{
    private readonly EnvironmentVariables _environment = new();
    private readonly Registration _registration = new("");

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData(0, "sk-application")]
    [InlineData(1, "sk-first")]
    [InlineData(2, "sk-second")]
    public void Configure_WithSections_TakesTheLastOrTheApplications(int sections, string expected)
    {
        _environment.Set("CCAPI_API_KEY", "sk-environment");
        var root = Configuration(("CCApi:ApiKey", "sk-application"), ("One:ApiKey", "sk-first"), ("Two:ApiKey", "sk-second"));
        _registration.Sections.AddRange(new[] { "One", "Two" }.Take(sections).Select(root.GetSection));
        var options = new CCApiClientOptions();

        new RegistrationSettings(_registration, root).Configure(options);

        Assert.Equal(expected, options.ApiKey);
    }

    [Fact]
    public void Configure_WithoutAConfiguration_TakesTheEnvironment()
    {
        _environment.Set("CCAPI_API_KEY", "sk-environment");
        var options = new CCApiClientOptions();

        new RegistrationSettings(_registration, application: null).Configure(options);

        Assert.Equal("sk-environment", options.ApiKey);
    }

    [Fact]
    public void Configure_OfManyWrongSettings_ReportsThemAll()
    {
        _environment.Set("CCAPI_BASE_URL", "gateway");
        var root = Configuration(("CCApi:BaseUrl", "https://a.test/"), ("CCApi:Timeouts:Total", "30"));

        var exception = Assert.Throws<OptionsValidationException>(() => new RegistrationSettings(_registration, root).Configure(new CCApiClientOptions()));

        Assert.Equal(
            [
                "CCAPI_BASE_URL is not an absolute address; it should look like https://api.ccapi.ai/v1/.",
                "The setting CCApi:Timeouts:Total must be a time such as 00:01:30 (hours:minutes:seconds), or Infinite; a bare number has no unit.",
                "The setting CCApi:BaseUrl is unknown: did you mean BaseAddress?",
            ],
            exception.Failures);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value))).Build();
}
