using System;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

[Collection(nameof(EnvironmentTests))]
public class EnvironmentSettingsTests
{
    [Fact]
    public void Apply_OfBothVariables_SetsBothTrimmed()
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, " sk-env \n");
        environment.Set(CCApiDefaults.BaseUrlVariable, " https://other.test/v1 ");
        var options = new CCApiClientOptions();

        EnvironmentSettings.Apply(options);

        Assert.Equal("sk-env", options.ApiKey);
        Assert.Equal(new Uri("https://other.test/v1"), options.BaseAddress);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Apply_OfNothing_ChangesNothing(string? value)
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, value);
        environment.Set(CCApiDefaults.BaseUrlVariable, value);
        var options = new CCApiClientOptions { ApiKey = "sk-option" };

        EnvironmentSettings.Apply(options);

        Assert.Equal("sk-option", options.ApiKey);
        Assert.Equal(CCApiDefaults.BaseAddress, options.BaseAddress);
    }

    [Theory]
    [InlineData("api.ccapi.ai/v1")]
    [InlineData("/v1")]
    [InlineData("https://")]
    public void Apply_OfAnAddressThatIsNone_NamesTheVariableAndTheForm(string address)
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, "sk-env");
        environment.Set(CCApiDefaults.BaseUrlVariable, address);

        // A path with a leading slash is a file's address on Unix, which the rules then reject.
        var exception = Record.Exception(() =>
        {
            var options = new CCApiClientOptions();
            EnvironmentSettings.Apply(options);
            options.CheckedCopy();
        });

        Assert.IsType<ArgumentException>(exception);
        Assert.Contains("https://", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParseAddress_OfGarbage_NamesItsSourceOnly()
    {
        var exception = Assert.Throws<ArgumentException>(() => EnvironmentSettings.ParseAddress("not an address", "CCAPI_BASE_URL"));

        Assert.Equal("CCAPI_BASE_URL is not an absolute address; it should look like https://api.ccapi.ai/v1/.", exception.Message);
    }
}
