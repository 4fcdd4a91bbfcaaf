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

    [Fact]
    public void First_OfSeveralValues_IsTheFirstThatSaysSomething()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("x-any", ["", "a", "b"]);

        var first = ResponseHeaders.First(response.Headers, "X-Any");

        Assert.Equal("a", first);
    }
}
