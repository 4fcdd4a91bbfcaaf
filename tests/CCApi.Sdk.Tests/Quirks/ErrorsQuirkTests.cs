using System.Linq;
using System.Net;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ErrorsQuirkTests
{
    private static readonly string _blank = string.Concat(Enumerable.Repeat("\n      ", 2000));

    /// <summary>What a body says: message, type, code, parameter, details.</summary>
    public static TheoryData<string, string> Shapes() => new()
    {
        { """{"error":{"message":"No.","type":"invalid_request_error","code":"bad_size","param":"size"}}""", "No.|invalid_request_error|bad_size|size|" },
        { """{"error":{"message":"No.","type":null,"code":400}}""", "No.||400||" },
        { """{"error":{"message":"No.","code":null,"metadata":{"provider_name":"Acme","raw":"{}"}}}""", """No.||||{"provider_name":"Acme","raw":"{}"}""" },
        { """{"error":{"message":"No.","details":[{"field":"size"}]}}""", """No.||||[{"field":"size"}]""" },
        { """{"error":{"message":"No.","details":{"details":"deep"}}}""", """No.||||{"details":"deep"}""" },
        { """{"error":{"error":{"message":"No.","code":"inner"},"code":"outer"}}""", "No.||inner||" },
        { """{"error":"No."}""", "No.||||" },
        { """{"error":"No.","code":"bad_size","error_type":"validation"}""", "No.|validation|bad_size||" },
        { """{"error":"No.","code":"bad_size"}""", "No.||bad_size||" },
        { """{"message":"No.","type":"invalid_request_error","code":"bad_size","param":"size"}""", "No.|invalid_request_error|bad_size|size|" },
        { """{"detail":"No."}""", "No.||||" },
        { """{"detail":[{"loc":["body","size"],"msg":"No.","type":"value_error"}]}""", """body.size: No.|value_error|||[{"loc":["body","size"],"msg":"No.","type":"value_error"}]""" },
        { """{"detail":{"message":"No.","code":"bad_size"}}""", "No.||bad_size||" },
        { """{"msg":"No."}""", "No.||||" },
        { """{"errors":[{"message":"No.","code":"bad_size"}]}""", """No.||bad_size||[{"message":"No.","code":"bad_size"}]""" },
        { """{"base_resp":{"status_code":1004,"status_msg":"No."}}""", "No.||1004||" },
        { """{"success":false,"message":"No."}""", "No.||||" },
        { """{"success":false,"message":"No.","data":null,"code":"bad_size"}""", "No.||bad_size||" },
        { """{"code":"bad_size","message":"No.","data":null}""", "No.||bad_size||" },
        { """[{"error":{"code":400,"message":"No.","status":"INVALID_ARGUMENT"}}]""", "No.||400||" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Error_OfAnyShape_SaysTheSameUnderAStatus(string body, string expected)
    {
        foreach (var call in OperationCalls.All)
        {
            var exception = await FailAsync(400, body, call);

            Assert.Equal(($"{call}", expected, nameof(CCApiBadRequestException)), ($"{call}", Describe(exception), exception.GetType().Name));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Error_HiddenInA200_SaysTheSame(string body, string expected)
    {
        foreach (var call in OperationCalls.All)
        {
            foreach (var text in new[] { body, _blank + body, "\uFEFF" + body })
            {
                var exception = await FailAsync(200, text, call);

                Assert.Equal(($"{call}", expected, HttpStatusCode.OK), ($"{call}", Describe(exception), exception.StatusCode));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Error_InAStream_SaysTheSame(string body, string expected)
    {
        var one = ChatScript.Frames(ChatScript.Text("One, "));
        foreach (var frame in new[] { $"data: {body}\n\n", $"data: {body}", $"event: error\ndata: {body}\n\n", $"{body}\n", $"\n{body}" })
        {
            var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => ChatScript.RespondAsync(one + frame));

            Assert.Equal((expected, "One, "), (Describe(exception), exception.PartialResponse?.Text));
        }
    }

    [Theory]
    [InlineData("""{"id":"c1","choices":[],"error":{"message":"No.","code":429}}""")]
    [InlineData("""{"id":"c1","object":"chat.completion.chunk","error":{"message":"No.","code":429}}""")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"error":{"message":"No.","code":429}}""")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":{"message":"No.","code":429}}]}""")]
    public async Task Error_BesideOrInsideAChoice_IsThatErrorWithWhatCame(string chunk)
    {
        var body = ChatScript.Frames(ChatScript.Text("One, "), chunk);

        var exceptions = new[]
        {
            await Assert.ThrowsAsync<CCApiRateLimitException>(() => ChatScript.RespondAsync(body)),
            await Assert.ThrowsAsync<CCApiRateLimitException>(() => BothWays.CompleteAsync(body, ApiRequest.EventStream)),
        };

        Assert.All(exceptions, exception => Assert.Equal(("No.", "One, ", true), (exception.GatewayMessage, exception.PartialResponse?.Text, exception.PartialResponse?.IsTruncated)));
    }

    [Theory]
    [InlineData("""{"id":"c1","choices":[{"index":0,"message":{"content":"One, "},"finish_reason":"error","error":{"message":"No.","code":429}}]}""", "One, ")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"message":{"content":"One, "},"finish_reason":"stop"},{"index":1,"message":{},"error":{"message":"No.","code":"429"}}]}""", "One, ")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"message":{"content":"One, "},"finish_reason":"error"}],"error":{"message":"No.","code":429}}""", "One, ")]
    [InlineData("""{"id":"c1","choices":[{"index":0,"message":null,"finish_reason":"error","error":{"message":"No.","code":429}}]}""", null)]
    public async Task Error_InAPlainResponseWithAPart_IsThatErrorWithThePart(string body, string? text)
    {
        var exceptions = new[]
        {
            await Assert.ThrowsAsync<CCApiRateLimitException>(() => BothWays.CompleteAsync(body, maxRetries: 0)),
            await Assert.ThrowsAsync<CCApiRateLimitException>(() => ChatScript.RespondAsync(body, "application/json")),
        };

        Assert.All(exceptions, exception =>
        {
            Assert.Equal(("No.", text, true, HttpStatusCode.OK), (exception.GatewayMessage, exception.PartialResponse?.Text, exception.PartialResponse?.IsTruncated, exception.PartialResponse?.Info?.StatusCode));
        });
    }

    [Theory]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>", "text/html", "502 Bad Gateway 502 Bad Gateway")]
    [InlineData("upstream connect error", "text/plain", "upstream connect error")]
    [InlineData("{\"unknown\":\"shape\"}", "application/json", "{\"unknown\":\"shape\"}")]
    [InlineData("{\"detail\":{}}", "application/json", "{\"detail\":{}}")]
    [InlineData("{\"cut\":", "application/json", "{\"cut\":")]
    [InlineData("", "text/plain", null)]
    public async Task Error_WithoutAMessage_ShowsAPieceOfTheBody(string body, string mediaType, string? snippet)
    {
        var gateway = new FakeGateway { Otherwise = _ => FakeGateway.Content(502, body, mediaType) };
        using var client = gateway.Client(options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.Equal((snippet, null, true), (exception.BodySnippet, exception.GatewayMessage, exception.Message.Contains(snippet ?? "502")));
    }

    [Theory]
    [InlineData("<html><body>Welcome</body></html>", "HTML instead of JSON")]
    [InlineData("Welcome", "text that is not JSON")]
    [InlineData("", "an empty body")]
    [InlineData("{\"data\":[", "JSON that is broken or truncated")]
    public async Task Body_OfA200ThatIsNotJson_IsNamedInTheMessage(string body, string what)
    {
        foreach (var call in OperationCalls.All)
        {
            var exception = await FailAsync(200, body, call);

            Assert.Equal(($"{call}", nameof(CCApiProtocolException), true), ($"{call}", exception.GetType().Name, exception.Message.Contains($"returned 200 with {what}.")));
        }
    }

    private static async Task<CCApiException> FailAsync(int status, string body, OperationCall call)
    {
        using var client = new FakeGateway().Respond(status, body).Client();
        return await Assert.ThrowsAnyAsync<CCApiException>(() => call.SendAsync(client));
    }

    private static string Describe(CCApiException exception) =>
        $"{exception.GatewayMessage}|{exception.Type}|{exception.Code}|{exception.Param}|{exception.Details?.GetRawText()}";
}
