using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

public class OptionsValidatorTests
{
    [Fact]
    public void Validate_OfAnotherRegistration_Skips()
    {
        var result = new OptionsValidator(new Registration("one")).Validate("two", new CCApiClientOptions());

        Assert.True(result.Skipped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    public void Validate_OfGoodOptions_Succeeds(string name)
    {
        var result = new OptionsValidator(new Registration(name)).Validate(name, new CCApiClientOptions { ApiKey = "sk" });

        Assert.True(result.Succeeded);
    }

    [Fact]
    public void Validate_OfManyWrongOptions_SaysThemAll()
    {
        var result = new OptionsValidator(new Registration("")).Validate("", new CCApiClientOptions { MaxLineBytes = 0, UserAgent = " " });

        Assert.Equal(3, System.Linq.Enumerable.Count(result.Failures!));
        Assert.Contains("CCAPI_API_KEY", result.FailureMessage, System.StringComparison.Ordinal);
        Assert.Contains("MaxLineBytes", result.FailureMessage, System.StringComparison.Ordinal);
        Assert.Contains("UserAgent", result.FailureMessage, System.StringComparison.Ordinal);
    }
}
