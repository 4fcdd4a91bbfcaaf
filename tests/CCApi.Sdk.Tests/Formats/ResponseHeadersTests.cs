using System.Globalization;
using System.Net.Http;
using Xunit;

namespace CCApi.Sdk.Tests.Formats;

public class ResponseHeadersTests
{
    [Theory]
    [InlineData(new[] { "x-request-id", "X-Oneapi-Request-Id", "cf-ray" }, "x-request-id")]
    [InlineData(new[] { "cf-ray", "X-Oneapi-Request-Id" }, "X-Oneapi-Request-Id")]
    [InlineData(new[] { "CF-RAY" }, "CF-RAY")]
    [InlineData(new[] { "x-other" }, null)]
    public void RequestId_OfSeveralHeaders_IsTheGatewaysOwn(string[] names, string? expected)
    {
        using var response = new HttpResponseMessage();
        foreach (var name in names)
        {
            response.Headers.Add(name, $"id of {name}");
        }

        var id = ResponseHeaders.RequestId(response.Headers);

        Assert.Equal(expected is null ? null : $"id of {expected}", id);
    }

    [Fact]
    public void RequestId_OfAnEmptyHeader_IsThatOfTheNext()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("x-request-id", " ");
        response.Headers.Add("cf-ray", "ray");

        var id = ResponseHeaders.RequestId(response.Headers);

        Assert.Equal("ray", id);
    }

    [Theory]
    [InlineData("0.000415", "0.000415")]
    [InlineData(" 3.45e-05 ", "0.0000345")]
    [InlineData("0.0", null)]
    [InlineData("-1", null)]
    [InlineData("None", null)]
    [InlineData("1e40", null)]
    [InlineData("0,5", null)]
    public void Cost_OfAValue_IsAPositiveAmount(string value, string? expected)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("X-LiteLLM-Response-Cost", value);

        Assert.Equal(expected, ResponseHeaders.Cost(response.Headers)?.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Cost_WithoutTheHeader_IsNull()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("x-litellm-key-spend", "0.5");

        Assert.Null(ResponseHeaders.Cost(response.Headers));
    }

    [Fact]
    public void First_OfSeveralValues_IsTheFirstThatSaysSomething()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("x-any", ["", "a", "b"]);

        var first = ResponseHeaders.First(response.Headers, "X-Any");

        Assert.Equal("a", first);
    }
}
