using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ErrorStatusTests
{
    [Theory]
    [InlineData("model_not_found", 404)]
    [InlineData("get_channel_failed_no_available_channel", 503)]
    [InlineData("unauthorized", 401)]
    [InlineData("authentication_error", 401)]
    [InlineData("invalid_api_key", 401)]
    [InlineData("invalid_key", 401)]
    [InlineData("insufficient_funds", 402)]
    [InlineData("insufficient_user_quota", 402)]
    [InlineData("billing_error", 402)]
    [InlineData("quota_exceeded", 402)]
    [InlineData("payment_required", 402)]
    [InlineData("rate_limit_error", 429)]
    [InlineData("Rate limit exceeded", 429)]
    [InlineData("rate-limit", 429)]
    [InlineData("too_many_requests", 429)]
    [InlineData("overloaded_error", 529)]
    [InlineData("access_denied", 403)]
    [InlineData("permission_error", 403)]
    [InlineData("insufficient_permissions", 403)]
    [InlineData("insufficient_scope", 403)]
    [InlineData("Insufficient Permissions", 403)]
    [InlineData("insufficient_capacity", 503)]
    [InlineData("insufficient_resources", 503)]
    [InlineData("FORBIDDEN", 403)]
    [InlineData("moderation_blocked", 403)]
    [InlineData("not_found_error", 404)]
    [InlineData("timeout", 504)]
    [InlineData("api_not_implemented", 501)]
    [InlineData("invalid_request_error", 400)]
    [InlineData("bad_request", 400)]
    [InlineData("invalid_value", 400)]
    [InlineData("context_length_exceeded", 400)]
    [InlineData("api_error", 500)]
    [InlineData("server_error", 500)]
    [InlineData("internal_failure", 500)]
    [InlineData("upstream_error", 502)]
    [InlineData("provider_failed", 502)]
    [InlineData("AccountOverdueError", 402)]
    [InlineData("BalanceNotEnough", 402)]
    [InlineData("budget_exceeded", 402)]
    [InlineData("spend_limit_exceeded", 402)]
    [InlineData("usage_limit_reached", 402)]
    [InlineData("InvalidApiKey", 401)]
    [InlineData("AccessDenied", 403)]
    [InlineData("RateLimitExceeded", 429)]
    [InlineData("TooManyRequests", 429)]
    [InlineData("requests_limit", 429)]
    [InlineData("token_concurrency_exceeded", 429)]
    [InlineData("ModelNotFound", 404)]
    [InlineData("LoadBalancerError", null)]
    [InlineData("server_busy", 503)]
    [InlineData("SystemBusy", 503)]
    [InlineData("unauthenticated", 401)]
    [InlineData("arrearage", 402)]
    [InlineData("out_of_credits", 402)]
    [InlineData("low_balance", 402)]
    [InlineData("spending_limit_reached", 402)]
    [InlineData("request_limit_reached", 429)]
    [InlineData("throttling", 429)]
    [InlineData("resource_exhausted", 429)]
    [InlineData("deadline_exceeded", 504)]
    [InlineData("service_unavailable", 503)]
    [InlineData("bad_gateway", 502)]
    [InlineData("out_of_capacity", 503)]
    [InlineData("no_idea", null)]
    public void StatusOf_OfACodeOrAType_IsWhatTheWordMeans(string word, int? expected)
    {
        Assert.Equal(expected, ErrorStatus.OfEmbedded(Body($$$"""{"error":{"message":"m","code":"{{{word}}}"}}""")));
        Assert.Equal(expected, ErrorStatus.OfEmbedded(Body($$$"""{"error":{"message":"m","type":"{{{word}}}"}}""")));
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","code":"insufficient_funds","type":"api_error","status":429}}""", 402)]
    [InlineData("""{"error":{"message":"m","code":"insufficient_funds","type":"api_error"}}""", 402)]
    [InlineData("""{"error":{"message":"m","code":"no_idea","type":"api_error"}}""", 500)]
    [InlineData("""{"error":{"message":"m","code":1004,"type":"api_error"}}""", 500)]
    [InlineData("""{"error":{"message":"m"}}""", null)]
    [InlineData("""{"error_code":503,"error_msg":"m"}""", 503)]
    [InlineData("""{"error":{"message":"m","http_code":"429"}}""", 429)]
    [InlineData("""{"error":{"message":"m","status":"UNAVAILABLE"}}""", 503)]
    [InlineData("""{"error":{"message":"m","status":"UNAUTHENTICATED"}}""", 401)]
    [InlineData("""{"Error":{"Code":"Throttling","Message":"m"}}""", 429)]
    public void StatusOf_OfSeveralHints_TakesTheNumberThenTheCodeThenTheType(string json, int? expected)
    {
        Assert.Equal(expected, ErrorStatus.OfEmbedded(Body(json)));
    }

    [Theory]
    [InlineData("insufficient_user_quota", true)]
    [InlineData("pre_consume_token_quota_failed", true)]
    [InlineData("insufficient_quota", true)]
    [InlineData("INSUFFICIENT_FUNDS", true)]
    [InlineData("insufficient_balance", true)]
    [InlineData("access_denied", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsQuota_OfACode_IsTrueForThoseOfTheBalance(string? code, bool expected)
    {
        Assert.Equal(expected, ErrorStatus.IsQuota(Body($$$"""{"error":{"message":"m","code":"{{{code}}}"}}""")));
    }

    public static TheoryData<string> QuotaPhrases =>
    [
        "insufficient balance", "insufficient account balance", "insufficient quota", "insufficient user quota", "insufficient credit",
        "insufficient fund", "not enough balance", "not enough credit", "not enough quota", "not enough fund", "balance is not enough",
        "quota is not enough", "exceeded your current quota", "out of credit", "no credits", "credit balance", "balance is too low", "billing",
        "payment", "recharge", "top up", "in arrears", "余额", "额度", "欠费",
    ];

    [Theory]
    [MemberData(nameof(QuotaPhrases))]
    public void IsQuota_OfAMessageWithAPhraseOfTheBalance_IsTrue(string phrase) =>
        Assert.True(ErrorStatus.IsQuota(Body($$$"""{"error":{"message":"Stopped: {{{phrase}}} ..."}}""")));

    [Theory]
    [InlineData("rate limit")]
    [InlineData("rate_limit")]
    [InlineData("ratelimit")]
    [InlineData("too many requests")]
    [InlineData("requests per")]
    [InlineData("tokens per")]
    [InlineData("per minute")]
    [InlineData("per second")]
    [InlineData("per hour")]
    [InlineData("retry in")]
    [InlineData("try again in")]
    public void IsQuota_OfAMessageWithAPhraseOfARateLimitToo_IsFalse(string phrase) =>
        Assert.False(ErrorStatus.IsQuota(Body($$$"""{"error":{"message":"Billing: {{{phrase}}} ..."}}""")));

    [Fact]
    public void OfWord_OfAWordThatIsLongerThanAny_ReadsItsStart()
    {
        const string Word = "rate_limit";

        Assert.Equal(429, ErrorStatus.OfWord(Word + new string('x', 10_000)));
        Assert.Null(ErrorStatus.OfWord(new string('x', 10_000) + Word));
        Assert.Null(ErrorStatus.OfWord(string.Empty));
    }

    [Theory]
    [InlineData("model_not_found", true)]
    [InlineData("Model_Not_Found", true)]
    [InlineData("not_found", false)]
    [InlineData(null, false)]
    public void IsModelNotFound_OfACode_IsTrueForThatOne(string? code, bool expected)
    {
        Assert.Equal(expected, ErrorStatus.IsModelNotFound(code));
    }

    [Theory]
    [InlineData("""{"code":"insufficient_quota"}""", true)]
    [InlineData("""{"type":"insufficient_quota"}""", true)]
    [InlineData("""{"type":"exceeded_current_quota_error","message":"m"}""", true)]
    [InlineData("""{"code":"billing_hard_limit_reached","type":"rate_limit_error"}""", true)]
    [InlineData("""{"code":"out_of_credits"}""", true)]
    [InlineData("""{"code":"rate_limit_exceeded","type":"insufficient_quota","message":"m"}""", true)]
    [InlineData("""{"code":402,"message":"m"}""", true)]
    [InlineData("""{"code":"402","message":"m"}""", true)]
    [InlineData("\"insufficient_quota\"", true)]
    [InlineData("\"billing_hard_limit_reached\"", true)]
    [InlineData("\"rate_limit_exceeded\"", false)]
    [InlineData("""{"code":"invalid_api_key","type":"billing_error","message":"m"}""", false)]
    [InlineData("""{"code":"Arrearage"}""", true)]
    [InlineData("""{"code":429,"message":"Insufficient Balance"}""", true)]
    [InlineData("""{"code":"1113","message":"余额不足或无可用资源包,请充值。"}""", true)]
    [InlineData("""{"message":"You exceeded your current quota, please check your plan and billing details."}""", true)]
    [InlineData("""{"message":"Your credit balance is too low to access the API."}""", true)]
    [InlineData("""{"code":"rate_limit_exceeded","type":"tokens","message":"Rate limit reached. Add a payment method to your account at /account/billing."}""", false)]
    [InlineData("""{"message":"Rate limit reached for requests. Visit /account/billing to raise it."}""", false)]
    [InlineData("""{"code":429,"message":"You exceeded your current quota. Please retry in 38 s."}""", false)]
    [InlineData("""{"code":"load_balancer_error","message":"m"}""", false)]
    [InlineData("""{"message":"Too many requests"}""", false)]
    [InlineData("""{"code":"insufficient_permissions"}""", false)]
    public void OfResponse_AfterAUsedUpQuota_Is402(string error, bool isQuota)
    {
        var body = Body($$"""{"error":{{error}}}""");

        Assert.Equal(isQuota ? 402 : 429, ErrorStatus.OfResponse(429, body));
        Assert.Equal(isQuota ? 402 : 403, ErrorStatus.OfResponse(403, body));
        Assert.Equal(402, ErrorStatus.OfResponse(402, body));
        Assert.Equal(400, ErrorStatus.OfResponse(400, body));
        Assert.Equal(isQuota, ErrorStatus.OfEmbedded(body) == 402);
    }

    [Theory]
    [InlineData("overloaded", 529)]
    [InlineData("rate_limit_exceeded", 429)]
    [InlineData("service_unavailable", 503)]
    [InlineData("Service overloaded for now", null)]
    public void OfEmbedded_OfAMessageThatIsOneWord_ReadsItAsACode(string message, int? expected)
    {
        Assert.Equal(expected, ErrorStatus.OfEmbedded(Body($$"""{"error":"{{message}}"}""")));
    }

    [Theory]
    [InlineData(64, 429)]
    [InlineData(65, null)]
    public void OfEmbedded_OfAMessageThatIsOneLongWord_ReadsUpTo64CharactersAsACode(int length, int? expected)
    {
        var message = "rate_limit".PadRight(length, '_');

        Assert.Equal(expected, ErrorStatus.OfEmbedded(Body($$"""{"error":"{{message}}"}""")));
    }

    private static ErrorBody Body(string json) => ErrorBody.Parse(Encoding.UTF8.GetBytes(json))!;
}
