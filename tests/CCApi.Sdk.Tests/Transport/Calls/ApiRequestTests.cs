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
}
