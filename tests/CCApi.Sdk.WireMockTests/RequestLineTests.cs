using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>The first line of requests, byte for byte, which a web server decodes before it shows it.</summary>
public class RequestLineTests
{
    [Theory]
    [InlineData("job_3fW8", "job_3fW8")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("..", "%2E%2E")]
    [InlineData(".", "%2E")]
    [InlineData("../../models", "..%2F..%2Fmodels")]
    [InlineData("a?b#c d", "a%3Fb%23c%20d")]
    [InlineData("größe", "gr%C3%B6%C3%9Fe")]
    [InlineData("100%", "100%25")]
    [InlineData("a\\b", "a%5Cb")]
    public async Task GetJob_OfAnyId_IsOneSegmentOfThePath(string id, string expected)
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var client = CreateClient(server, "v1");

        await client.Images.GetJobAsync(id);

        Assert.Equal($"GET /v1/images/jobs/{expected} HTTP/1.1", server.Requests.Single().Split("\r\n")[0]);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1/")]
    [InlineData("/v1")]
    [InlineData("//v1//")]
    public async Task ListProviders_OfAnyBaseAddress_HasSingleSlashes(string path)
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var client = CreateClient(server, path);

        await client.Catalog.ListProvidersAsync();

        Assert.Equal("GET /v1/providers HTTP/1.1", server.Requests.Single().Split("\r\n")[0]);
    }

    private static CCApiClient CreateClient(RawServer server, string path) =>
        new(new CCApiClientOptions { ApiKey = "sk-test", BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/{path}") });
}
