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
    [InlineData("""{"error":{"message":"busy","code":503}}""", true)]
    [InlineData("""{"error":{"type":"api_error","details":{}}}""", true)]
    [InlineData("""{"error":"busy","code":"overloaded"}""", true)]
    [InlineData("""{"error":"The model is busy","error_type":"overloaded"}""", true)]
    [InlineData("""{"error":"rate_limit_exceeded"}""", true)]
    [InlineData("""{"code":"channel:no_available_key","message":"busy"}""", true)]
    [InlineData("""{"description":"busy","type":"upstream_error","code":4}""", true)]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", true)]
    [InlineData("""{"Error":{"Message":"busy"}}""", true)]
    [InlineData("""{"ERROR":"busy","Error_Code":"overloaded"}""", true)]
    [InlineData("""{"Code":"upstream","Message":"busy"}""", true)]
    [InlineData("""{"Base_Resp":{"Status_Msg":"busy"}}""", true)]
    [InlineData("""{"Error":"rate_limit_exceeded"}""", true)]
    [InlineData("""{"Message":"timeout","Type":"x","Title":"t"}""", false)]
    [InlineData("""{"Code":503,"Message":"no healthy upstream"}""", false)]
    [InlineData("""{"timestamp":"2026-11-26T10:00:00Z","path":"/v1/chat/completions","status":502,"error":"Bad Gateway","requestId":"a-1"}""", false)]
    [InlineData("""{"timestamp":1,"status":500,"error":"Internal Server Error","message":"","path":"/"}""", false)]
    [InlineData("""{"statusCode":503,"error":"Service Unavailable","message":"upstream"}""", false)]
    [InlineData("""{"statusCode":500,"message":"Internal server error","activityId":"a"}""", false)]
    [InlineData("""{"status":"error","code":502,"message":"Application failed to respond","request_id":"a"}""", false)]
    [InlineData("""{"code":503,"message":"no healthy upstream"}""", false)]
    [InlineData("""{"code":"503","message":"no healthy upstream"}""", false)]
    [InlineData("""{"type":"about:blank","title":"Service Unavailable","detail":"upstream reset"}""", false)]
    [InlineData("""{"type":"https://problems.test/502","status":502,"detail":"no upstream"}""", false)]
    [InlineData("""{"type":"https://problems.test/502","message":"no upstream"}""", false)]
    [InlineData("""{"message":"timeout","type":"x","title":"t"}""", false)]
    [InlineData("""{"message":"timeout","type":"x","instance":"/a"}""", false)]
    [InlineData("""{"error":"Bad Gateway"}""", false)]
    [InlineData("""{"error":"Bad Gateway","code":"Bad Gateway"}""", false)]
    [InlineData("""{"error":"upstream connect error"}""", false)]
    [InlineData("""{"error":"Timeout"}""", false)]
    [InlineData("""{"error":{}}""", false)]
    [InlineData("""{"error":{"message":"","status":502}}""", false)]
    [InlineData("""{"error":{"message":null,"code":502}}""", false)]
    [InlineData("""{"error":null,"message":"Bad gateway"}""", false)]
    [InlineData("""{"errors":[{"message":"busy"}]}""", false)]
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
