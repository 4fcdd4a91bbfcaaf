using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ErrorKindTests
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
    [InlineData("no_idea", null)]
    public void StatusOf_OfACodeOrAType_IsWhatTheWordMeans(string word, int? expected)
    {
        Assert.Equal(expected, ErrorKind.StatusOf(Body($$$"""{"error":{"message":"m","code":"{{{word}}}"}}""")));
        Assert.Equal(expected, ErrorKind.StatusOf(Body($$$"""{"error":{"message":"m","type":"{{{word}}}"}}""")));
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","code":"insufficient_funds","type":"api_error","status":429}}""", 429)]
    [InlineData("""{"error":{"message":"m","code":"insufficient_funds","type":"api_error"}}""", 402)]
    [InlineData("""{"error":{"message":"m","code":"no_idea","type":"api_error"}}""", 500)]
    [InlineData("""{"error":{"message":"m","code":1004,"type":"api_error"}}""", 500)]
    [InlineData("""{"error":{"message":"m"}}""", null)]
    public void StatusOf_OfSeveralHints_TakesTheNumberThenTheCodeThenTheType(string json, int? expected)
    {
        Assert.Equal(expected, ErrorKind.StatusOf(Body(json)));
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
        Assert.Equal(expected, ErrorKind.IsQuota(code));
    }

    [Theory]
    [InlineData("model_not_found", true)]
    [InlineData("Model_Not_Found", true)]
    [InlineData("not_found", false)]
    [InlineData(null, false)]
    public void IsModelNotFound_OfACode_IsTrueForThatOne(string? code, bool expected)
    {
        Assert.Equal(expected, ErrorKind.IsModelNotFound(code));
    }

    private static ErrorBody Body(string json) => ErrorBody.Parse(Encoding.UTF8.GetBytes(json))!;
}
