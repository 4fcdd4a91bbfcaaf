using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ErrorSignsTests
{
    [Theory]
    [InlineData("{}", false, false, false)]
    [InlineData("[]", false, false, false)]
    [InlineData("""{"error":{"a":1}}""", true, false, false)]
    [InlineData("""{"ERROR":"a","id":"b"}""", true, false, true)]
    [InlineData("""{"errors":[1]}""", true, false, false)]
    [InlineData("""{"errors":[],"error":{}}""", false, false, false)]
    [InlineData("""{"type":"error"}""", true, false, false)]
    [InlineData("""{"code":"rate_limit","message":"m"}""", true, false, false)]
    [InlineData("""{"code":500,"msg":"m","data":[]}""", true, false, true)]
    [InlineData("""{"code":500}""", false, false, false)]
    [InlineData("""{"status":"500","error_msg":"m"}""", true, false, false)]
    [InlineData("""{"status":"failed","message":"m"}""", false, false, false)]
    [InlineData("""{"code":{"a":400},"message":"m"}""", false, false, false)]
    [InlineData("""{"output":{"error":"m"}}""", true, false, false)]
    [InlineData("""{"result":{"data":{"error":"m"}}}""", true, false, false)]
    [InlineData("""{"data":{"error":"m","a":1}}""", false, false, true)]
    [InlineData("""{"success":false}""", false, true, false)]
    [InlineData("""{"success":"FALSE","data":null}""", false, true, false)]
    [InlineData("""{"success":0}""", false, false, false)]
    [InlineData("""{"base_resp":{"status_msg":"m","status_code":"1"}}""", false, true, false)]
    [InlineData("""{"base_resp":{"status_code":0}}""", false, false, false)]
    [InlineData("""{"base_resp":7}""", false, false, false)]
    [InlineData("""{"base_resp":{"status_code":null,"a":{"status_code":1}}}""", false, false, false)]
    [InlineData("""{"base_resp":{"a":[1],"status_code":1}}""", false, true, false)]
    [InlineData("""{"xx":"b","xxx":"m","code":500}""", false, false, false)]
    [InlineData("""{"code":500,"message":"m"}""", true, false, false)]
    [InlineData("""{"code":500,"error_msg":"m"}""", true, false, false)]
    [InlineData("""{"error_code":500,"msg":"m"}""", true, false, false)]
    [InlineData("""{"status_code":"rate_limit","msg":"m"}""", true, false, false)]
    [InlineData("""{"code":[500],"msg":"m"}""", false, false, false)]
    [InlineData("""{"code":"ok","msg":"m"}""", false, false, false)]
    [InlineData("""{"status":500,"code":0,"msg":"m"}""", true, false, false)]
    [InlineData("""{"type":"message"}""", false, false, false)]
    [InlineData("""{"type":"ERROR","choices":null}""", true, false, false)]
    [InlineData("""{"choices":{"error":"m"}}""", true, false, false)]
    [InlineData("""{"response":{"error":"m"}}""", true, false, false)]
    [InlineData("""{"data":{"error":"m"}}""", true, false, false)]
    [InlineData("""{"result":{"error":""}}""", false, false, false)]
    [InlineData("""{"output":[{"error":"m"}]}""", false, false, false)]
    [InlineData("""{"result":{"result":{"error":"m"}}}""", true, false, false)]
    [InlineData("""{"result":{"result":{"result":{"error":"m"}}}}""", false, false, false)]
    [InlineData("""{"success":"true"}""", false, false, false)]
    [InlineData("""{"succeed":false,"replies":{"error":"m"},"outcome":{"error":"m"}}""", false, false, false)]
    [InlineData("""{"error":null,"errors":null,"data":null,"id":null}""", false, false, false)]
    public void Of_AnObject_FindsItsSigns(string json, bool isError, bool hasFailed, bool hasPayload)
    {
        var signs = ErrorSigns.Of(Encoding.UTF8.GetBytes(json));

        Assert.Equal((isError, hasFailed, hasPayload), (signs.IsError, signs.HasFailed, signs.HasPayload));
    }

    [Theory]
    [InlineData("""{"object":"error"}""", true)]
    [InlineData("""{"object":"list"}""", false)]
    public void IsErrorObject_OfAnObject_IsWhatItCallsItself(string json, bool expected) =>
        Assert.Equal(expected, ErrorSigns.Of(Encoding.UTF8.GetBytes(json)).IsErrorObject);

    [Theory]
    [InlineData("{\"a\":1}", true)]
    [InlineData("[1]", true)]
    [InlineData("\"a\"", true)]
    [InlineData("true", true)]
    [InlineData("{ }", false)]
    [InlineData("[]", false)]
    [InlineData("\"\"", false)]
    [InlineData("false", false)]
    [InlineData("500", true)]
    [InlineData("-1", true)]
    [InlineData("0.0", false)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    [InlineData("[null,false,0,\"\",{\"a\":0.0}]", false)]
    [InlineData("[null,{\"a\":[true]}]", true)]
    [InlineData("{\"a\":\"b\"}", true)]
    [InlineData("9", true)]
    public void SaysSomething_OfAValue_IsWhetherItIsNotEmpty(string json, bool expected) =>
        Assert.Equal(expected, ErrorSigns.SaysSomething(Encoding.UTF8.GetBytes(json)));
}
