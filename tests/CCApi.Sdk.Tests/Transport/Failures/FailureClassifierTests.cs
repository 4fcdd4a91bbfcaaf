using System.Text;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

/// <summary>What kind of exception each failure becomes is tested with <see cref="ExceptionFactory"/>.</summary>
public class FailureClassifierTests
{
    [Fact]
    public void FromStatus_OfAResponse_MayHaveBeenSent()
    {
        using var call = CallSamples.Of(ApiRequest.Get("models"));
        using var response = FakeGateway.Json(400, "{}");

        var failure = FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes("{}"));

        Assert.Equal((true, false), (failure.MayHaveBeenSent, failure.IsProbablyCharged));
    }

    [Fact]
    public void Unreadable_OfAResponse_IsProbablyCharged()
    {
        using var call = CallSamples.Of(ApiRequest.Get("models"));
        using var response = FakeGateway.Json(200, "");

        var failure = FailureClassifier.Unreadable(call, response, "an empty body", []);

        Assert.Equal((true, true), (failure.MayHaveBeenSent, failure.IsProbablyCharged));
    }

    [Theory]
    [InlineData(503, "overloaded", true)]
    [InlineData(503, "model_not_found", false)]
    [InlineData(400, "overloaded", false)]
    public void FromStatus_OfAStatus_IsTransientUnlessTheModelIsUnavailable(int status, string code, bool expected)
    {
        var body = $$$"""{"error":{"code":"{{{code}}}"}}""";
        using var call = CallSamples.Of(ApiRequest.Get("models"));
        using var response = FakeGateway.Json(status, body);

        Assert.Equal(expected, FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes(body)).IsTransient);
    }
}
