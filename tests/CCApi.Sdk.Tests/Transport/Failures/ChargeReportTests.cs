using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ChargeReportTests
{
    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":0,"total_tokens":7},"error":{}}""", true)]
    [InlineData("""{"credits_charged":0.5}""", true)]
    [InlineData("""{"cost":1e-9}""", true)]
    [InlineData("""{"usage":{"total_tokens":0}}""", false)]
    [InlineData("""{"usage":null,"credits_charged":0}""", false)]
    [InlineData("""{"a":{"usage":{"total_tokens":7}}}""", false)]
    [InlineData("""[{"usage":{"total_tokens":7}}]""", false)]
    [InlineData("{\"usage\":", false)]
    [InlineData("", false)]
    public void IsIn_OfABody_IsTrueForAPositiveUsageOrCost(string json, bool expected)
    {
        Assert.Equal(expected, ChargeReport.IsIn(Encoding.UTF8.GetBytes(json)));
    }
}
