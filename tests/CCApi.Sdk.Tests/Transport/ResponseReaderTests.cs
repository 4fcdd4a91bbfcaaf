using System;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class ResponseReaderTests
{
    private const string BaseAddress = " Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.";

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]}""")]
    [InlineData("\uFEFF" + """{"choices":[{"message":{"content":"a"}}]}""")]
    [InlineData("\r\n\t  " + """{"choices":[{"message":{"content":"a"}}],"error":null}""")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"success":true,"code":0,"message":"","base_resp":{"status_code":0,"status_msg":"success"}}""")]
    public void Read_OfAResponse_ReturnsIt(string body)
    {
        Assert.Equal("a", Read(body).Text);
    }

    [Fact]
    public void Read_OfAJobThatFailed_TakesTheKeyOutOfItsReason()
    {
        const string Job = """{"id":"job KEY","status":"KEY","poll_url":"/KEY","error":{"message":"m KEY","type":"t KEY","code":"c KEY","param":"p KEY","details":{"d":"KEY"},"metadata":{"e":"KEY"}}}""";
        using var call = CallSamples.Of(ApiRequest.Get("images/jobs/job_1"), redaction: new KeyRedaction("sk-secret"));
        using var response = FakeGateway.Json(200, "");

        var job = ResponseReader.Read(call, response, Encoding.UTF8.GetBytes(Job.Replace("KEY", "sk-secret")), MultimodalImageGenerationResponse.ReadFrom);

        Assert.Equal(Job.Replace("KEY", "***"), Wire.Write(job));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":null,"error":{}}""")]
    public void Read_EmptyResponse_ReturnsIt(string body)
    {
        Assert.Null(Read(body).Text);
    }

    [Theory]
    [InlineData("", "an empty body", null)]
    [InlineData(" \r\n", "an empty body", null)]
    [InlineData("<!doctype html><title>CCAPI</title>", "HTML instead of JSON", "CCAPI")]
    [InlineData("""{"choices":[{"mess""", "JSON that is broken or truncated", """{"choices":[{"mess""")]
    [InlineData("[1,2", "JSON that is broken or truncated", "[1,2")]
    [InlineData("""{"choices":[]} and more""", "JSON that is broken or truncated", """{"choices":[]} and more""")]
    [InlineData("""{"choices":[]}}""", "JSON that is broken or truncated", """{"choices":[]}}""")]
    [InlineData("OK", "text that is not JSON", "OK")]
    [InlineData("data: {}", "text that is not JSON", "data: {}")]
    [InlineData("7", "JSON that is not an object", "7")]
    [InlineData("null", "JSON that is not an object", "null")]
    [InlineData("[]", "JSON that is not an object", "[]")]
    public void Read_BodyIsNotAResponse_NamesItsForm(string body, string form, string? snippet)
    {
        var exception = Assert.Throws<CCApiProtocolException>(() => Read(body));

        Assert.Equal($"POST /chat/completions returned 200 with {form}.{(snippet is null ? null : $" It starts with: {snippet}.")}{BaseAddress}", exception.Message);
        Assert.Equal(snippet, exception.BodySnippet);
        Assert.False(exception.IsTransient);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","type":"invalid_request_error","code":"c","param":"p"}}""")]
    [InlineData("""{"error":{"message":"m","code":400}}""")]
    [InlineData("""{"error":"m"}""")]
    [InlineData("""{"error":"m","code":"c","status":400}""")]
    [InlineData("""{"message":"m","type":"t","code":"c"}""")]
    [InlineData("""{"detail":"m"}""")]
    [InlineData("""{"detail":[{"msg":"m"}]}""")]
    [InlineData("""{"detail":{"msg":"m"}}""")]
    [InlineData("""{"msg":"m"}""")]
    [InlineData("""{"errors":[{"message":"m"}]}""")]
    [InlineData("""{"base_resp":{"status_code":1004,"status_msg":"m"}}""")]
    [InlineData("""{"success":false,"message":"m"}""")]
    [InlineData("""{"code":"x","message":"m","data":null}""")]
    [InlineData("""[{"error":{"message":"m"}}]""")]
    [InlineData("\"m\"")]
    [InlineData("""{"id":"x","choices":[],"error":{"message":"m"}}""")]
    [InlineData("""{"id":"x","choices":[{"message":{"content":"a"}}],"error":{"message":"m"}}""")]
    public void Read_OfAHiddenError_IsThatError(string body)
    {
        foreach (var padded in new[] { body, "\uFEFF" + body, new string(' ', 20_000) + body })
        {
            var exception = Assert.ThrowsAny<CCApiException>(() => Read(padded));

            Assert.Equal("m", exception.GatewayMessage);
            Assert.Equal(HttpStatusCode.OK, exception.StatusCode);
        }
    }

    [Fact]
    public void Read_HiddenErrorBesideAResponse_KeepsTheResponseAsAPart()
    {
        var exception = Assert.Throws<CCApiServerException>(() => Read("""{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}],"error":{"message":"m","code":502}}"""));

        Assert.Equal(("a", true, HttpStatusCode.OK), (exception.PartialResponse?.Text, exception.PartialResponse?.IsTruncated, exception.PartialResponse?.Info?.StatusCode));
    }

    [Fact]
    public void Read_OfATypeOfTheCallers_IsIt()
    {
        Assert.Equal(7, ReadAs(" 7", JsonTypes.Number));
        Assert.Equal(JsonValueKind.Null, ReadAs("null", JsonTypes.Element).ValueKind);
        Assert.Equal("task-1", ReadAs("""{"id":"task-1","error":{"message":"m"}}""", JsonTypes.Element).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("", "an empty body")]
    [InlineData("<html>x</html>", "HTML instead of JSON")]
    [InlineData("{\"a\":", "JSON that is broken or truncated")]
    [InlineData("x", "text that is not JSON")]
    public void Read_OfWhatATypeOfTheCallersCannotBe_SaysWhatItIs(string body, string form)
    {
        var exception = Assert.Throws<CCApiProtocolException>(() => ReadAs(body, JsonTypes.Element));

        Assert.StartsWith($"POST /chat/completions returned 200 with {form}, or of another shape (", exception.Message, StringComparison.Ordinal);
        Assert.IsType<JsonException>(exception.InnerException, exactMatch: false);
    }

    [Fact]
    public void Read_OfNull_IsNotAResponseForATypeThatCannotBeNull()
    {
        var exception = Assert.Throws<CCApiProtocolException>(() => ReadAs("null", JsonTypes.Text));

        Assert.StartsWith("POST /chat/completions returned 200 with JSON null.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","code":"rate_limit"}}""")]
    [InlineData("""{"success":false,"message":"m","type":"rate_limit_error"}""")]
    public void Read_OfAHiddenErrorInsteadOfATypeOfTheCallers_IsThatError(string body)
    {
        var exception = Assert.Throws<CCApiRateLimitException>(() => ReadAs(body, JsonTypes.Element));

        Assert.Equal("m", exception.GatewayMessage);
    }

    private static ChatCompletionResponse Read(string body)
    {
        using var call = Call();
        using var response = FakeGateway.Json(200, body);
        return FailureSamples.Throwing(call, () => ResponseReader.Read(call, response, Encoding.UTF8.GetBytes(body), ChatCompletionResponse.ReadFrom));
    }

    private static T ReadAs<T>(string body, JsonTypeInfo<T> type)
    {
        using var call = Call();
        using var response = FakeGateway.Json(200, body);
        return FailureSamples.Throwing(call, () => ResponseReader.Read(call, response, Encoding.UTF8.GetBytes(body), type));
    }

    private static ApiCall Call() => CallSamples.Post();
}
