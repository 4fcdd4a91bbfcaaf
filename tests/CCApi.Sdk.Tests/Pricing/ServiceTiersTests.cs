using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class ServiceTiersTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" Default ")]
    [InlineData("auto")]
    [InlineData("standard")]
    [InlineData("standard_only")]
    [InlineData("on_demand")]
    public void WhyUnknown_OfTheStandardTier_IsNull(string? tier)
    {
        Assert.Null(ServiceTiers.WhyUnknown(tier, isAtMost: false));
        Assert.Null(ServiceTiers.WhyUnknown(tier, isAtMost: true));
    }

    [Theory]
    [InlineData("priority", false)]
    [InlineData("scale", false)]
    [InlineData("tier-of-tomorrow", false)]
    [InlineData("FLEX", true)]
    [InlineData("batch", true)]
    public void WhyUnknown_OfAnotherTier_NamesIt(string tier, bool isCheaper)
    {
        var reason = $"the catalog has no prices for the service tier '{tier}'";

        Assert.Equal(reason, ServiceTiers.WhyUnknown(tier, isAtMost: false));
        Assert.Equal(isCheaper ? null : reason, ServiceTiers.WhyUnknown(tier, isAtMost: true));
    }
}
