using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class EmbeddedErrorTests
{
    [Theory]
    [InlineData("""{"error":{"message":"m"}}""", "m")]
    [InlineData("""{"error":"m","code":"c"}""", "m")]
    [InlineData("""{"error":[{"message":"m"}]}""", "m")]
    [InlineData("""{"error":true,"message":"m"}""", "m")]
    [InlineData("""{"success":false,"message":"m"}""", "m")]
    [InlineData("""{"base_resp":{"status_code":1004,"status_msg":"m"}}""", "m")]
    [InlineData("""{"success":false}""", "The response reports a failure without a reason.")]
    [InlineData("""{"error":true}""", "The response reports a failure without a reason.")]
    [InlineData("""{"error":1,"message":"m"}""", "m")]
    [InlineData("""{"success":"False","message":"m"}""", "m")]
    [InlineData("""{"Error":{"Code":"c","Message":"m"}}""", "m")]
    public void Find_OfUnknownMembersThatSayAnError_IsThatEvenBesideAPayload(string json, string expected)
    {
        Assert.Equal(expected, EmbeddedError.FindInUnknownMembers(Members(json), hasPayload: true)?.Message);
        Assert.Equal(expected, EmbeddedError.FindInUnknownMembers(Members(json), hasPayload: false)?.Message);
    }

    [Theory]
    [InlineData("""{"message":"m","type":"t","code":"c"}""", "m")]
    [InlineData("""{"detail":"m"}""", "m")]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"m"}]}""", "body: m")]
    [InlineData("""{"msg":"m"}""", "m")]
    [InlineData("""{"errors":[{"message":"m"}]}""", "m")]
    [InlineData("""{"code":"x","message":"y","data":null}""", "y")]
    [InlineData("""{"data":{"error":{"message":"m"}}}""", "m")]
    [InlineData("""{"result":{"data":{"error":"m"}},"code":0}""", "m")]
    [InlineData("""{"errorMessage":"m","errorType":"t"}""", "m")]
    [InlineData("""{"error_message":"m"}""", "m")]
    [InlineData("""{"errcode":40001,"errmsg":"m"}""", "m")]
    [InlineData("""{"fault":{"faultstring":"m","detail":{"errorcode":"c"}}}""", "m")]
    public void Find_OfAMessage_IsAnErrorOnlyWithoutAPayload(string json, string expected)
    {
        Assert.Equal(expected, EmbeddedError.FindInUnknownMembers(Members(json), hasPayload: false)?.Message);
        Assert.Null(EmbeddedError.FindInUnknownMembers(Members(json), hasPayload: true));
    }

    [Theory]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":{"message":"","type":"","code":null}}""")]
    [InlineData("""{"error":{"code":0,"param":false,"details":[{}]}}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":[null,{"message":""}]}""")]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":false}""")]
    [InlineData("""{"error":0}""")]
    [InlineData("""{"success":true,"extra":1}""")]
    [InlineData("""{"base_resp":{"status_code":0,"status_msg":""}}""")]
    [InlineData("""{"code":"c"}""")]
    [InlineData("""{}""")]
    public void Find_OfMembersThatSayNothing_IsNull(string json)
    {
        Assert.Null(EmbeddedError.FindInUnknownMembers(Members(json), hasPayload: true));
        Assert.Null(EmbeddedError.FindInUnknownMembers(Members(json), hasPayload: false));
    }

    [Fact]
    public void Find_OfHalfACharacter_NeverThrows()
    {
        Assert.Equal("\uD83D", EmbeddedError.FindInUnknownMembers(Members("""{"error":"\ud83d"}"""), hasPayload: true)?.Message);
        Assert.Equal("\uD83D", EmbeddedError.FindInJson("""{"error":"\ud83d"}"""u8)?.Message);
    }

    [Fact]
    public void Find_OfNoUnknownMembers_IsNull()
    {
        Assert.Null(EmbeddedError.FindInUnknownMembers(null, hasPayload: false));
        Assert.Null(EmbeddedError.FindCertainInUnknownMembers(null));
    }

    [Fact]
    public void Find_OfACodeWithoutAMessage_IsAnErrorWhenItIsAStatus()
    {
        Assert.Equal(503, EmbeddedError.FindInUnknownMembers(Members("""{"error_code":503}"""), hasPayload: false)?.Status);
    }

    [Theory]
    [InlineData("""{"error":"m"}""", "m")]
    [InlineData("""{"code":"overloaded","message":"m"}""", "m")]
    [InlineData("""{"status":429,"msg":"m"}""", "m")]
    [InlineData("""{"type":"error","message":"m"}""", "m")]
    [InlineData("""{"errors":["m"]}""", "m")]
    [InlineData("""{"message":"m"}""", null)]
    [InlineData("""{"code":0,"message":"m"}""", null)]
    [InlineData("""{"code":"queued","message":"m","errors":[]}""", null)]
    [InlineData("""{"code":503}""", null)]
    public void FindCertain_OfMembers_NeedsMoreThanAMessage(string json, string? expected)
    {
        Assert.Equal(expected, EmbeddedError.FindCertainInUnknownMembers(Members(json))?.Message);
    }

    /// <summary>The members as they were read from the wire are searched without a dictionary, but for long values.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void Find_OfMembersFromTheWire_IsTheSame(int length)
    {
        var text = new string('m', length);
        var chunk = Wire.Read<ChatCompletionChunk>($$"""{"a":1,"error":{"message":"{{text}}"},"b":[{"c":2}]}""");

        Assert.Equal(text, EmbeddedError.FindInUnknownMembers(chunk.AdditionalProperties, hasPayload: true)?.Message);
        Assert.Equal(text, EmbeddedError.FindInUnknownMembers(chunk.AdditionalProperties, hasPayload: false)?.Message);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m"}}""", "m")]
    [InlineData("""{"error":"m","id":null}""", "m")]
    [InlineData("""{"data":null,"error":{"message":"m"}}""", "m")]
    [InlineData("""{"success":false,"message":"m","id":"x"}""", "m")]
    [InlineData("""{"success":false}""", "The response reports a failure without a reason.")]
    [InlineData("""{"success":false,"success":false,"message":"m"}""", "m")]
    [InlineData("""{"other":[1,{"a":[]}],"error":{"message":"m"}}""", "m")]
    [InlineData("""{"\u0065rror":{"message":"m"}}""", "m")]
    [InlineData("""[{"error":{"message":"m"}}]""", "m")]
    [InlineData("""[{"error":{"message":"m"}},{"error":"n"}]""", "m; n")]
    [InlineData("""{"success":"false","message":"m","id":"x"}""", "m")]
    [InlineData("""{"base_resp":{"status_code":1008,"status_msg":"m"},"id":"x"}""", "m")]
    [InlineData("""{"object":"error","message":"m","id":"x"}""", "m")]
    [InlineData("""{"errors":[{"message":"m"}],"result":null}""", "m")]
    [InlineData("""{"type":"error","message":"m"}""", "m")]
    [InlineData("""{"code":"rate_limit_exceeded","message":"m","data":null}""", "m")]
    [InlineData("""{"error_code":503,"error_msg":"m"}""", "m")]
    [InlineData("""{"status":500,"message":"m"}""", "m")]
    [InlineData("""{"response":{"error":{"message":"m"}}}""", "m")]
    [InlineData("""{"data":{"error":{"message":"m"}}}""", "m")]
    [InlineData("""{"Error":{"Code":"c","Message":"m"}}""", "m")]
    public void Find_InAResponseOfTheCallersType_IsTheError(string json, string expected)
    {
        Assert.Equal(expected, EmbeddedError.FindInJson(Encoding.UTF8.GetBytes(json))?.Message);
    }

    [Theory]
    [InlineData("""{"id":"task-1","error":{"message":"m"}}""")]
    [InlineData("""{"error":{"message":"m"},"id":"task-1"}""")]
    [InlineData("""{"error":"m","data":[]}""")]
    [InlineData("""{"error":"m","id":"a","data":[]}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"message":"hello"}""")]
    [InlineData("""{"inner":{"error":{"message":"m"}}}""")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("""[{"error":{"message":"m"}},{"id":"a"}]""")]
    [InlineData("""[{"id":"task-1","error":{"message":"m"}}]""")]
    [InlineData("""[{"error":{"message":"m"}},7]""")]
    [InlineData("""[[{"error":{"message":"m"}}]]""")]
    [InlineData("""[{"id":"a"},{"error":{"message":"m"}}]""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"deleted":false}""")]
    [InlineData("""{"base_resp":{"status_code":0,"status_msg":"success"}}""")]
    [InlineData("""{"result":{"a":1},"success":true,"errors":[],"messages":[]}""")]
    [InlineData("""{"code":0,"message":"success","data":{"error":"m","state":"failed"}}""")]
    [InlineData("""{"data":{"id":"task-1","error":{"message":"m"}}}""")]
    [InlineData("""{"id":"task-1","status":"failed","code":"timeout","message":"m"}""")]
    [InlineData("""{"code":"SAVE10","message":"hello"}""")]
    [InlineData("""{"code":404}""")]
    [InlineData("""{"type":"response","object":"list"}""")]
    [InlineData("""{"success":true}""")]
    [InlineData("{}")]
    public void Find_InAResponseOfTheCallersTypeWithoutAnError_IsNull(string json)
    {
        Assert.Null(EmbeddedError.FindInJson(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("""{"error":{"message":"m"}}""", "m")]
    [InlineData("""{"error":{"message":"m"},"status":"failed"}""", null)]
    [InlineData("""{"error":{"message":"m"},"id":"job_1"}""", null)]
    [InlineData("""{"error":["m"],"id":"job_1","status":"failed"}""", null)]
    [InlineData("""{"error":["m"]}""", "m")]
    [InlineData("""{"data":[]}""", null)]
    [InlineData("""{"status":"error","message":"m"}""", "m")]
    [InlineData("""{"status":"Fail","message":"m"}""", "m")]
    [InlineData("""{"id":"","status":"","error":{"message":"m"}}""", "m")]
    [InlineData("""{"id":"","status":"processing","message":"m"}""", null)]
    [InlineData("""{"id":"j","status":"","error":{"message":"m"}}""", null)]
    [InlineData("""{"status":"error","code":"insufficient_quota","message":"m"}""", "m")]
    [InlineData("""{"status":"error","message":"m","code":503}""", "m")]
    [InlineData("""{"status":"failed","message":"m"}""", "m")]
    [InlineData("""{"status":429,"code":"rate_limit_exceeded","message":"m"}""", "m")]
    [InlineData("""{"status":429,"error":{"message":"m"}}""", "m")]
    [InlineData("""{"id":"req_1","code":"rate_limit_exceeded","message":"m"}""", "m")]
    [InlineData("""{"id":"j","code":401,"message":"m"}""", "m")]
    [InlineData("""{"id":"j","status":"processing","success":false,"message":"m"}""", "m")]
    [InlineData("""{"id":"j","success":false,"message":"m"}""", "m")]
    [InlineData("""{"data":[{"error":{"message":"m","code":503}}]}""", "m")]
    [InlineData("""{"id":"j","status":"completed","data":[{"url":""},{"error":"m"}]}""", "m")]
    [InlineData("""{"data":[{"error":{"message":"m"}},{"url":"https://media.test/a.png"}]}""", null)]
    [InlineData("""{"id":"j","code":"success","message":"m","status":"processing"}""", null)]
    [InlineData("""{"id":"j","code":0,"message":"m"}""", null)]
    [InlineData("""{"id":"j","status":"failed","code":"timeout","message":"m"}""", null)]
    [InlineData("""{"id":"j","message":"queued"}""", null)]
    [InlineData("""{"success":false,"message":"m","data":[{"url":"https://media.test/a.png"}]}""", null)]
    public void Find_InTheStateOfAJob_IsAnErrorOnlyWhenThereIsNoJob(string json, string? expected)
    {
        var response = Wire.Read<MultimodalImageGenerationResponse>(json);

        Assert.Equal(expected, EmbeddedError.FindInResponse(response, Encoding.UTF8.GetBytes(json))?.Message);
    }

    [Theory]
    [InlineData("""{"data":[{"error":{"message":"m","code":503}}]}""", "m")]
    [InlineData("""{"data":[{"error":"m"},{"b64_json":""}]}""", "m")]
    [InlineData("""{"data":[{"error":"m"},{"b64_json":"AAAA"}]}""", null)]
    [InlineData("""{"data":[{"url":""}]}""", null)]
    public void Find_InAListOfImages_IsAnErrorWhenNoneIsAnImage(string json, string? expected)
    {
        var response = Wire.Read<LegacyImageGenerationResponse>(json);

        Assert.Equal(expected, EmbeddedError.FindInResponse(response, Encoding.UTF8.GetBytes(json))?.Message);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"error":{"message":"m"}}}]}""", "m")]
    [InlineData("""{"choices":[{"message":{"content":"a"}},{"message":{"content":"a","error":"m"}}]}""", "m")]
    [InlineData("""{"choices":[{"message":{"content":"a","annotations":[]}}]}""", null)]
    [InlineData("""{"choices":{"error":{"message":"m"}}}""", "m")]
    public void Find_InACompletion_IsAlsoThatOfAMessage(string json, string? expected)
    {
        var response = Wire.Read<ChatCompletionResponse>(json);

        Assert.Equal(expected, EmbeddedError.FindInResponse(response, Encoding.UTF8.GetBytes(json))?.Message);
    }

    private static Dictionary<string, JsonElement> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone());
    }
}
