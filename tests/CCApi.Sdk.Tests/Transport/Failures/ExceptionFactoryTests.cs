using System;
using System.Net;
using System.Net.Http;
using System.Text;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ExceptionFactoryTests
{
    private const string Key = "sk-test-0123456789";
    private const string Html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

    private static readonly ApiRequest _request = ApiRequest.Get("models");

    [Theory]
    [InlineData(400, typeof(CCApiBadRequestException))]
    [InlineData(401, typeof(CCApiUnauthorizedException))]
    [InlineData(402, typeof(CCApiBillingException))]
    [InlineData(403, typeof(CCApiPermissionException))]
    [InlineData(404, typeof(CCApiNotFoundException))]
    [InlineData(405, typeof(CCApiException))]
    [InlineData(408, typeof(CCApiException))]
    [InlineData(409, typeof(CCApiException))]
    [InlineData(413, typeof(CCApiBadRequestException))]
    [InlineData(415, typeof(CCApiException))]
    [InlineData(422, typeof(CCApiBadRequestException))]
    [InlineData(429, typeof(CCApiRateLimitException))]
    [InlineData(451, typeof(CCApiException))]
    [InlineData(500, typeof(CCApiServerException))]
    [InlineData(501, typeof(CCApiServerException))]
    [InlineData(502, typeof(CCApiServerException))]
    [InlineData(503, typeof(CCApiServerException))]
    [InlineData(504, typeof(CCApiServerException))]
    [InlineData(520, typeof(CCApiServerException))]
    [InlineData(529, typeof(CCApiServerException))]
    [InlineData(599, typeof(CCApiServerException))]
    [InlineData(304, typeof(CCApiProtocolException))]
    public void FromStatus_OfAStatus_IsItsTypeWhateverTheBody(int status, Type expected)
    {
        foreach (var body in new[] { "", "{}", "text", Html, "[]", "null", "{\"cut\":", """{"error":{"message":"m","code":"no_idea"}}""", """{"choices":[]}""" })
        {
            var exception = FromStatus(status, body);

            Assert.IsType(expected, exception);
            Assert.Equal(status, (int)exception.StatusCode!);
        }
    }

    [Theory]
    [InlineData(403, "insufficient_user_quota", typeof(CCApiBillingException))]
    [InlineData(403, "pre_consume_token_quota_failed", typeof(CCApiBillingException))]
    [InlineData(403, "access_denied", typeof(CCApiPermissionException))]
    [InlineData(404, "model_not_found", typeof(CCApiModelUnavailableException))]
    [InlineData(503, "model_not_found", typeof(CCApiModelUnavailableException))]
    [InlineData(400, "model_not_found", typeof(CCApiBadRequestException))]
    [InlineData(429, "insufficient_quota", typeof(CCApiBillingException))]
    [InlineData(500, "unauthorized", typeof(CCApiServerException))]
    [InlineData(400, "rate_limit_exceeded", typeof(CCApiBadRequestException))]
    public void FromStatus_OfACode_RefinesTheStatusButNeverBeatsIt(int status, string code, Type expected)
    {
        var exception = FromStatus(status, $$$"""{"error":{"message":"m","code":"{{{code}}}"}}""");

        Assert.IsType(expected, exception);
        Assert.Equal(code, exception.Code);
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(402, false)]
    [InlineData(404, false)]
    [InlineData(501, false)]
    public void IsTransient_OfAStatus_SaysWhetherLaterMayHelp(int status, bool expected)
    {
        Assert.Equal(expected, FromStatus(status, "{}").IsTransient);
    }

    [Fact]
    public void IsTransient_OfAModelThatNobodyServes_IsFalse()
    {
        Assert.False(FromStatus(503, """{"error":{"message":"m","code":"model_not_found"}}""").IsTransient);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","type":"invalid_request_error","code":"c","param":"p","details":{"a":1}}}""")]
    [InlineData("""{"error":"m","error_type":"invalid_request_error","code":"c","param":"p","details":{"a":1}}""")]
    [InlineData("""{"message":"m","type":"invalid_request_error","code":"c","param":"p","metadata":{"a":1}}""")]
    [InlineData("""[{"error":{"message":"m","type":"invalid_request_error","code":"c","param":"p","details":{"a":1}}}]""")]
    public void FromStatus_OfAnyShape_KeepsEveryPart(string body)
    {
        var exception = FromStatus(400, body, "X-Request-Id: req-1");

        Assert.Equal("GET /models failed: 400 (c): m", exception.Message);
        Assert.Equal("m", exception.GatewayMessage);
        Assert.Equal("invalid_request_error", exception.Type);
        Assert.Equal("c", exception.Code);
        Assert.Equal("p", exception.Param);
        Assert.Equal("""{"a":1}""", exception.Details?.ToString());
        Assert.Equal("req-1", exception.RequestId);
        Assert.True(exception.Headers!.Contains("X-Request-Id"));
        Assert.Equal(body, exception.BodySnippet);
    }

    [Theory]
    [InlineData("""{"detail":"m"}""", "m")]
    [InlineData("""{"detail":[{"loc":["body","model"],"msg":"m"}]}""", "body.model: m")]
    [InlineData("""{"msg":"m"}""", "m")]
    [InlineData("""{"errors":[{"message":"m"}]}""", "m")]
    [InlineData("""{"errors":["a","b"]}""", "a; b")]
    [InlineData("""{"base_resp":{"status_code":1004,"status_msg":"m"}}""", "m")]
    [InlineData("""{"success":false,"message":"m"}""", "m")]
    [InlineData("\"m\"", "m")]
    public void FromStatus_OfARarerShape_KeepsItsMessage(string body, string expected)
    {
        var exception = FromStatus(400, body);

        Assert.IsType<CCApiBadRequestException>(exception);
        Assert.Equal(expected, exception.GatewayMessage);
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Invalid token","code":"unauthorized"}}""",
        "GET /models failed: 401 (unauthorized): Invalid token. Check the API key: the environment variable CCAPI_API_KEY, CCApiClientOptions.ApiKey or ApiKeyProvider.")]
    [InlineData(401, """{"error":{"message":"无效的令牌。"}}""",
        "GET /models failed: 401: 无效的令牌。 Check the API key: the environment variable CCAPI_API_KEY, CCApiClientOptions.ApiKey or ApiKeyProvider.")]
    [InlineData(402, """{"error":{"message":"Insufficient balance","type":"billing_error","code":"insufficient_funds"}}""",
        "GET /models failed: 402 (insufficient_funds): Insufficient balance. The balance of this key does not cover the call: add credit at the gateway's dashboard, or use another key.")]
    [InlineData(403, """{"error":{"message":"Used up.","code":"insufficient_user_quota"}}""",
        "GET /models failed: 403 (insufficient_user_quota): Used up. The balance of this key does not cover the call: add credit at the gateway's dashboard, or use another key.")]
    [InlineData(403, "<html><title>Attention Required! | Cloudflare</title></html>",
        "GET /models failed: 403: Attention Required! | Cloudflare. The response is not the gateway's own: a firewall may have blocked the User-Agent. Set CCApiClientOptions.UserAgent.")]
    [InlineData(403, "",
        "GET /models failed: 403. The response is not the gateway's own: a firewall may have blocked the User-Agent. Set CCApiClientOptions.UserAgent.")]
    [InlineData(403, "error code: 1010",
        "GET /models failed: 403: error code: 1010. The response is not the gateway's own: a firewall may have blocked the User-Agent. Set CCApiClientOptions.UserAgent.")]
    [InlineData(403, """{"error":{"message":"No","code":"access_denied"}}""",
        "GET /models failed: 403 (access_denied): No. This key may not use that model or operation.")]
    [InlineData(404, """{"error":{"message":"No such model","code":"model_not_found"}}""",
        "GET /models failed: 404 (model_not_found): No such model. CatalogClient.ListModelsAsync lists the models that are served.")]
    [InlineData(503, """{"error":{"message":"No channel","code":"model_not_found"}}""",
        "GET /models failed: 503 (model_not_found): No channel. CatalogClient.ListModelsAsync lists the models that are served.")]
    [InlineData(404, "<html>404</html>",
        "GET /models failed: 404: 404. Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.")]
    [InlineData(404, """{"error":{"message":"No such job","code":"not_found"}}""", "GET /models failed: 404 (not_found): No such job")]
    [InlineData(413, "<html>Request Entity Too Large</html>",
        "GET /models failed: 413: Request Entity Too Large. The request is too large: send fewer or smaller images, or shorter messages.")]
    [InlineData(502, Html, "GET /models failed: 502: 502 Bad Gateway nginx")]
    [InlineData(500, """{"error":{"type":"api_error"}}""", """GET /models failed: 500 (api_error): {"error":{"type":"api_error"}}""")]
    [InlineData(500, "", "GET /models failed: 500")]
    public void Message_OfAnError_NamesTheCauseAndTheFix(int status, string body, string expected)
    {
        Assert.Equal(expected, FromStatus(status, body).Message);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(529)]
    [InlineData(408)]
    public void Message_WithARetryAfter_NamesTheDelay(int status)
    {
        var exception = FromStatus(status, "{}", "Retry-After: 2.5");

        Assert.Equal($"GET /models failed: {status}: {{}}. Retry after 2.5 s.", exception.Message);
    }

    [Fact]
    public void RetryAfter_OfAnError_IsKept()
    {
        var rateLimit = FromStatus(429, "{}", "Retry-After: 2");
        var server = FromStatus(503, "{}", "Retry-After: 3");

        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<CCApiRateLimitException>(rateLimit).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<CCApiServerException>(server).RetryAfter);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","code":"unauthorized"}}""", typeof(CCApiUnauthorizedException))]
    [InlineData("""{"error":{"message":"m","type":"billing_error"}}""", typeof(CCApiBillingException))]
    [InlineData("""{"error":{"message":"m","code":"insufficient_user_quota"}}""", typeof(CCApiBillingException))]
    [InlineData("""{"error":{"message":"m","code":"model_not_found"}}""", typeof(CCApiModelUnavailableException))]
    [InlineData("""{"error":{"message":"m","code":"rate_limit_exceeded"}}""", typeof(CCApiRateLimitException))]
    [InlineData("""{"error":{"message":"m","code":429}}""", typeof(CCApiRateLimitException))]
    [InlineData("""{"error":{"message":"m","code":502}}""", typeof(CCApiServerException))]
    [InlineData("""{"error":"m","status":403}""", typeof(CCApiPermissionException))]
    [InlineData("""{"error":{"message":"m","type":"invalid_request_error"}}""", typeof(CCApiBadRequestException))]
    [InlineData("""{"error":{"message":"m","type":"api_error"}}""", typeof(CCApiServerException))]
    [InlineData("""{"error":{"message":"m"}}""", typeof(CCApiException))]
    [InlineData("""{"success":false,"message":"m"}""", typeof(CCApiException))]
    public void FromSuccess_OfAHiddenError_TakesItsTypeFromWhatItSays(string body, Type expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        using var call = Call();
        using var response = Response(200, body);

        var exception = ExceptionFactory.Create(call, FailureClassifier.FromSuccess(call, response, ErrorBody.Parse(bytes)!, bytes));

        Assert.IsType(expected, exception);
        Assert.Equal(HttpStatusCode.OK, exception.StatusCode);
        Assert.Equal("m", exception.GatewayMessage);
        Assert.StartsWith("GET /models failed: 200", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromSuccess_HiddenErrorWithRetryAfter_KeepsIt()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"error":{"message":"Slow down.","code":429}}""");
        using var call = Call();
        using var response = Response(200, "", "Retry-After: Tue, 03 Nov 2026 10:29:45 GMT");

        var exception = Assert.IsType<CCApiRateLimitException>(ExceptionFactory.Create(call, FailureClassifier.FromSuccess(call, response, ErrorBody.Parse(bytes)!, bytes)));

        Assert.Equal(TimeSpan.FromSeconds(7), exception.RetryAfter);
        Assert.Equal("GET /models failed: 200 (429): Slow down. Retry after 7 s.", exception.Message);
    }

    [Fact]
    public void Unreadable_OfNothing_QuotesNothing()
    {
        using var response = Response(200, "");

        using var call = Call();

        var exception = ExceptionFactory.Create(call, FailureClassifier.Unreadable(call, response, "an empty body", []));

        Assert.Equal($"{_request} returned 200 with an empty body. Check that BaseAddress is the address of the API, such as {CCApiDefaults.BaseAddress}.", exception.Message);
        Assert.Null(exception.BodySnippet);
    }

    [Fact]
    public void Unreadable_OfHtml_NamesTheBaseAddress()
    {
        using var response = Response(200, Html, "X-Request-Id: req-1");
        using var call = Call();

        var exception = ExceptionFactory.Create(call, FailureClassifier.Unreadable(call, response, "HTML instead of JSON", Encoding.UTF8.GetBytes(Html)));

        Assert.Equal(
            "GET /models returned 200 with HTML instead of JSON. It starts with: 502 Bad Gateway nginx. Check that BaseAddress is the address of the API, such as https://api.ccapi.ai/v1/.",
            exception.Message);
        Assert.Equal("502 Bad Gateway nginx", exception.BodySnippet);
        Assert.Equal("req-1", exception.RequestId);
        Assert.Equal(HttpStatusCode.OK, exception.StatusCode);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("  \r\n ", null)]
    [InlineData("<html></html>", null)]
    [InlineData("\uFEFFtext", "text")]
    [InlineData("a\r\n\t  b\0c", "a b c")]
    [InlineData("<p class='x'>one</p><p>two</p>", "one two")]
    [InlineData("""{"error":"x"}""", """{"error":"x"}""")]
    public void Snippet_OfABody_IsCleanText(string body, string? expected)
    {
        Assert.Equal(expected, Snippet(body));
    }

    [Fact]
    public void Snippet_OfALongBody_IsItsStart()
    {
        Assert.Equal(new string('a', 512), Snippet(new string('a', 100_000)));
        Assert.Equal("a", Snippet(new string(' ', 30_000) + "a" + new string(' ', 100_000)));
    }

    [Fact]
    public void Snippet_OfBytesThatAreNotText_NeverThrows()
    {
        var bytes = new byte[5000];
        new Random(7).NextBytes(bytes);

        var snippet = BodySnippet.Of(bytes, new KeyRedaction(Key));

        Assert.DoesNotContain(snippet!, char.IsControl);
    }

    [Theory]
    [InlineData("key sk-test-0123456789 is wrong", "key *** is wrong")]
    [InlineData("sk-test-0123456789sk-test-0123456789", "******")]
    public void Snippet_OfTheKey_DoesNotShowIt(string body, string expected)
    {
        Assert.Equal(expected, Snippet(body));
    }

    [Theory]
    [InlineData("sk/abcde+b", """{"key":"sk\/abcde+b"}""")]
    [InlineData("sk/abcde+b", """{"key":"sk/abcde\u002Bb"}""")]
    [InlineData("sk/abcde+b", """{"key":"sk/abcde\u002bb"}""")]
    [InlineData("sk/abcde&b", """{"key":"sk\/abcde\u0026b"}""")]
    public void Snippet_OfTheKeyEscaped_DoesNotShowIt(string key, string body)
    {
        Assert.Equal("""{"key":"***"}""", BodySnippet.Of(Encoding.UTF8.GetBytes(body), new KeyRedaction(key)));
    }

    [Fact]
    public void Snippet_CutInTheKey_DoesNotShowItsStart()
    {
        for (var padding = 4070; padding <= 4100; padding++)
        {
            var snippet = Snippet(new string(' ', padding) + Key + " end");

            Assert.DoesNotContain("sk-", snippet ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Exception_OfAKeyInEveryPart_ShowsItNowhere()
    {
        var exception = FromStatus(401, $$$"""{"error":{"message":"{{{Key}}}","type":"{{{Key}}}","code":"{{{Key}}}","param":"{{{Key}}}","details":{"{{{Key}}}":["{{{Key}}}"]} }}""");

        Assert.Equal("***", exception.GatewayMessage);
        Assert.Equal("***", exception.Type);
        Assert.Equal("***", exception.Code);
        Assert.Equal("***", exception.Param);
        Assert.Equal("""{"***":["***"]}""", exception.Details?.ToString());
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(304, typeof(CCApiProtocolException))]
    [InlineData(400, typeof(CCApiDownloadException))]
    [InlineData(401, typeof(CCApiDownloadException))]
    [InlineData(499, typeof(CCApiDownloadException))]
    [InlineData(500, typeof(CCApiServerException))]
    public void FromStatus_OfADownload_IsADownloadExceptionForWhatIsRejected(int status, Type expected)
    {
        using var call = CallSamples.Of(ApiRequest.Get("a.png") with { Download = new Uri("https://media.test/a.png") });
        using var response = Response(status, "gone");

        var exception = ExceptionFactory.Create(call, FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes("gone")));

        Assert.IsType(expected, exception);
    }

    [Fact]
    public void Create_OfARejectedDownload_DoesNotShowTheKeyInItsHost()
    {
        using var call = Call();
        var rejected = new CCApiDownloadException($"The address of {Key}.test is private.", new InvalidOperationException(Key));
        var failure = ExceptionClassifier.FailureOf(call, client: null, response: null, rejected)!;

        var exception = ExceptionFactory.Create(call, failure);

        Assert.IsType<CCApiDownloadException>(exception);
        Assert.Equal("The address of ***.test is private.", exception.Message);
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public void Create_OfAnotherExceptionOfTheSdk_IsThat()
    {
        using var call = Call();
        Exception[] thrown = [new CCApiException($"The caller's own: {Key}"), new CCApiDownloadException("The address is private.")];

        foreach (var exception in thrown)
        {
            Assert.Same(exception, ExceptionFactory.Create(call, ExceptionClassifier.FailureOf(call, client: null, response: null, exception)!));
        }
    }

    [Fact]
    public void Create_OfADetailWithTheKey_MasksIt()
    {
        using var call = Call();

        var exception = ExceptionFactory.Create(call, CallFailure.Stream($"It broke off: {Key}"));

        Assert.Equal("It broke off: ***", exception.Message);
    }

    [Fact]
    public void Create_OfACallThatListsNoAttempt_HasNone()
    {
        using var call = Call();

        var exception = ExceptionFactory.Create(call, CallFailure.Stream("It broke off."));

        Assert.Empty(exception.Attempts);
    }

    [Fact]
    public void Create_OfAnotherExceptionOfTheSdk_HasTheAttemptsOfTheCallAndKeepsItsOwnCost()
    {
        using var call = Call();
        call.BeginAttempt();
        call.Log.AddFailure(call, FailureSamples.OfGateway(500), "transient", delay: null);
        var cost = new CCApiCost { Model = "m" };
        var thrown = new CCApiException("The caller's own.") { Cost = cost };

        var exception = ExceptionFactory.Create(call, ExceptionClassifier.FailureOf(call, client: null, response: null, thrown)!);

        Assert.Same(thrown, exception);
        Assert.Equal(call.Attempts, exception.Attempts);
        Assert.Same(cost, exception.Cost);
    }

    [Fact]
    public void Create_OfAnotherExceptionWithAttempts_KeepsThemWhereTheCallHasNone()
    {
        using var call = Call();
        var attempts = new[] { new CCApiAttempt { Number = 3 } };
        var thrown = new CCApiException("The caller's own.") { Attempts = attempts };

        var exception = ExceptionFactory.Create(call, ExceptionClassifier.FailureOf(call, client: null, response: null, thrown)!);

        Assert.Same(attempts, exception.Attempts);
    }

    [Fact]
    public void Create_OfALimiterThatGrantedNoLease_HasItsDelay()
    {
        using var call = Call();

        var exception = ExceptionFactory.Create(call, CallFailure.RateLimiter("RateLimiter granted no lease") with { RetryAfter = TimeSpan.FromSeconds(7) });

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<CCApiRateLimitException>(exception).RetryAfter);
        Assert.Equal("GET /models was not sent, because CCApiClientOptions.RateLimiter granted no lease. Raise its limit or its queue limit, or retry later.", exception.Message);
    }

    [Fact]
    public void Create_OfHeadersWithTheKey_MasksThem()
    {
        var exception = FromStatus(500, "{}", $"X-Echo: {Key}");

        Assert.Equal(["***"], exception.Headers!.GetValues("X-Echo"));
    }

    private static string? Snippet(string body) => BodySnippet.Of(Encoding.UTF8.GetBytes(body), new KeyRedaction(Key));

    private static CCApiException FromStatus(int status, string body, params string[] headers)
    {
        using var response = Response(status, body, headers);
        using var call = Call();
        return ExceptionFactory.Create(call, FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes(body)));
    }

    private static ApiCall Call() => CallSamples.Of(_request, redaction: new KeyRedaction(Key));

    private static HttpResponseMessage Response(int status, string body, params string[] headers) => FakeGateway.Json(status, body, headers);
}
