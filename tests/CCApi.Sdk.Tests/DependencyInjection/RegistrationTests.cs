using Microsoft.Extensions.Configuration;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

public class RegistrationTests
{
    [Theory]
    [InlineData(null, " for the client of AddCcApi: set CCApi:ApiKey in the configuration, the environment variable CCAPI_API_KEY, or options.ApiKey or ApiKeyProvider in AddCcApi(options => ...)")]
    [InlineData("Elsewhere", " for the client of AddCcApi: set Elsewhere:ApiKey in the configuration, the environment variable CCAPI_API_KEY, or options.ApiKey or ApiKeyProvider in AddCcApi(options => ...)")]
    [InlineData("", " for the client of AddCcApi: set ApiKey in the configuration, the environment variable CCAPI_API_KEY, or options.ApiKey or ApiKeyProvider in AddCcApi(options => ...)")]
    public void KeyPlaces_OfTheDefaultClient_NameEachPlaceThatIsRead(string? section, string expected)
    {
        var registration = new Registration("");
        if (section is not null)
        {
            var root = new ConfigurationBuilder().Build();
            registration.Sections.Add(section.Length == 0 ? root : root.GetSection(section));
        }

        Assert.Equal(expected, registration.KeyPlaces);
    }

    [Fact]
    public void KeyPlaces_OfANamedClient_NameItAndNoPlaceThatIsNotRead()
    {
        var places = new Registration("second").KeyPlaces;

        Assert.Equal(
            " for the client \"second\": set options.ApiKey or ApiKeyProvider in AddKeyedCcApi(\"second\", options => ...). "
            + "No variable of the environment and no section of the configuration is read for it, so that no key goes to an address that it does not belong to",
            places);
    }
}
