using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class GatewayErrorFormTests
{
    [Theory]
    [InlineData("""{"error":{"message":"busy"}}""", true)]
    [InlineData("""{"error":"busy"}""", true)]
    [InlineData("""[{"error":{"message":"busy"}}]""", true)]
    [InlineData("""{"code":"upstream","message":"busy","data":null}""", true)]
    [InlineData("""{"message":"busy","type":"api_error"}""", true)]
    [InlineData("""{"base_resp":{"status_code":1000,"status_msg":"busy"}}""", true)]
    [InlineData("""{"message":"no Route matched with those values"}""", false)]
    [InlineData("""{"type":"about:blank","title":"Bad Gateway","status":502,"detail":"x"}""", false)]
    [InlineData("""{"detail":"x"}""", false)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("\"busy\"", false)]
    [InlineData("<html></html>", false)]
    [InlineData("", false)]
    public void Matches_OfABody_IsTrueForTheGatewaysOwn(string body, bool expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(expected, GatewayErrorForm.Matches(bytes, ErrorBody.Parse(bytes)));
    }
}
