using System;
using System.Linq;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CCApi.Emulator.Tests.Cassettes;

public class UpstreamRequestTests
{
    private readonly UpstreamRequest _requests = new(new EmulatorRecording(new Uri("http://upstream.test/v1/"), "sk-upstream-key", "unused"));

    [Fact]
    public void Create_OfARequest_ReplacesTheKeyAndDropsCookies()
    {
        using var message = _requests.Create(Request(), "/models", []);

        Assert.Equal(
            ["Authorization: Bearer sk-upstream-key", "x-api-key: key with spaces"],
            message.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal));
        Assert.Null(message.Content);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public void Create_WithoutABody_HasAnEmptyOneWhereTheMethodNeedsIt(string method)
    {
        var request = Request();
        request.Method = method;

        using var message = _requests.Create(request, "/models", []);

        Assert.NotNull(message.Content);
    }

    [Fact]
    public void SecretsOf_ARequest_AreThoseThatTheUpstreamReceivesAndTheKey()
    {
        Assert.Equal(["key with spaces", "sk-client", "query-secret"], UpstreamRequest.SecretsOf(Request()));
    }

    private static HttpRequest Request()
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.QueryString = new QueryString("?key=query-secret&limit=1");
        request.Headers.Authorization = "Bearer sk-client";
        request.Headers.Cookie = "theme=dark; path=/models; session=abcdefghij";
        request.Headers["Proxy-Authorization"] = "Basic cHJveHk=";
        request.Headers["x-api-key"] = "key with spaces";

        return request;
    }
}
