using System;
using System.Net.Http;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class ApiRequestTests
{
    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("POST", false)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", false)]
    public void IsRead_OfAMethod_IsTrueForThoseThatCostNothing(string method, bool expected)
    {
        var request = new ApiRequest(new HttpMethod(method), "models", ApiRequest.Json, WriteBody: null);

        Assert.Equal(expected, request.IsRead);
    }

    [Theory]
    [InlineData("models", "GET /models")]
    [InlineData("/models", "GET /models")]
    [InlineData("models?secret=1", "GET /models")]
    public void ToString_OfACall_IsMethodAndPathWithoutTheQuery(string path, string expected)
    {
        var text = ApiRequest.Get(path).ToString();

        Assert.Equal(expected, text);
    }

    [Fact]
    public void ToString_OfADownload_NamesTheHostOnly()
    {
        var text = ApiRequest.From(new Uri("https://user:secret@files.test/a.png?signature=secret")).ToString();

        Assert.Equal("The download from files.test", text);
    }

    [Fact]
    public void From_ADownload_AcceptsAnything()
    {
        var request = ApiRequest.From(new Uri("https://files.test/a.png"));

        Assert.Equal(("*/*", "/a.png", false), (request.Accept, request.Path, request.IsEventStream));
    }

    [Fact]
    public void Masked_WithoutAKeyInIt_IsTheSame()
    {
        var redaction = new KeyRedaction("sk-of-a-tenant");
        var (call, download) = (ApiRequest.Get("models"), ApiRequest.From(new Uri("https://files.test/sk-of-a-tenant")));

        Assert.Same(call, call.Masked(redaction));
        Assert.Same(download, download.Masked(redaction));
    }

    [Fact]
    public void Masked_OfADownloadFromAHostWithAKey_NamesItWithout()
    {
        var request = ApiRequest.From(new Uri("https://sk-of-a-tenant.files.test/a.png"));

        Assert.Equal("The download from ***.files.test", request.Masked(new KeyRedaction("sk-of-a-tenant")).ToString());
    }

    [Fact]
    public void UsesModel_WithoutAnOperation_IsFalse() => Assert.False(ApiRequest.Get("models").UsesModel);
}
