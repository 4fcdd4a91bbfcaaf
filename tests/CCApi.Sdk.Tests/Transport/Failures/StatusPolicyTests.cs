using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class StatusPolicyTests
{
    [Theory]
    [InlineData(400, false, false)]
    [InlineData(408, false, true)]
    [InlineData(429, false, false)]
    [InlineData(500, false, true)]
    [InlineData(501, true, true)]
    [InlineData(502, false, true)]
    [InlineData(503, false, true)]
    [InlineData(504, true, true)]
    [InlineData(520, true, true)]
    [InlineData(521, false, false)]
    [InlineData(522, false, false)]
    [InlineData(523, false, false)]
    [InlineData(524, true, true)]
    [InlineData(529, false, false)]
    public void MayBeCharged_OfAStatus_DependsOnWhoSentIt(int status, bool ofGateway, bool ofIntermediary)
    {
        Assert.Equal(ofGateway, StatusPolicy.MayBeCharged(status, FailureSource.Gateway));
        Assert.Equal(ofGateway, StatusPolicy.MayBeCharged(status, FailureSource.Embedded));
        Assert.Equal(ofIntermediary, StatusPolicy.MayBeCharged(status, FailureSource.Intermediary));
    }
}
